/** Asking other nodes, and reading what they answer as what it is: the word of a stranger. */
import type { Hub } from '../hub.ts'
import { fatalUtf8 } from '../signing/json.ts'

/** Milliseconds for a whole request, answer included. */
const deadline = 10_000

export type PeerReason =
  | 'unreachable'
  | 'redirected'
  | 'encoded'
  | 'content-type'
  | 'too-large'
  | 'not-utf8'
  | 'not-json'
  | 'form'
  | `status-${number}`
export type PeerAnswer<T> = { ok: true; value: T } | { ok: false; reason: PeerReason }

const no = (reason: PeerReason) => ({ ok: false, reason }) as const

/**
 * Sends a request to a node that the trust anchor names. Redirects are not followed and compression is
 * not asked for: either would let the answer be something else than what was asked, or a thousand times larger.
 */
export const requestPeer = async (
  hub: Pick<Hub, 'fetch'>,
  url: string | URL,
  init: RequestInit = {},
  milliseconds = deadline,
): Promise<Response | { ok: false; reason: PeerReason }> => {
  const headers = new Headers(init.headers)
  headers.set('accept-encoding', 'identity')
  try {
    const signal = AbortSignal.timeout(milliseconds)
    return await hub.fetch(url, { ...init, headers, redirect: 'manual', signal })
  } catch {
    return no('unreachable')
  }
}

/** The text of an answer, at most `maxBytes` of it, counted while it streams in. */
export const readText = async (
  answer: Response | { ok: false; reason: PeerReason },
  type: string,
  maxBytes: number,
): Promise<PeerAnswer<string>> => {
  if ('reason' in answer) return answer
  const refusal = refusalOf(answer, type)
  if (refusal) {
    await answer.body?.cancel().catch(() => undefined)
    return no(refusal)
  }
  try {
    const bytes = await collect(answer, maxBytes)
    if (!bytes) return no('too-large')
    const text = fatalUtf8(bytes)
    return text === undefined ? no('not-utf8') : { ok: true, value: text }
  } catch {
    return no('unreachable')
  }
}

/** An answer as JSON, judged by no schema yet. */
export const readJson = async (
  answer: Response | { ok: false; reason: PeerReason },
  maxBytes: number,
): Promise<PeerAnswer<unknown>> => {
  const text = await readText(answer, 'application/json', maxBytes)
  if (!text.ok) return text
  try {
    return { ok: true, value: JSON.parse(text.value) as unknown }
  } catch {
    return no('not-json')
  }
}

const refusalOf = (answer: Response, type: string): PeerReason | undefined => {
  if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400)) {
    return 'redirected'
  }
  if (answer.status !== 200) return `status-${answer.status}`
  const encoding = answer.headers.get('content-encoding') ?? 'identity'
  if (encoding !== 'identity') return 'encoded'
  const [given] = (answer.headers.get('content-type') ?? '').split(';')
  return given?.trim().toLowerCase() === type ? undefined : 'content-type'
}

const collect = async (answer: Response, maxBytes: number) => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
