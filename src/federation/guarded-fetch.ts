/**
 * How a node asks others on Node.js: a `fetch` that connects to no address that it has not checked, follows
 * nothing, unpacks nothing, and gives up on whoever is slow (schemas/EXCHANGE.md, section 14).
 */
import type { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { Agent, type Dispatcher } from 'undici'
import { isLoopbackAddress, isPublicAddress } from './address.ts'
import { addressesOf, guardedConnector } from './guarded-connector.ts'
import { PeerFault } from './peer.ts'

export interface GuardedFetch {
  fetch: typeof fetch
  /** Ends all connections, and with them what is still being asked. */
  close(): Promise<void>
}

export interface Guard {
  /** Whether this machine itself may be asked: only where the node's own origin is on it. */
  loopback: boolean
  /** The IP addresses of a host name. Tests have names of their own. */
  resolve?: (host: string) => Promise<string[]>
  /** Tests have less of it. */
  patience?: Patience
}

/** Milliseconds. The deadline of a whole request is its asker's (peer.ts). */
export interface Patience {
  /** Until all header fields of the answer are there. */
  headers: number
  /** In each such span of time at least so many bytes of the body must come. */
  span: number
  bytes: number
}

const usualPatience: Patience = { headers: 5_000, span: 3_000, bytes: 3 * 1024 }

/** Connections to one origin; what is asked beyond waits for one of them. */
const connections = 6
/** Bytes of all header fields of an answer. */
const headerBytes = 16 * 1024
/** Interim answers (1xx) before the answer proper. */
const mostInterim = 8
/** Milliseconds that an idle connection is kept, also where the other side would keep it longer. */
const idle = 4_000

export const openGuardedFetch = ({
  loopback,
  resolve = addressesOf,
  patience = usualPatience,
}: Guard): GuardedFetch => {
  const isAllowed = (address: string) =>
    isPublicAddress(address) || (loopback && isLoopbackAddress(address))
  const agent = new Agent({
    connect: guardedConnector(isAllowed, resolve),
    connections,
    maxHeaderSize: headerBytes,
    keepAliveTimeout: idle,
    keepAliveMaxTimeout: idle,
    // Ours are finer, and can be told apart.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    fetch: async (input, init) => {
      const answer = await ask(agent, new Request(input, init), patience)
      // It may break off when nobody reads it any more.
      answer.body.on('error', () => undefined)
      return responseOf(answer, patience)
    },
    close: () => agent.destroy(),
  }
}

const ask = async (agent: Agent, request: Request, patience: Patience) => {
  const { origin, pathname, search } = new URL(request.url)
  const given = new AbortController()
  const giveUp = (reason: 'too-slow' | 'too-large') => given.abort(new PeerFault(reason))
  const signal = AbortSignal.any([request.signal, given.signal])
  let interim = 0
  const timer = setTimeout(() => afterReading(() => giveUp('too-slow')), patience.headers)
  try {
    const asked = agent.request({
      origin,
      path: `${pathname}${search}`,
      method: request.method,
      headers: request.headers,
      body: request.body && Buffer.from(await request.arrayBuffer()),
      signal,
      onInfo: () => {
        if (++interim > mostInterim) giveUp('too-large')
      },
    })
    // While it waits for a connection, undici does not listen to the signal.
    return await Promise.race([asked, abortOf(signal)])
  } catch (error) {
    const { code } = error as { code?: string }
    throw code === 'UND_ERR_HEADERS_OVERFLOW' ? new PeerFault('too-large') : error
  } finally {
    clearTimeout(timer)
  }
}

const abortOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })

/** Timers run before sockets are read: what came while this process was busy is heard first. */
const afterReading = setImmediate

/** That these answers have no body, `Response` insists on. */
const bodiless = [204, 205, 304]

const responseOf = ({ statusCode, headers, body }: Dispatcher.ResponseData, patience: Patience) => {
  try {
    if (statusCode > 599) throw new PeerFault(`status-${statusCode}`)
    const fields = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    )
    const init = { status: statusCode, headers: fields }
    if (!bodiless.includes(statusCode)) return new Response(streamOf(body, patience), init)
    body.destroy()
    return new Response(null, init)
  } catch (error) {
    body.destroy()
    throw error
  }
}

const streamOf = (body: Readable, patience: Patience) =>
  // Node's type of the same class.
  ReadableStream.from(steadily(body, patience)) as BodyInit

/** The chunks of a body, for as long as enough of them come. */
async function* steadily(body: Readable, { span, bytes }: Patience) {
  let received = 0
  let before = 0
  const look = () => {
    // What lies here unread is no fault of the peer.
    const slow = received - before < bytes && body.readableLength === 0
    if (slow) body.destroy(new PeerFault('too-slow'))
    before = received
  }
  const timer = setInterval(() => afterReading(look), span)
  try {
    for await (const chunk of body) {
      received += chunk.length
      yield chunk
    }
  } finally {
    clearInterval(timer)
  }
}
