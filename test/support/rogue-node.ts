/** A peer that misbehaves over real HTTP, on a port of its own, as a test tells it to. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestHub } from './hub.ts'
import { pageOf, type Scribe } from './rogue.ts'

export interface Asked {
  url: URL
  response: ServerResponse
}

export interface RogueNode {
  origin: string
  /** What it was asked, in order. */
  asked: URL[]
  /** What it does from now on when it is asked. */
  behave(behaviour: (asked: Asked) => unknown): void
  /** Whoever waits for an answer gets none. */
  hangUp(): void
  close(): void
}

export const openRogueNode = async (): Promise<RogueNode> => {
  const asked: URL[] = []
  let behaviour: (asked: Asked) => unknown = ({ response }) => response.destroy()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://rogue')
    asked.push(url)
    behaviour({ url, response })
  })
  // Whoever is hung up on has nothing more to say.
  server.on('connection', (socket) => socket.on('error', () => undefined))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    behave: (next) => {
      behaviour = next
    },
    hangUp: () => server.closeAllConnections(),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** What a good node answers to this question about a feed. */
export const honestPage = (url: URL, scribe: Scribe, writer: Pick<TestHub, 'iss'>) => {
  const entries = url.searchParams.get('feed') === 'public' ? scribe.entries : []
  const pageSize = Number(url.searchParams.get('limit') ?? 200)
  return pageOf({ ...scribe, entries, sentHead: null, pageSize, asked: [] }, writer, url)
}

export const answer = (
  { response }: Asked,
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}
