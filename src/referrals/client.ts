/** Sending a letter, and reading how it was answered. */
import { z } from 'zod'
import { type PeerReason, readJson, readProblem, requestPeer } from '../federation/peer.ts'
import type { Hub } from '../hub.ts'
import { ReferralAnswer } from './referral.ts'

/** Bytes of an answer: a receipt, and some events. */
const answerBytes = 256 * 1024

type Answer = Response | { ok: false; reason: PeerReason }

export const requestDelivery = (hub: Hub, endpoint: string, letter: string): Promise<Answer> =>
  requestPeer(hub, endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/jose' },
    body: letter,
  })

/** What became of a letter. `held`: the other side holds something else at that number, or from it on. */
export type Delivery =
  | { ok: true; answer: ReferralAnswer }
  | { ok: false; reason: 'letter-conflict'; answer: ReferralAnswer }
  | { ok: false; reason: 'letter-out-of-order'; expected: number }
  | { ok: false; reason: string }

const Refusal = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('letter-conflict'),
    receipt: z.string(),
    events: z.array(z.string()),
  }),
  z.object({ code: z.literal('letter-out-of-order'), expected: z.int().min(1) }),
])

export const readDelivery = async (answer: Answer): Promise<Delivery> => {
  if (!('reason' in answer) && answer.status >= 400) return readRefusal(answer)
  const json = await readJson(answer, answerBytes, 201)
  if (!json.ok) return json
  const parsed = ReferralAnswer.safeParse(json.value).data
  return parsed ? { ok: true, answer: parsed } : { ok: false, reason: 'form' }
}

const readRefusal = async (answer: Response): Promise<Delivery> => {
  const problem = await readProblem(answer, answerBytes)
  const refusal = Refusal.safeParse(problem).data
  if (refusal?.code === 'letter-out-of-order') {
    return { ok: false, reason: refusal.code, expected: refusal.expected }
  }
  if (refusal) {
    const { receipt, events } = refusal
    return { ok: false, reason: refusal.code, answer: { receipt, events } }
  }
  const code = z.string().max(40).safeParse(problem?.code).data
  return { ok: false, reason: code ?? `status-${answer.status}` }
}
