/** A new referral in three steps: the company, the centre, the consent. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { landIds } from '../places/lands.ts'
import { seatRuleOf } from '../places/seat-rule.ts'
import { Problem } from '../problem.ts'
import { newRecordId } from '../publications/record-id.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { CentreStep } from './centre-view.tsx'
import { type ConsentRecord, consentHash, consentLines, consentText } from './consent.ts'
import { dayOf } from './deadlines.ts'
import { type Draft, openDraft, saveDraft } from './draft.ts'
import { type Faults, type Fields, fieldsOf, listOf, readCompany, textOf } from './form.ts'
import { CompanyStep, ConsentStep } from './form-views.tsx'
import { propose } from './propose.ts'
import { namedCentres, refer } from './refer.ts'
import { forgetDraft, referralOf } from './store.ts'

type App = { Bindings: Hub }

/** What the page „Wer ist zuständig?“ knows already. */
const Known = z.object({ plz: z.string().max(20).optional(), ort: z.string().max(120).optional() })

const steps = '/verweise/:id/:step{unternehmen|land|zentrum|einwilligung|senden}'

export const referralFormPages = new Hono<App>()
  .get('/verweise/neu', (c) => {
    const entwurf = newRecordId(c.env.now())
    return showCompany(c, '/verweise/neu', { ...readQuery(c, Known), entwurf } as Fields)
  })
  .post('/verweise/neu', async (c) => {
    const fields = await readStaffForm(c)
    return takeCompany(c, fields, await newDraft(c, fields))
  })
  // Who goes back, or clicks twice, after it was sent sees how it stands.
  .use(steps, async (c, next) => {
    const [referral] = await referralOf(c.env.sql, whose(c).centre, whose(c).id)
    if (!referral || referral.state === 'draft') return next()
    return c.redirect(`/verweise/${referral.id}`, 303)
  })
  .get('/verweise/:id/unternehmen', async (c) => {
    const { draft } = await openDraft(c.env, whose(c))
    return showCompany(c, c.req.path, fieldsOf(draft))
  })
  .post('/verweise/:id/unternehmen', async (c) => {
    const { draft, follows } = await openDraft(c.env, whose(c))
    return takeCompany(c, await readStaffForm(c), { id: whose(c).id, before: draft, follows })
  })
  .post('/verweise/:id/land', async (c) => {
    const { draft, follows } = await openDraft(c.env, whose(c))
    const { land } = await readStaffForm(c)
    const chosen = z.enum(landIds).safeParse(land).data
    if (!chosen) return showCentre(c, {}, { land: 'Bitte wählen.' })
    await save(c, { ...draft, land: chosen }, follows)
    return c.redirect(`/verweise/${whose(c).id}/zentrum`, 303)
  })
  .get('/verweise/:id/zentrum', async (c) => {
    const { draft } = await openDraft(c.env, whose(c))
    const { to = '', otherwise = '', more } = draft
    return showCentre(c, otherwise ? { to: 'other', other: to, otherwise, more } : { to, more })
  })
  .post('/verweise/:id/zentrum', async (c) => {
    const { draft, follows } = await openDraft(c.env, whose(c))
    const fields = await readStaffForm(c)
    const chosen = await readCentre(c, draft, fields, follows)
    if (!chosen.ok) return showCentre(c, fields, chosen.faults)
    await save(c, chosen.draft, follows)
    return c.redirect(`/verweise/${whose(c).id}/einwilligung`, 303)
  })
  .get('/verweise/:id/einwilligung', (c) => showConsent(c, {}))
  .post('/verweise/:id/senden', send)
  .post('/verweise/:id/verwerfen', async (c) => {
    await readStaffForm(c)
    const [forgotten] = await forgetDraft(c.env.sql, whose(c))
    if (!forgotten) throw new Problem('not-found')
    return c.redirect('/verweise', 303)
  })

/** The draft or referral that the path names, of the centre that she works for. */
const whose = (c: Context<App>) => {
  const id = z.uuid().safeParse(c.req.param('id')).data
  if (!id) throw new Problem('not-found')
  return { centre: postOf(c).iss, id }
}

const frame = (c: Context<App>) => ({ site: siteOf(c), post: postOf(c) })

const save = (c: Context<App>, draft: Draft, follows: string | undefined) =>
  saveDraft(c.env, { ...whose(c), by: visitorOf(c).person, follows }, draft)

const showCompany = (c: Context<App>, action: string, fields: Fields, faults: Faults = {}) =>
  c.html(
    <CompanyStep {...frame(c)} action={action} fields={fields} faults={faults} />,
    Object.keys(faults).length > 0 ? 400 : 200,
  )

/** The draft that the empty form was made for, so that who clicks twice begins one; another where that was sent. */
const newDraft = async (c: Context<App>, { entwurf }: Fields) => {
  const id = z.uuid().safeParse(entwurf).data
  const [used] = id ? await referralOf(c.env.sql, postOf(c).iss, id) : []
  return { id: id && (used?.state ?? 'draft') === 'draft' ? id : newRecordId(c.env.now()) }
}

interface Begun {
  id: string
  before?: Draft
  follows?: string | undefined
}

const takeCompany = async (c: Context<App>, fields: Fields, { id, before, follows }: Begun) => {
  const read = readCompany(fields)
  if (!read.ok) return showCompany(c, c.req.path, fields, read.faults)
  // Another seat may lie in another Land, with other centres.
  const moved = JSON.stringify(before?.seat) !== JSON.stringify(read.value.seat)
  const kept = before && !moved ? before : { more: [] }
  const by = visitorOf(c).person
  await saveDraft(c.env, { centre: postOf(c).iss, id, by, follows }, { ...kept, ...read.value })
  return c.redirect(`/verweise/${id}/zentrum`, 303)
}

