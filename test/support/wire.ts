/** A wire to a TCP server that can be cut and mended. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Wire {
  port: number
  /** Every connection breaks, and no new one is taken. */
  cut(): Promise<void>
  mend(): Promise<void>
}

export const openWire = async (host: string, port: number): Promise<Wire> => {
  const ends = new Set<Socket>()
  const keep = (end: Socket) => {
    ends.add(end)
    end.on('error', () => end.destroy()).on('close', () => ends.delete(end))
    return end
  }
  const server = createServer((near) => {
    const far = keep(connect(port, host))
    keep(near).pipe(far).pipe(near)
  })
  const listen = (at: number) => once(server.listen(at, '127.0.0.1'), 'listening')
  await listen(0)
  // `address` is a text for pipes only.
  const own = (server.address() as AddressInfo).port
  return {
    port: own,
    cut: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const end of ends) end.destroy()
      await closed
    },
    mend: async () => {
      await listen(own)
    },
  }
}
