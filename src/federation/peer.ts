/** Asking other nodes, and reading what they answer as what it is: the word of a stranger. */
import type { Hub } from '../hub.ts'
import { countsOver, fatalUtf8, parseObject } from '../signing/json.ts'

/** Milliseconds for a whole request, answer included. */
const deadline = 10_000
/** Values in an answer: each costs memory, however few bytes it is written in. */
const mostValues = 20_000

export type PeerReason =
  | 'unreachable'
  | 'too-slow'
  | 'address'
  | 'unnamed'
  | 'redirected'
  | 'encoded'
  | 'content-type'
  | 'too-large'
  | 'not-utf8'
  | 'not-json'
  | 'form'
  | `status-${number}`
export type PeerAnswer<T> = { ok: true; value: T } | { ok: false; reason: PeerReason }

/** Why a request to another node was given up, where a `fetch` knows it. */
export class PeerFault extends Error {
  readonly reason: PeerReason

  constructor(reason: PeerReason) {
    super(`peer: ${reason}`)
    this.reason = reason
  }
}

const no = (reason: PeerReason) => ({ ok: false, reason }) as const

/** What made a request or the reading of its answer fail. */
const reasonOf = (error: unknown): PeerReason => {
  if (error instanceof PeerFault) return error.reason
  if (!(error instanceof Error)) return 'unreachable'
  return error.name === 'TimeoutError' ? 'too-slow' : reasonOf(error.cause)
}

/** Who asks: a hub; or a program without one, which has nobody but its operator to say whom to ask. */
export type Asker = Pick<Hub, 'fetch' | 'isNamed'>

/**
 * Sends a request to a node that the trust anchor names. Redirects are not followed and compression is
 * not asked for: either would let the answer be something else than what was asked, or a thousand times larger.
 */
export const requestPeer = async (
  hub: Asker,
  url: string | URL,
  init: RequestInit = {},
  milliseconds = deadline,
): Promise<Response | { ok: false; reason: PeerReason }> => {
  if ((await hub.isNamed?.(new URL(url).origin)) === false) return no('unnamed')
  const headers = new Headers(init.headers)
  headers.set('accept-encoding', 'identity')
  try {
    const signal = AbortSignal.timeout(milliseconds)
    return await hub.fetch(url, { ...init, headers, redirect: 'manual', signal })
  } catch (error) {
    return no(reasonOf(error))
  }
}

/** The bytes of an answer, at most `maxBytes`, counted while they stream in; of any type unless one is told. */
export const readBytes = async (
  answer: Response | { ok: false; reason: PeerReason },
  type: string | undefined,
  maxBytes: number,
  good = 200,
): Promise<PeerAnswer<Buffer>> => {
  if ('reason' in answer) return answer
  const refusal = refusalOf(answer, type, good)
  if (refusal) {
    await answer.body?.cancel().catch(() => undefined)
    return no(refusal)
  }
  try {
    const bytes = await collect(answer, maxBytes)
    return bytes ? { ok: true, value: bytes } : no('too-large')
  } catch (error) {
    return no(reasonOf(error))
  }
}

/** The text of an answer, at most `maxBytes` of it. */
export const readText = async (
  answer: Response | { ok: false; reason: PeerReason },
  type: string,
  maxBytes: number,
  good = 200,
): Promise<PeerAnswer<string>> => {
  const bytes = await readBytes(answer, type, maxBytes, good)
  if (!bytes.ok) return bytes
  const text = fatalUtf8(bytes.value)
  return text === undefined ? no('not-utf8') : { ok: true, value: text }
}

/** An answer as JSON, judged by no schema yet. `good`: the status that it must have. */
export const readJson = async (
  answer: Response | { ok: false; reason: PeerReason },
  maxBytes: number,
  good = 200,
): Promise<PeerAnswer<unknown>> => {
  const text = await readText(answer, 'application/json', maxBytes, good)
  if (!text.ok) return text
  if (countsOver(text.value, mostValues)) return no('form')
  try {
    return { ok: true, value: JSON.parse(text.value) as unknown }
  } catch {
    return no('not-json')
  }
}

/** Why another node refused (RFC 9457): its members, judged by no schema yet; undefined where it does not say. */
export const readProblem = async (answer: Response, maxBytes: number) => {
  if (answer.headers.get('content-type') !== 'application/problem+json') {
    await answer.body?.cancel().catch(() => undefined)
    return undefined
  }
  const bytes = await collect(answer, maxBytes).catch(() => undefined)
  return bytes && parseObject(bytes.toString())
}

const refusalOf = (
  answer: Response,
  type: string | undefined,
  good: number,
): PeerReason | undefined => {
  if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400)) {
    return 'redirected'
  }
  if (answer.status !== good) return `status-${answer.status}`
  const encoding = answer.headers.get('content-encoding') ?? 'identity'
  if (encoding !== 'identity') return 'encoded'
  if (type === undefined) return undefined
  const [given] = (answer.headers.get('content-type') ?? '').split(';')
  return given?.trim().toLowerCase() === type ? undefined : 'content-type'
}

/** Into one buffer: an answer may come in as many pieces as it has bytes, and each piece weighs a hundred. */
const collect = async (answer: Response, maxBytes: number) => {
  let held = Buffer.alloc(Math.min(maxBytes, 64 * 1024))
  let size = 0
  for await (const chunk of answer.body ?? []) {
    if (size + chunk.length > maxBytes) return undefined
    if (size + chunk.length > held.length) held = grown(held, size + chunk.length, maxBytes)
    held.set(chunk, size)
    size += chunk.length
  }
  return held.subarray(0, size)
}

const grown = (held: Buffer, needed: number, maxBytes: number) => {
  const larger = Buffer.alloc(Math.min(maxBytes, Math.max(needed, held.length * 2)))
  held.copy(larger)
  return larger
}
