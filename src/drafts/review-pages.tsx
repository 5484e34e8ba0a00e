/** The pages on which a draft is checked, handed in, reviewed and published. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { kindOf } from '../publications/kinds.ts'
import { readStaffForm, visitorOf } from '../staff/guard.ts'
import type { Role } from '../staff/roles.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { checkDraft, failuresIn } from './checks.ts'
import { addComment, commentsOn, settleComment } from './comments-store.ts'
import { type Difference, differencesBetween, fileDifferences } from './difference.ts'
import { type Draft, type DraftFile, isOpen } from './draft.ts'
import { filesOf, unchangedFiles } from './files-store.ts'
import { germanTime } from './german-time.ts'
import { act, draftIn } from './pages.tsx'
import { publishDraft } from './publish-draft.ts'
import { type Before, publishedVersion } from './published.ts'
import { outcomeOf, Saying, sayingOf } from './review-said.ts'
import { ReviewView } from './review-view.tsx'
import { discardDraft, moveDraft, reviewersFor } from './store.ts'
import type { Move } from './told.ts'

type App = { Bindings: Hub }

const Told = z.object({ said: Saying.optional() })

const none = z.literal('').transform(() => undefined)

const Moving = z.object({
  fassung: z.union([none, z.coerce.number().int().min(0).max(2_000_000_000)]).optional(),
  pruefung: z.union([none, z.uuid()]).optional(),
})

const Remark = z.object({ feld: z.string().max(60) })

const longest = 2_000

export const reviewPages = new Hono<App>()
  .get('/entwuerfe/:id/pruefen', async (c) =>
    c.html(await page(c, await draftIn(c), { said: readQuery(c, Told).said })),
  )
  .post('/entwuerfe/:id/abgeben', async (c) => {
    must(c, 'editor')
    const draft = await draftIn(c)
    const fields = await readStaffForm(c)
    if ((await failuresIn(c.env, draft)).length > 0) return said(c, draft, 'failures')
    return move(c, draft, 'submit', fields)
  })
  .post('/entwuerfe/:id/zurueckholen', (c) => moveAs(c, 'editor', 'take-back'))
  .post('/entwuerfe/:id/freigeben', (c) => moveAs(c, 'reviewer', 'approve'))
  .post('/entwuerfe/:id/weitergeben', async (c) => {
    const fields = await readStaffForm(c)
    return move(c, await draftIn(c), 'route', fields)
  })
  .post('/entwuerfe/:id/aenderungen', async (c) => {
    must(c, 'reviewer')
    const draft = await draftIn(c)
    const fields = await readStaffForm(c)
    const text = String(fields.anmerkung ?? '').trim()
    const answer = await moved(c, draft, 'ask-changes', fields)
    if (answer !== 'ask-changes') {
      return c.html(await page(c, await draftIn(c), { said: answer, remark: text }), 409)
    }
    if (text !== '') await remark(c, draft, '', text)
    return said(c, draft, answer)
  })
  .post('/entwuerfe/:id/anmerkungen', async (c) => {
    must(c, 'reviewer')
    const draft = await draftIn(c)
    const fields = await readStaffForm(c)
    const { feld } = parseInput(Remark, fields)
    const text = String(fields[`anmerkung-${feld.replaceAll('.', '-')}`] ?? '').trim()
    if (text === '') return said(c, draft, 'no-remark')
    await remark(c, draft, feld, text)
    return said(c, draft, 'remarked')
  })
  .post('/entwuerfe/:id/anmerkungen/:comment/erledigt', async (c) => {
    await readStaffForm(c)
    const draft = await draftIn(c)
    const comment = z.uuid().safeParse(c.req.param('comment')).data
    const { centre, now } = act(c, draft)
    const [settled] = comment
      ? await settleComment(c.env.sql, { id: comment, draft: draft.id, centre }, now)
      : []
    if (!settled) throw new Problem('not-found')
    return said(c, draft, 'settled')
  })
  .post('/entwuerfe/:id/veroeffentlichen', async (c) => {
    await readStaffForm(c)
    const draft = await draftIn(c)
    const { id, centre, by } = act(c, draft)
    const answer = await publishDraft(c.env, { id, centre, by })
    if (!answer.ok) return said(c, draft, 'not-published')
    return c.redirect(`/entwuerfe/beitraege/${draft.rid}?said=published`, 303)
  })
  .post('/entwuerfe/:id/vormerken', async (c) => {
    const { zeitpunkt } = await readStaffForm(c)
    const draft = await draftIn(c)
    const at = germanTime(String(zeitpunkt ?? ''))
    if (!at || at.getTime() <= c.env.now()) return said(c, draft, 'time')
    const [row] = await moveDraft(c.env.sql, { ...act(c, draft), act: 'schedule', at })
    return said(c, draft, known('schedule', row?.outcome))
  })
  .post('/entwuerfe/:id/vormerkung-aufheben', async (c) => {
    await readStaffForm(c)
    return move(c, await draftIn(c), 'unschedule', {})
  })
  .post('/entwuerfe/:id/verwerfen', async (c) => {
    must(c, 'editor')
    await readStaffForm(c)
    const { id, centre, by, now } = act(c, await draftIn(c))
    const [row] = await discardDraft(c.env.sql, id, centre, by, now)
    if (row?.outcome !== 'done') throw new Problem('not-found')
    return c.redirect('/entwuerfe', 303)
  })

const must = (c: Context<App>, role: Role) => {
  if (!hasRole(visitorOf(c), [role])) throw new Problem('role-needed')
}

/** `remark`: what she wrote and could not be taken. */
const page = async (
  c: Context<App>,
  draft: Draft,
  told: { said?: Saying | undefined; remark?: string },
) => {
  const visitor = visitorOf(c)
  const { sql } = c.env
  const waits = isOpen(draft.state) || draft.state === 'in-review'
  const [findings, comments, files, reviewers, before] = await Promise.all([
    waits ? checkDraft(c.env, draft) : [],
    commentsOn(sql, draft.id),
    filesOf(sql, draft.id),
    reviewersFor(sql, draft.centre, draft.id),
    publishedVersion(c.env, draft),
  ])
  return (
    <ReviewView
      {...{ site: siteOf(c), visitor, draft, findings, comments, files, reviewers }}
      differences={before && (await differencesOf(c.env, draft, before, files))}
      said={sayingOf(told.said)}
      remark={told.remark}
    />
  )
}

