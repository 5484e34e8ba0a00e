/** Referrals for advisers: what came and went, one of them, and what may be done with it. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { recordEvent } from '../staff/audit-store.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { act } from './act.ts'
import type { Choices } from './actions-view.tsx'
import { dayOf } from './deadlines.ts'
import type { Fields } from './form.ts'
import { ListView } from './list-view.tsx'
import { exportCompany, listReferrals, type ReadReferral, readReferral } from './reading.ts'
import { declineReasons, idsOf, outcomes, withdrawReasons } from './reasons.ts'
import { namedCentres } from './refer.ts'
import { type Said as SaidOf, transitionOf } from './referral.ts'
import { ReferralView, Said } from './referral-view.tsx'
import { beginAnew, coversSuggestion, sendOn } from './send-on.ts'
import { referralOf } from './store.ts'

type App = { Bindings: Hub }

const Told = z.object({ gesagt: Said.optional() })
const Note = z.string().trim().max(300).default('')

const Decline = z.object({
  reason: z.enum(idsOf(declineReasons)),
  suggests: z.string().default(''),
})
const Withdraw = z.object({ reason: z.enum(idsOf(withdrawReasons)) })
const Complete = z.object({ outcome: z.enum(idsOf(outcomes)) })

export const referralPages = new Hono<App>()
  .get('/verweise', async (c) => {
    const lines = await listReferrals(c.env, postOf(c).iss)
    const today = dayOf(c.env.now())
    return c.html(<ListView site={siteOf(c)} post={postOf(c)} lines={lines} today={today} />)
  })
  .get('/verweise/:id', async (c) => {
    const { centre, id } = whose(c)
    const [referral] = await referralOf(c.env.sql, centre, id)
    if (referral?.state === 'draft') return c.redirect(`/verweise/${id}/zentrum`, 303)
    return show(c, readQuery(c, Told).gesagt)
  })
  .post('/verweise/:id/annehmen', async (c) => {
    return say(c, await readStaffForm(c), { event: 'accepted' })
  })
  .post('/verweise/:id/ablehnen', async (c) => {
    const fields = await readStaffForm(c)
    const said = Decline.safeParse(fields).data
    if (!said) return show(c, 'no-reason', 400)
    const { reason, suggests } = said
    if (suggests) await refuseUnknown(c, suggests)
    return say(c, fields, { event: 'declined', reason, ...(suggests && { suggests }) })
  })
  .post('/verweise/:id/abschliessen', async (c) => {
    const fields = await readStaffForm(c)
    const said = Complete.safeParse(fields).data
    return said ? say(c, fields, { event: 'completed', ...said }) : show(c, 'no-outcome', 400)
  })
  .post('/verweise/:id/zurueckziehen', async (c) => {
    const fields = await readStaffForm(c)
    const said = Withdraw.safeParse(fields).data
    return said ? say(c, {}, { event: 'withdrawn', ...said }) : show(c, 'no-reason', 400)
  })
  .post('/verweise/:id/loeschen', async (c) => {
    await readStaffForm(c)
    return say(c, {}, { event: 'erased' })
  })
  .post('/verweise/:id/weiter', async (c) => {
    await readStaffForm(c)
    const next = await sendOn(c.env, { ...whose(c), by: visitorOf(c).person })
    return c.redirect(`/verweise/${next}?gesagt=sent`, 303)
  })
  .post('/verweise/:id/neu', async (c) => {
    await readStaffForm(c)
    const next = await beginAnew(c.env, { ...whose(c), by: visitorOf(c).person })
    return c.redirect(`/verweise/${next}/zentrum`, 303)
  })
  .get('/verweise/:id/auskunft.json', async (c) => {
    const { centre, id } = whose(c)
    const exported = await exportCompany(c.env, centre, id)
    await recordEvent(c.env.sql, {
      ...{ centre: postOf(c).centre, at: c.env.now(), actor: visitorOf(c).person },
      ...{ event: 'referral.exported', subject: id, details: {} },
    })
    c.header('content-disposition', `attachment; filename="auskunft-${id}.json"`)
    return c.json(exported)
  })

/** The referral that the path names, of the centre that she works for: another’s is nobody’s. */
const whose = (c: Context<App>) => {
  const id = z.uuid().safeParse(c.req.param('id')).data
  if (!id) throw new Problem('not-found')
  return { centre: postOf(c).iss, id }
}

type Sayable = Exclude<SaidOf, { event: 'sent' | 'expired' }>

const say = async (c: Context<App>, fields: Fields, said: Sayable) => {
  const { centre, id } = whose(c)
  const note = Note.safeParse(fields[`note-${said.event}`]).data
  if (note === undefined) throw new Problem('invalid-input')
  await act(c.env, { centre, id, said, note, by: visitorOf(c).person }).catch(async (error) => {
    // Said twice, as with two clicks, is said.
    const [referral] = await referralOf(c.env.sql, centre, id)
    if (!referral || referral.state !== transitionOf(said.event).to) throw error
  })
  return c.redirect(`/verweise/${id}?gesagt=${said.event}`, 303)
}

const show = async (c: Context<App>, said?: Said, status: 200 | 400 = 200) => {
  const { centre, id } = whose(c)
  const read = await readReferral(c.env, centre, id)
  const choices = await choicesFor(c.env, read)
  const frame = { site: siteOf(c), post: postOf(c) }
  return c.html(<ReferralView {...frame} read={read} choices={choices} said={said} />, status)
}

const choicesFor = async (hub: Hub, read: ReadReferral): Promise<Choices> => {
  const { suggests } = read.referral
  const [next] = coversSuggestion(read) && suggests ? await namedCentres(hub, [suggests]) : []
  return { suggestions: await suggestionsFor(hub, read), next }
}

/** Any other centre that takes referrals, but neither of the two. */
const suggestionsFor = async (hub: Hub, { referral }: ReadReferral) => {
  const possible = (await allCentres(hub.sql)).filter(
    ({ id, status, referral_endpoint }) =>
      status === 'active' &&
      referral_endpoint !== undefined &&
      ![referral.centre, referral.other].includes(id),
  )
  return namedCentres(
    hub,
    possible.map(({ id }) => id),
  )
}

const refuseUnknown = async (c: Context<App>, suggests: string) => {
  const { centre, id } = whose(c)
  const known = await suggestionsFor(c.env, await readReferral(c.env, centre, id))
  if (!known.some((each) => each.id === suggests)) throw new Problem('invalid-input')
}
