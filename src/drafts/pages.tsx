/** The pages on which staff write. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import type { Kind } from '../publications/kind.ts'
import { findKind, kindOf } from '../publications/kinds.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readForm, readQuery } from '../web/input.ts'
import { Markdown } from '../web/markdown.tsx'
import { siteOf } from '../web/site.ts'
import { begin, beginVersion } from './begin.ts'
import { choicesFor } from './choosable.ts'
import { commentsOn } from './comments-store.ts'
import { altName, type Draft, type DraftFile } from './draft.ts'
import { filesOf } from './files-store.ts'
import { FilesStep, type Refused } from './files-view.tsx'
import { beginningAt } from './follow-up.tsx'
import {
  altField,
  filesStep,
  findStep,
  formFields,
  readFields,
  type Step,
  stepsOf,
} from './form.ts'
import type { Sent } from './form-value.ts'
import { FormView, type FormViewProps } from './form-view.tsx'
import { NewView } from './new-view.tsx'
import { RivalsView } from './rivals-view.tsx'
import { arrangeRows } from './rows.ts'
import { chooseRival, draftOf, rivalsOf, saveDraft } from './store.ts'

type App = { Bindings: Hub }

const Begin = z.object({
  art: z.string().max(40),
  zu: z.uuid().optional(),
  bezug: z.string().max(400).default(''),
})

const Preview = z.object({ text: z.string().max(50_000) })

const FormQuery = z.object({
  schritt: z.string().max(40).optional(),
  zeile: z.string().max(200).optional(),
  said: z.literal('saved').optional(),
})

/** A field sent once comes as a text. */
const Names = z.union([z.array(z.string()), z.string().transform((name) => [name])]).default([])

const Save = z.object({
  schritt: z.string().max(40),
  fassung: z.coerce.number().int().min(0).max(2_000_000_000),
  seite: z.string().regex(/^[\w-]{8,40}$/),
  do: z.string().max(200).default('speichern'),
  zu: z.string().max(40).optional(),
  beiseite: Names,
})

const Choice = z.object({
  feld: z.string().max(60),
  seite: z.string().max(40),
  wahl: z.enum(['daneben', 'entwurf']),
})

export const draftPages = new Hono<App>()
  .get('/entwuerfe/neu', (c) => {
    mustWrite(c)
    const kind = findKind(c.req.query('art') ?? '')
    const bezug = c.req.query('bezug')
    return c.html(<NewView site={siteOf(c)} post={postOf(c)} kind={kind?.id} bezug={bezug} />)
  })
  .post('/entwuerfe/neu', async (c) => {
    mustWrite(c)
    const fields = await readStaffForm(c)
    const { art, zu, bezug } = parseInput(Begin, fields)
    const writer = { post: postOf(c), person: visitorOf(c).person }
    if (zu) return c.redirect(`/entwuerfe/${await beginVersion(c.env, writer, zu)}`, 303)
    const kind = findKind(art)
    if (!kind) throw new Problem('not-found')
    const title = String(fields[`titel-${art}`] ?? '').trim()
    const id = await begin(c.env, writer, kind, {
      ...beginningAt(kind, bezug),
      ...(title && { title }),
    })
    return c.redirect(`/entwuerfe/${id}`, 303)
  })
  .post('/entwuerfe/vorschau', async (c) => {
    const { text } = parseInput(Preview, await readForm(c))
    return c.html(<Markdown text={text} level={3} />)
  })
  .get('/entwuerfe/:id', async (c) => {
    const draft = await writtenDraft(c)
    const { schritt, zeile, said } = readQuery(c, FormQuery)
    return showForm(c, draft, stepIn(kindOf(draft.kind), schritt), { row: zeile, said })
  })
  .post('/entwuerfe/:id', save)
  .get('/entwuerfe/:id/versionen', async (c) => {
    const draft = await writtenDraft(c)
    const [rivals, files] = await Promise.all([
      rivalsOf(c.env.sql, draft.id),
      filesOf(c.env.sql, draft.id),
    ])
    const fields = [...formFields(kindOf(draft.kind)), ...files.map(altField)]
    return c.html(<RivalsView {...{ site: siteOf(c), post: postOf(c), draft, rivals, fields }} />)
  })
  .post('/entwuerfe/:id/versionen', async (c) => {
    const draft = await writtenDraft(c)
    const { feld, seite, wahl } = parseInput(Choice, await readStaffForm(c))
    const choice = { field: feld, page: seite, take: wahl === 'daneben' }
    const [chosen] = await chooseRival(c.env.sql, { ...act(c, draft), ...choice })
    if (chosen?.outcome === 'locked') throw new Problem('conflict')
    return c.redirect(`/entwuerfe/${draft.id}/versionen`, 303)
  })

/** Writing is for editors. */
export const mustWrite = (c: Context<App>) => {
  if (!hasRole(visitorOf(c), ['editor'])) throw new Problem('role-needed')
}

/** The draft that an editor writes on. */
const writtenDraft = async (c: Context<App>): Promise<Draft> => {
  mustWrite(c)
  return draftIn(c)
}

