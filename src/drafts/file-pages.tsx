/** Adding files to a draft, and getting them back. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { attach } from '../publications/attach.ts'
import { kindOf } from '../publications/kinds.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { sendFile } from '../web/send-file.ts'
import { readUpload } from '../web/upload.ts'
import type { Draft } from './draft.ts'
import { addFile, fileBytes, removeFile } from './files-store.ts'
import { filesStep, findStep } from './form.ts'
import { act, draftIn, showForm } from './pages.tsx'

type App = { Bindings: Hub }

const place = '/entwuerfe/:id/anlagen'

export const filePages = new Hono<App>()
  .post(place, async (c) => {
    const draft = await openDraft(c)
    const { fields, file } = await readUpload(c, 'datei')
    if (fields.zentrum !== postOf(c).centre) throw new Problem('wrong-centre')
    const complaint = await take(c, draft, file, (fields.alt ?? '').trim().slice(0, 500))
    return complaint === undefined ? back(c, draft) : again(c, draft, complaint)
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
    await readStaffForm(c)
    const draft = await openDraft(c)
    const { by, now } = act(c, draft)
    const [removed] = await removeFile(c.env.sql, nameOf(c, draft), by, now)
    if (!removed) throw new Problem('not-found')
    return back(c, draft)
  })

const openDraft = async (c: Context<App>) => {
  if (!hasRole(visitorOf(c), ['editor'])) throw new Problem('role-needed')
  return draftIn(c)
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
  const judged = await attach([{ file: file.name, alt }], async () => file.bytes, [])
  if (!judged.ok) return judged.faults[0]?.message
  const [{ attachment: { type, len } = { type: '', len: 0 } } = {}] = judged.attached
  const { id, centre, by, now } = act(c, draft)
  const added = { id: crypto.randomUUID(), draft: id, centre, name: file.name, alt, type, len }
  const [row] = await addFile(c.env.sql, { ...added, bytes: file.bytes }, by, now)
  return row
    ? undefined
    : 'Der Entwurf hat schon eine Datei dieses Namens, oder er ist nicht offen.'
}

const back = (c: Context<App>, { id }: Draft) =>
  c.redirect(`/entwuerfe/${id}?schritt=${filesStep}`, 303)

const again = (c: Context<App>, draft: Draft, complaint: string) => {
  const step = findStep(kindOf(draft.kind), filesStep)
  if (!step) throw new Problem('not-found')
  return showForm(c, draft, step, { complaint })
}