const showCentre = async (c: Context<App>, fields: Fields, faults: Faults = {}) => {
  const { draft, follows } = await openDraft(c.env, whose(c))
  const proposal = await propose(c.env, postOf(c).iss, draft, follows)
  const rule = seatRuleOf(c.env.config)
  return c.html(
    <CentreStep {...frame(c)} id={whose(c).id} {...{ draft, proposal, fields, faults, rule }} />,
    Object.keys(faults).length > 0 ? 400 : 200,
  )
}

type Chosen = { ok: true; draft: Draft } | { ok: false; faults: Faults }

const readCentre = async (
  c: Context<App>,
  { to: _, otherwise: __, ...draft }: Draft,
  fields: Fields,
  follows: string | undefined,
): Promise<Chosen> => {
  const { responsible, others } = await propose(c.env, postOf(c).iss, draft, follows)
  const [to, other] = [textOf(fields, 'to'), textOf(fields, 'other')]
  const otherwise = textOf(fields, 'otherwise').trim()
  const possible = [...responsible.map(({ entity_id }) => entity_id), ...others.map(({ id }) => id)]
  const more = listOf(fields.more).filter((id) => possible.includes(id))
  if (responsible.some(({ entity_id }) => entity_id === to)) {
    return { ok: true, draft: { ...draft, to, more } }
  }
  if (to !== 'other') return { ok: false, faults: { to: 'Bitte wählen.' } }
  const faults = {
    ...(!others.some(({ id }) => id === other) && { other: 'Bitte wählen.' }),
    ...((otherwise === '' || otherwise.length > 300) && {
      otherwise: 'Bitte begründen, mit höchstens 300 Zeichen.',
    }),
  }
  if (Object.keys(faults).length > 0) return { ok: false, faults }
  return { ok: true, draft: { ...draft, to: other, otherwise, more } }
}

/** The text for this draft: whom it names, and whether it may be sent on. */
const consentOf = async (c: Context<App>, { to = '', more }: Draft) => {
  const recipients = [...new Set([to, ...more])]
  const passingOn = recipients.length > 1
  const named = await namedCentres(c.env, recipients)
  const sender = (await centreById(c.env.sql, postOf(c).iss))?.organization_name ?? ''
  return { recipients, passingOn, lines: consentLines(sender, named, passingOn) }
}

const showConsent = async (c: Context<App>, fields: Fields, faults: Faults = {}) => {
  const { id } = whose(c)
  const { draft } = await openDraft(c.env, whose(c))
  if (!draft.to) return c.redirect(`/verweise/${id}/zentrum`, 303)
  const { lines } = await consentOf(c, draft)
  const today = dayOf(c.env.now())
  return c.html(
    <ConsentStep {...frame(c)} {...{ id, lines, fields, today, faults }} />,
    Object.keys(faults).length > 0 ? 400 : 200,
  )
}

async function send(c: Context<App>) {
  const { centre, id } = whose(c)
  const { draft, follows } = await openDraft(c.env, { centre, id })
  const fields = await readStaffForm(c)
  const proposal = await propose(c.env, centre, draft, follows)
  const { recipients, passingOn, lines } = await consentOf(c, draft)
  const given = readGiven(fields, dayOf(c.env.now()), consentHash(lines))
  if (!given.ok) return showConsent(c, fields, given.faults)
  if (!draft.to || !proposal.land) return c.redirect(`/verweise/${id}/zentrum`, 303)
  const consent: ConsentRecord = {
    ...{ text: consentText.id, version: consentText.version, hash: consentHash(lines) },
    ...{ given_on: given.on, how: given.how, purposes: ['advice', 'feedback'] },
    ...{ recipients, passing_on: passingOn, recorded_by: visitorOf(c).person },
    recorded_at: new Date(c.env.now()).toISOString(),
  }
  const { seat, topics, note, contact, otherwise } = draft
  const place = { place: seat.place, land: proposal.land, ...(seat.plz && { plz: seat.plz }) }
  const rule = seatRuleOf(c.env.config)
  const about = {
    company: { ...draft.company, seat: place },
    ...{ topics, contact, ...(note && { note }) },
    choice: { rule, sources: proposal.sources, ...(otherwise && { otherwise }) },
  }
  const by = visitorOf(c).person
  await refer(c.env, { centre, id, to: draft.to, by, about, consent, follows }).catch(
    async (error: unknown) => {
      // Another click was quicker.
      const [referral] = await referralOf(c.env.sql, centre, id)
      if (referral?.state === 'draft') throw error
    },
  )
  return c.redirect(`/verweise/${id}?gesagt=sent`, 303)
}

const textChanged =
  'Der Text hat sich geändert, seit Sie ihn gesehen haben. Fragen Sie noch einmal, mit diesem Text.'

const How = z.enum(['written', 'electronic', 'spoken'])

type Given = { ok: true; on: string; how: z.infer<typeof How> } | { ok: false; faults: Faults }

/** `hash`: of the text as it is now. Whoever agreed to another, shown before, has not agreed to this one. */
const readGiven = (fields: Fields, today: string, hash: string): Given => {
  const on = z.iso.date().safeParse(fields.given).data
  const how = How.safeParse(fields.how).data
  const agreed = listOf(fields.agreed).includes('yes')
  const changed = agreed && textOf(fields, 'text') !== hash
  if (on !== undefined && on <= today && how && agreed && !changed) return { ok: true, on, how }
  return {
    ok: false,
    faults: {
      ...((on === undefined || on > today) && { given: 'Bitte einen Tag bis heute angeben.' }),
      ...(!how && { how: 'Bitte wählen.' }),
      ...(!agreed && { agreed: 'Ohne Einwilligung lässt sich nichts senden.' }),
      ...(changed && { agreed: textChanged }),
    },
  }
}