const differencesOf = async (
  { sql }: Hub,
  draft: Draft,
  before: Before,
  files: DraftFile[],
): Promise<Difference[]> => {
  const same = await unchangedFiles(sql, draft.id, before.files)
  return [
    ...differencesBetween(kindOf(draft.kind), before.written, draft.written),
    ...fileDifferences(before.files, files, new Set(same.map(({ name }) => name))),
  ]
}

const said = (c: Context<App>, { id }: Draft, saying: Saying) =>
  c.redirect(`/entwuerfe/${id}/pruefen?said=${saying}`, 303)

const known = (move: Move, outcome: Parameters<typeof outcomeOf>[1] | 'unknown' | undefined) => {
  if (outcome === undefined || outcome === 'unknown') throw new Problem('not-found')
  return outcomeOf(move, outcome)
}

const moved = async (c: Context<App>, draft: Draft, what: Move, fields: unknown) => {
  const { fassung, pruefung } = parseInput(Moving, fields)
  const moving = { ...act(c, draft), act: what, revision: fassung, reviewer: pruefung }
  const [row] = await moveDraft(c.env.sql, moving)
  return known(what, row?.outcome)
}

const move = async (c: Context<App>, draft: Draft, what: Move, fields: unknown) =>
  said(c, draft, await moved(c, draft, what, fields))

const moveAs = async (c: Context<App>, role: Role, what: Move) => {
  must(c, role)
  const fields = await readStaffForm(c)
  return move(c, await draftIn(c), what, fields)
}

const remark = (c: Context<App>, draft: Draft, field: string, text: string) => {
  const { centre, by, now } = act(c, draft)
  const comment = { id: crypto.randomUUID(), centre, draft: draft.id, field, by }
  return addComment(c.env.sql, { ...comment, text: text.slice(0, longest) }, now)
}
