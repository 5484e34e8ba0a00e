/** A Word document as Markdown. */
import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate'
import mammoth from 'mammoth'
import TurndownService from 'turndown'
import { markdownService, tidied } from './from-html.ts'

/** Bytes of all parts once they are unpacked: a small archive may hold very large ones, or very many. */
const unpackedLimit = 4 * 1024 * 1024

/** All that matters of a document. Pictures and the like are not even unpacked. */
const parts = /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/)?[a-z]+\.xml(\.rels)?)$/i

const styleMap = ["p[style-name='Anleitung'] => blockquote:fresh", 'u => em']

/** Undefined where it is no document that could be read. */
export const readWord = async (bytes: Buffer): Promise<string | undefined> => {
  try {
    const kept = unzipSync(new Uint8Array(bytes), { filter: whatFits() })
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(zipSync(kept, { level: 0 })) },
      { styleMap, ignoreEmptyParagraphs: true },
    )
    return markdownOf(value)
  } catch {
    return undefined
  }
}

/** What a mark such as `[1]` refers to, without the arrow back. */
const noteOf = (mark: Node) => {
  const [, id = ''] =
    /^#((?:foot|end)note-\d+)$/.exec((mark as Element).getAttribute('href') ?? '') ?? []
  const note = id === '' ? null : mark.ownerDocument?.getElementById(id)
  return note?.textContent?.replace(/\s*↑\s*$/, '').trim()
}

const whatFits = () => {
  let room = unpackedLimit
  return ({ name, originalSize }: UnzipFileInfo) => {
    if (!parts.test(name) || originalSize > room) return false
    room -= originalSize
    return true
  }
}

const markdownOf = (html: string) => {
  const service = markdownService(TurndownService)
  service.remove(['img', 'script', 'style'])
  // What is said at the foot of a page belongs to where its mark stands, not to the last of all fields.
  service.addRule('marks of notes', {
    filter: (node) => node.nodeName === 'A' && noteOf(node) !== undefined,
    replacement: (_, node) => ` (${service.escape(noteOf(node) ?? '')})`,
  })
  service.addRule('notes', {
    filter: (node) => node.nodeName === 'LI' && /^(foot|end)note-\d/.test(node.id),
    replacement: () => '',
  })
  return tidied(service.turndown(html))
}
