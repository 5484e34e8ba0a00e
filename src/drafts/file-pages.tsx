/** Adding files to a draft, and getting them back. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { attach } from '../publications/attach.ts'
import { listableName } from '../publications/attachment.ts'
import { kindOf } from '../publications/kinds.ts'
import { postOf } from '../staff/guard.ts'
import { sendFile } from '../web/send-file.ts'
import { readUpload } from '../web/upload.ts'
import type { Draft } from './draft.ts'
import { addFile, fileBytes, removeFile } from './files-store.ts'
import type { Refused } from './files-view.tsx'
import { filesStep, findStep } from './form.ts'
import { act, draftIn, goOn, mustWrite, saveStep, showForm } from './pages.tsx'

type App = { Bindings: Hub }

const place = '/entwuerfe/:id/anlagen'

export const filePages = new Hono<App>()
  .post(place, async (c) => {
    mustWrite(c)
    const { fields, file } = await readFilesForm(c)
    const draft = await draftIn(c)
    const saved = await saveStep(c, draft, fields)
    // Without a file the form is only saved, unless its button for files was pressed.
    if (!file && saved.input.do !== 'hochladen') return goOn(c, draft, saved)
    const alt = String(fields.alt ?? '')
      .trim()
      .slice(0, 500)
    const complaint = await take(c, draft, file, alt)
    return complaint === undefined ? goOn(c, draft, saved) : again(c, draft, { complaint, alt })
  })
  .get(`${place}/:file`, async (c) => {
    const draft = await draftIn(c)
    const [file] = await fileBytes(c.env.sql, nameOf(c, draft))
    if (!file) throw new Problem('not-found')
    return sendFile(c, {
      ...{ name: file.name, type: file.type, size: file.len, tag: file.id },
      read: async (from, length) => file.bytes.subarray(from, from + length),
    })
  })
  .post(`${place}/:file/entfernen`, async (c) => {
    mustWrite(c)
    const { fields } = await readFilesForm(c)
    const draft = await draftIn(c)
    await saveStep(c, draft, fields)
    const { by, now } = act(c, draft)
    const [removed] = await removeFile(c.env.sql, nameOf(c, draft), by, now)
    if (!removed) throw new Problem('not-found')
    return back(c, draft)
  })

/** The form of the step for files, of the centre that somebody works for. */
const readFilesForm = async (c: Context<App>) => {
  const upload = await readUpload(c, 'datei')
  if (upload.fields.zentrum !== postOf(c).centre) throw new Problem('wrong-centre')
  return upload
}

const nameOf = (c: Context<App>, draft: Draft) => {
  const id = z.uuid().safeParse(c.req.param('file')).data
  if (!id) throw new Problem('not-found')
  return { id, draft: draft.id, centre: draft.centre }
}

/** Keeps the file; answers why not. */
const take = async (
  c: Context<App>,
  draft: Draft,
  file: { name: string; bytes: Buffer } | undefined,
  alt: string,
): Promise<string | undefined> => {
  if (!file) return 'Wählen Sie bitte eine Datei.'
  const name = listableName(file.name)
  const judged = await attach([{ file: name, alt }], async () => file.bytes, [])
  if (!judged.ok) return judged.faults[0]?.message
  const [taken] = judged.attached
  if (!taken) throw new Error('one file was brought, and none was attached')
  const { type, len } = taken.attachment
  const { id, centre, by, now } = act(c, draft)
  const added = { id: crypto.randomUUID(), draft: id, centre, name, alt, type, len }
  const [row] = await addFile(c.env.sql, { ...added, bytes: taken.bytes }, by, now)
  return row
    ? undefined
    : 'Der Entwurf hat schon eine Datei dieses Namens, oder er ist nicht offen.'
}

const back = (c: Context<App>, { id }: Draft) =>
  c.redirect(`/entwuerfe/${id}?schritt=${filesStep}`, 303)

/** The page once more, with what is wrong with the file and what was said of it. */
const again = (c: Context<App>, draft: Draft, refused: Refused) => {
  const step = findStep(kindOf(draft.kind), filesStep)
  if (!step) throw new Problem('not-found')
  return showForm(c, draft, step, { refused })
}
