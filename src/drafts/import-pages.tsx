/** Templates to fill in elsewhere, and reading them in again. */
import { type Context, Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { findKind } from '../publications/kinds.ts'
import { fatalUtf8 } from '../signing/json.ts'
import { postOf, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { dispositionOf } from '../web/send-file.ts'
import { siteOf } from '../web/site.ts'
import { readUpload } from '../web/upload.ts'
import { begin } from './begin.ts'
import { NewView } from './new-view.tsx'
import { readTemplate } from './read-template.ts'
import { readWord } from './read-word.ts'
import { markdownTemplate } from './template.ts'
import { wordTemplate, wordType } from './word-template.ts'

type App = { Bindings: Hub }

export const importPages = new Hono<App>()
  .get('/entwuerfe/vorlagen/:name', (c) => {
    const [id = '', ending] = c.req.param('name').split('.')
    const kind = findKind(id)
    if (!kind || (ending !== 'md' && ending !== 'docx')) throw new Problem('not-found')
    c.header('content-disposition', dispositionOf(`Vorlage ${kind.label}.${ending}`))
    if (ending === 'md') {
      return c.body(markdownTemplate(kind), 200, { 'content-type': 'text/markdown; charset=utf-8' })
    }
    return c.body(new Uint8Array(wordTemplate(kind)), 200, { 'content-type': wordType })
  })
  .post('/entwuerfe/einlesen', async (c) => {
    if (!hasRole(visitorOf(c), ['editor'])) throw new Problem('role-needed')
    const { fields, file } = await readUpload(c, 'datei')
    const post = postOf(c)
    if (fields.zentrum !== post.centre) throw new Problem('wrong-centre')
    const kind = findKind(String(fields.art ?? ''))
    if (!kind) throw new Problem('not-found')
    const markdown = file && (await textIn(file))
    if (markdown === undefined) return showAgain(c, kind.id)
    const written = readTemplate(kind, markdown)
    const writer = { post, person: visitorOf(c).person }
    return c.redirect(`/entwuerfe/${await begin(c.env, writer, kind, written)}`, 303)
  })

/** What no database of ours could keep goes; a record may not hold it anyway. */
const textIn = async ({ name, bytes }: { name: string; bytes: Buffer }) => {
  const isWord = bytes.subarray(0, 2).toString('latin1') === 'PK'
  if (!isWord && !/\.(md|markdown|txt)$/i.test(name)) return undefined
  const text = isWord ? await readWord(bytes) : fatalUtf8(bytes)
  return text?.replaceAll('\0', '')
}

const showAgain = (c: Context<App>, kind: string) =>
  c.html(
    <NewView
      site={siteOf(c)}
      post={postOf(c)}
      kind={kind}
      complaint="Diese Datei lässt sich nicht einlesen. Gebraucht wird die ausgefüllte Vorlage als Word-Datei (DOCX) oder Markdown."
    />,
    400,
  )
