/** The letterbox, and where the umbrella takes counts (schemas/EXCHANGE.md, section 16). */
import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { limits } from '../signing/gate.ts'
import { readTextBody } from '../web/input.ts'
import { receiveCounts } from './counts.ts'
import { takeLetter } from './receive.ts'

export const referralsApi = new Hono<{ Bindings: Hub }>()
  .post('/referrals', async (c) => {
    if (c.env.admit?.() === false) throw new Problem('too-many-requests')
    const letter = await readTextBody(c, 'application/jose', limits.letter)
    return c.json(await takeLetter(c.env, letter), 201)
  })
  .post('/counts', async (c) => {
    if (c.env.admit?.() === false) throw new Problem('too-many-requests')
    const counts = await readTextBody(c, 'application/jose', limits.statement)
    return c.json(await receiveCounts(c.env, counts), 201)
  })
