/** A Word document as Markdown. */
import { unzipSync, zipSync } from 'fflate'
import mammoth from 'mammoth'
import TurndownService from 'turndown'

/** Bytes of a part once it is unpacked: a small archive may hold a very large one. */
const partLimit = 8 * 1024 * 1024

/** All that matters of a document. Pictures and the like are not even unpacked. */
const parts = /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/)?[a-z]+\.xml(\.rels)?)$/i

const styleMap = ["p[style-name='Anleitung'] => blockquote:fresh", 'u => em']

/** Undefined where it is no document that could be read. */
export const readWord = async (bytes: Buffer): Promise<string | undefined> => {
  try {
    const kept = unzipSync(new Uint8Array(bytes), {
      filter: ({ name, originalSize }) => parts.test(name) && originalSize <= partLimit,
    })
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(zipSync(kept, { level: 0 })) },
      { styleMap, ignoreEmptyParagraphs: true },
    )
    return markdownOf(value)
  } catch {
    return undefined
  }
}

const markdownOf = (html: string) => {
  const service = new TurndownService({
    headingStyle: 'atx',
    bulletListMarker: '-',
    emDelimiter: '_',
  })
  service.remove(['img', 'script', 'style'])
  service.addRule('links', {
    filter: (node) => node.nodeName === 'A' && !/^https:/.test(node.getAttribute('href') ?? ''),
    replacement: (text) => text,
  })
  return service
    .turndown(html)
    .replaceAll('\u00a0', ' ')
    .replaceAll(/^( *)(-|\d+\.) {2,}/gm, '$1$2 ')
}
