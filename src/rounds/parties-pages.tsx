/** The pages on which a centre signs with others' results, or declines to. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { readOne } from '../publications/reading.ts'
import { text } from '../publications/strings.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { answerAsParty, declineReason, longestReason, words } from './answer-as-party.ts'
import { AnswerView, PartiesView, PartySaid } from './parties-view.tsx'
import { type Asked, askedOf } from './results.ts'

type App = { Bindings: Hub }

const place = '/runden/mitzeichnen'

const Told = z.object({ said: PartySaid.optional() })

const Answer = z.object({
  wort: z.enum(words),
  fassung: z.coerce.number().int().min(1).max(2_000_000_000),
  grund: z
    .union([
      z
        .string()
        .regex(/^\s*$/)
        .transform(() => ''),
      text(longestReason),
    ])
    .default(''),
})

export const partyPages = new Hono<App>()
  .get(place, async (c) => {
    const asked = await askedOf(c.env, postOf(c))
    return c.html(<PartiesView {...{ site: siteOf(c), asked }} {...readQuery(c, Told)} />)
  })
  .get(`${place}/:slug/:rid`, async (c) => {
    const asked = await askedIn(c)
    return show(c, asked, readQuery(c, Told).said)
  })
  .post(`${place}/:slug/:rid`, async (c) => {
    const { wort, fassung, grund } = parseInput(Answer, await readStaffForm(c))
    const asked = await askedIn(c)
    const path = `${place}/${asked.slug}/${asked.rid}`
    if (wort === 'decline' && grund === '') return show(c, asked, 'no-reason', 400)
    if (fassung !== asked.ver) return c.redirect(`${path}?said=new-version`, 303)
    await answerAsParty(c.env, {
      ...{ post: postOf(c), by: visitorOf(c).person, word: wort, reason: grund },
      ...{ iss: asked.iss, of: asked.slug, rid: asked.rid, ver: asked.ver },
    })
    return c.redirect(`${path}?said=${wort}`, 303)
  })

/** The record of the path, if it asks this centre. */
const askedIn = async (c: Context<App>): Promise<Asked> => {
  const { slug, rid } = c.req.param()
  const asked = (await askedOf(c.env, postOf(c))).find(
    (record) => record.slug === slug && record.rid === rid,
  )
  if (!asked) throw new Problem('not-found')
  return asked
}

const show = async (c: Context<App>, asked: Asked, said?: PartySaid, status: 200 | 400 = 200) => {
  const [one, reason] = await Promise.all([
    readOne(c.env, 'members', asked.slug, asked.rid),
    declineReason(c.env, postOf(c).centre, asked),
  ])
  if (one.state !== 'published') throw new Problem('not-found')
  const { contact } = JSON.parse(one.content) as { contact: { role: string; mailbox: string } }
  const shown = { site: siteOf(c), post: postOf(c), asked, contact, reason, said }
  return c.html(<AnswerView {...shown} origin={c.env.config.origin} />, status)
}
