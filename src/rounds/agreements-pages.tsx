/** The page on which moderators see what was agreed, and say what became of it. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { agreementsOf, beginVersionWithStates } from './agreements.ts'
import { localStates, markAgreement } from './agreements-store.ts'
import { AgreementSaid, AgreementsView } from './agreements-view.tsx'
import { actorIn, mustModerate } from './pages.tsx'

type App = { Bindings: Hub }

const place = '/runden/vereinbarungen'

const Told = z.object({ said: AgreementSaid.optional() })
const Mark = z.object({ beitrag: z.uuid(), vereinbarung: z.string(), stand: z.enum(localStates) })
const Version = z.object({ beitrag: z.uuid() })

export const agreementPages = new Hono<App>()
  .get(place, async (c) => {
    const { post } = mustModerate(c)
    const agreements = await agreementsOf(c.env, post.iss)
    const { said } = readQuery(c, Told)
    return c.html(
      <AgreementsView {...{ site: siteOf(c), post, agreements, said }} now={c.env.now()} />,
    )
  })
  .post(place, async (c) => {
    const { post } = mustModerate(c)
    const marking = parseInput(Mark, await readStaffForm(c))
    const { beitrag: rid, vereinbarung: dig, stand: state } = marking
    const known = await agreementsOf(c.env, post.iss)
    if (!known.some((each) => each.rid === rid && each.dig === dig)) throw new Problem('not-found')
    await markAgreement(c.env.sql, { iss: post.iss, rid, dig, state }, actorIn(c))
    return c.redirect(`${place}?said=${state}`, 303)
  })
  .post(`${place}/fassung`, begin)

/** Only whoever writes is led to the draft; the others' editors find it. */
async function begin(c: Context<App>) {
  const writer = mustModerate(c)
  const { beitrag } = parseInput(Version, await readStaffForm(c))
  const draft = await beginVersionWithStates(c.env, writer, beitrag)
  const writes = hasRole(visitorOf(c), ['editor'])
  return c.redirect(writes ? `/entwuerfe/${draft}` : `${place}?said=version`, 303)
}