/** The draft of the path, as this person may see it: reviewers see what was handed in. */
export const draftIn = async (c: Context<App>): Promise<Draft> => {
  const visitor = visitorOf(c)
  const id = z.uuid().safeParse(c.req.param('id')).data
  const [draft] = id ? await draftOf(c.env.sql, postOf(c).centre, id, visitor.person) : []
  if (!draft || draft.state === 'published') throw new Problem('not-found')
  const handedIn = draft.state !== 'draft' && draft.state !== 'changes-asked'
  if (!hasRole(visitor, ['editor']) && !handedIn) throw new Problem('not-found')
  return draft
}

/** With which draft, for which centre, by whom, and when. */
export const act = (c: Context<App>, { id }: Pick<Draft, 'id'>) => ({
  id,
  centre: postOf(c).centre,
  by: visitorOf(c).person,
  now: new Date(c.env.now()),
})

const stepIn = (kind: Kind, id: string | undefined): Step => {
  const step = findStep(kind, id)
  if (!step) throw new Problem('not-found')
  return step
}

export const showForm = async (
  c: Context<App>,
  draft: Draft,
  step: Step,
  more: Pick<FormViewProps, 'row' | 'said'> & { refused?: Refused } = {},
) => {
  const [comments, choices, rivals, list] = await Promise.all([
    commentsOn(c.env.sql, draft.id),
    choicesFor(c.env, kindOf(draft.kind), step.fields, draft.written),
    rivalsOf(c.env.sql, draft.id),
    step.id === filesStep ? filesOf(c.env.sql, draft.id) : [],
  ])
  const props = {
    ...{ site: siteOf(c), post: postOf(c), person: visitorOf(c).person, draft, comments },
    step: withFiles(step, list),
    choices,
    rivals: new Set(rivals.map(({ field }) => field)).size,
    page: crypto.randomUUID(),
    ...more,
  }
  const files =
    step.id === filesStep ? <FilesStep {...props} list={list} refused={more.refused} /> : undefined
  return c.html(<FormView {...props} files={files} />, more.refused ? 400 : 200)
}

/** In the step for files one writes what each of them is. */
const withFiles = (step: Step, files: DraftFile[]): Step =>
  step.id === filesStep ? { ...step, fields: files.map(altField) } : step

/** Saves a step, by its button or by itself. */
async function save(c: Context<App>) {
  const fields = await readStaffForm(c)
  const draft = await writtenDraft(c)
  const saved = await saveStep(c, draft, fields)
  return c.req.header('x-part') === 'saved' ? c.json(saved.answer) : goOn(c, draft, saved)
}

/** Keeps what a step's form brought; nothing of it is judged. */
export const saveStep = async (c: Context<App>, draft: Draft, sent: Sent) => {
  const kind = kindOf(draft.kind)
  const input = parseInput(Save, sent)
  const asked = stepIn(kind, input.schritt)
  const step = asked.id === filesStep ? withFiles(asked, await filesSent(c, draft, sent)) : asked
  const arranged = arrangeRows(kind, sent, input.do)
  const [answer] = await saveDraft(c.env.sql, {
    ...act(c, draft),
    page: input.seite,
    revision: input.fassung,
    fields: readFields(step.fields, arranged.sent),
    rivals: input.beiseite.filter((name) => step.fields.some((field) => field.name === name)),
  })
  if (answer?.outcome !== 'saved') throw new Problem('not-found')
  return { answer, step, input, row: arranged.row }
}

/** Files that came after its page have no place in a form. */
const filesSent = async (c: Context<App>, draft: Draft, sent: Sent) =>
  (await filesOf(c.env.sql, draft.id)).filter(({ id }) => altName(id) in sent)

type Saved = Awaited<ReturnType<typeof saveStep>>

/** Where somebody wanted to go; first to the versions of a field where there are two. */
export const goOn = (c: Context<App>, draft: Draft, { answer, step, input, row }: Saved) =>
  answer.rivals.length > 0
    ? c.redirect(`/entwuerfe/${draft.id}/versionen`, 303)
    : c.redirect(whereNext(draft, step, input, row), 303)

const whereNext = (
  { id, kind }: Draft,
  step: Step,
  { do: act, zu }: z.infer<typeof Save>,
  row: string | undefined,
) => {
  const at = (query: Record<string, string>) => `/entwuerfe/${id}?${new URLSearchParams(query)}`
  if (zu === 'pruefen') return `/entwuerfe/${id}/pruefen`
  if (zu !== undefined) return at({ schritt: zu })
  if (act === 'weiter') {
    const steps = stepsOf(kindOf(kind))
    const next = steps[steps.findIndex((each) => each.id === step.id) + 1]
    return next ? at({ schritt: next.id }) : `/entwuerfe/${id}/pruefen`
  }
  if (row !== undefined) return at({ schritt: step.id, zeile: row })
  return at({ schritt: step.id, ...(act === 'speichern' && { said: 'saved' }) })
}
