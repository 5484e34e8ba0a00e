/**
 * How a node asks others on Node.js: a `fetch` that connects to no address that it has not checked, follows
 * nothing, unpacks nothing, and gives up on whoever is slow (schemas/EXCHANGE.md, section 14).
 */
import { Agent } from 'undici'
import { isLoopbackAddress, isPublicAddress } from './address.ts'
import { Answering, type Patience } from './answering.ts'
import { addressesOf, guardedConnector } from './guarded-connector.ts'

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

const usualPatience: Patience = { headers: 5_000, span: 3_000, bytes: 3 * 1024 }

/** Connections to one origin; what is asked beyond waits for one of them. */
const connections = 6
/** Bytes of all header fields of an answer. */
const headerBytes = 16 * 1024
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
      const request = new Request(input, init)
      const { origin, pathname, search } = new URL(request.url)
      const { method, headers, signal } = request
      const body = request.body && Buffer.from(await request.arrayBuffer())
      const answering = new Answering(patience, signal)
      agent.dispatch({ origin, path: `${pathname}${search}`, method, headers, body }, answering)
      return answering.answer
    },
    close: () => agent.destroy(),
  }
}
