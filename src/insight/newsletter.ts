/** A draft of a newsletter from what was published in a period, by topic. Sending it is left to a centre's own tools. */
import MarkdownIt from 'markdown-it'
import type { Hub } from '../hub.ts'
import { kindOf } from '../publications/kinds.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { Period } from './report.ts'
import { type NewsRecord, publishedWithin } from './store.ts'

/** As Markdown: what is public only, each record once, under the first of its topics. `title`: of the newsletter. */
export const draftNewsletter = async (hub: Hub, period: Period, title: string): Promise<string> => {
  const records = await publishedWithin(hub.sql, period, most)
  const chapters = topics.terms.flatMap(({ id }) => {
    const under = records.filter(({ teaser }) => teaser.topics[0] === id)
    return under.length > 0
      ? [`## ${labelOf(topics, id)}`, ...under.map((record) => paragraph(hub, record))]
      : []
  })
  const none = ['In diesem Zeitraum wurde nichts veröffentlicht.']
  const cut = records.length < most ? [] : [`*Die ${most} neuesten Beiträge dieses Zeitraums*`]
  return `${[`# ${title}`, ...cut, ...(chapters.length > 0 ? chapters : none)].join('\n\n')}\n`
}

/** More nobody reads in a letter, nor edits in a form. */
const most = 200

const paragraph = ({ config }: Hub, { kind, slug, centre, rid, teaser }: NewsRecord) => {
  const address = `${config.origin}/${kindOf(kind).path}/${slug}/${rid}`
  const from = `${kindOf(kind).label}, ${plain(centre)}`
  return `### [${plain(teaser.title)}](${address})\n\n${plain(teaser.summary)}\n\n*${from}*`
}

/** What would be read as markup stands for itself; all else stays as one wrote it, to be edited. */
const plain = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<&~]/g, '\\$&')
    .replace(/^[#+\->=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')

const markdown = new MarkdownIt({ html: false })

/** A page of its own, to be put into an e-mail. */
export const asHtml = (text: string) =>
  `<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>${titleIn(text)}</title></head>\n<body>\n${markdown.render(text)}</body></html>\n`

const titleIn = (text: string) =>
  markdown.utils.escapeHtml(/^# (.*)$/m.exec(text)?.[1] ?? 'Rundbrief')

/** Without markup, addresses behind the words that they belong to. */
export const asText = (text: string) =>
  text
    .replace(/\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)/g, '$1\n$2')
    .replace(/^#{1,6} /gm, '')
    .replace(/(?<!\\)\*+/g, '')
    .replace(/\\([\\`*_{}[\]<>()#+\-.!|~&])/g, '$1')
