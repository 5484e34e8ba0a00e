/** A filled-in template, as what its form would hold. Nothing of it is judged, and nothing of it is lost. */
import type { Field, Fields, Look } from '../publications/field.ts'
import type { Kind } from '../publications/kind.ts'
import type { Vocabulary } from '../publications/vocabulary.ts'
import type { Written } from './draft.ts'
import { formFields } from './form.ts'
import { type FormValue, isLines, isTicked } from './form-value.ts'
import { no, yes } from './submission.ts'
import { firstLevel } from './template.ts'

/** A heading with what stands below it, and the headings of the next level there. */
interface Section {
  title: string
  level: number
  lines: string[]
  below: Section[]
}

export const readTemplate = (kind: Kind, markdown: string): Written => {
  const fields: Fields = Object.fromEntries(
    formFields(kind).map(({ name, field }) => [name, field]),
  )
  const root = outlineOf(markdown, fields)
  const written: Written = readGroup(fields, root.below) ?? {}
  const left = textOf(root.lines.filter((line) => !line.startsWith('>')))
  if (left) written['local.notes'] = [written['local.notes'], left].filter(Boolean).join('\n\n')
  return written
}

const heading = /^(#{1,6})\s+(.*?)\s*#*$/

/** Only a heading that names what is asked at its place is one of the template; any other belongs to a text. */
const outlineOf = (markdown: string, fields: Fields): Section => {
  const root: Section = { title: '', level: firstLevel - 1, lines: [], below: [] }
  const path: { section: Section; look: Look }[] = [
    { section: root, look: { as: 'group', fields } },
  ]
  for (const line of markdown.replaceAll('\r\n', '\n').split('\n')) {
    const [, marks = '', title = ''] = heading.exec(line) ?? []
    const level = marks.length
    const around = path[level - firstLevel]
    const look = around && lookBelow(around.look, title)
    if (around && look) {
      const section = { title, level, lines: [], below: [] }
      around.section.below.push(section)
      path.length = level - firstLevel + 1
      path.push({ section, look })
    } else if (level !== firstLevel - 1) {
      // A heading of one's own belongs to a text; elsewhere nobody could tell to what.
      if (level > 0 && path.at(-1)?.look.as !== 'text') path.length = 1
      path.at(-1)?.section.lines.push(line)
    }
  }
  return root
}

const lookBelow = (look: Look, title: string): Look | undefined => {
  if (look.as === 'group') return memberCalled(look.fields, title)?.[1].look
  if (look.as === 'list' && look.item.as === 'group' && /^Nr\. \d+$/.test(plain(title))) {
    return look.item
  }
  return undefined
}

const memberCalled = (fields: Fields, title: string): [string, Field] | undefined =>
  Object.entries(fields).find(([, { label }]) => same(label, title))

const same = (one: string, other: string) => simple(one) === simple(other)
const simple = (text: string) =>
  plain(text)
    .toLowerCase()
    .normalize()
    .replaceAll(/\s+/g, ' ')
    .replace(/ \(freiwillig\)$/, '')

const readGroup = (fields: Fields, sections: Section[]) => {
  const members = sections.flatMap((section): [string, FormValue][] => {
    const [name, field] = memberCalled(fields, section.title) ?? []
    const value = field && readField(field.look, field.question, section)
    return name !== undefined && value !== undefined ? [[name, value]] : []
  })
  return members.length > 0 ? Object.fromEntries(members) : undefined
}

const readField = (look: Look, question: string, section: Section): FormValue | undefined => {
  if (look.as === 'group') return readGroup(look.fields, section.below)
  if (look.as === 'list' && look.item.as === 'group') {
    const { fields } = look.item
    const rows = section.below.flatMap((row) => readGroup(fields, row.below) ?? [])
    return rows.length > 0 ? rows : undefined
  }
  const text = textOf(withoutGuidance(section.lines, question))
  if (look.as === 'list') return readItems(look.item, text)
  return text === '' ? undefined : readOne(look, text)
}

/** The quotation that repeats the question is the template's; any other is the writer's. */
const withoutGuidance = (lines: string[], question: string) => {
  const first = lines.findIndex((line) => line.trim() !== '')
  if (first < 0 || !lines[first]?.startsWith('>')) return lines
  const behind = lines.findIndex((line, n) => n > first && !line.startsWith('>'))
  const quoted = lines.slice(first, behind < 0 ? undefined : behind)
  const isGuidance = simple(quoted.join(' ').replaceAll('>', ' ')).startsWith(simple(question))
  return isGuidance ? lines.slice(first + quoted.length) : lines
}

const textOf = (lines: string[]) => lines.join('\n').trim()

const readItems = (item: Look, text: string): FormValue[] | undefined => {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const items = isTicked(item) ? tickedIn(lines) : lines.map(withoutMark)
  const values = items.filter(Boolean).map((line) => readOne(item, line))
  return values.length > 0 && (isLines(item) || isTicked(item) || item.as === 'class')
    ? values
    : undefined
}

const withoutMark = (line: string) => line.trim().replace(/^([-*+•]|\d+\\?[.)])\s+/, '')

const box = /^\\?\[(.)\\?\]\s*|^([☐☒☑✓✗])\s*/

/** What has a cross in its box; where there are no boxes, all. */
const tickedIn = (lines: string[]) => {
  const marked = lines.map((line) => {
    const text = withoutMark(line)
    const [all = '', inside, sign] = box.exec(text) ?? []
    const chosen = inside ? inside !== ' ' : sign ? sign !== '☐' : undefined
    return { text: text.slice(all.length), chosen }
  })
  const boxes = marked.some(({ chosen }) => chosen !== undefined)
  return marked.filter(({ chosen }) => (boxes ? chosen : true)).map(({ text }) => text)
}

const readOne = (look: Look, text: string): FormValue => {
  if (look.as === 'text') return text
  const line = plain(
    text
      .split('\n')
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' '),
  )
  switch (look.as) {
    case 'term':
      return idOf(look.vocabulary, line) ?? line
    case 'class':
      return sectorIn(look.vocabulary, line) ?? line
    case 'flag':
      return flagIn(line) ?? line
    case 'date':
      return dayIn(line) ?? line
    default:
      return line
  }
}

const idOf = ({ terms }: Vocabulary, text: string) =>
  terms.find(({ id, de }) => id === text || same(de, text))?.id

/** `WZ 2008, Abschnitt C` as well as `wz2008:C`. */
const sectorIn = (vocabulary: Vocabulary, text: string) => {
  const [, edition = '', letter = ''] =
    /^wz\s*(\d{4})\W+(?:abschnitt\s+)?([a-z])\b/i.exec(text) ?? []
  return idOf(vocabulary, `wz${edition}:${letter.toUpperCase()}`)
}

const flagIn = (text: string) => {
  if (/^ja\b/i.test(text)) return yes
  return /^nein\b/i.test(text) ? no : undefined
}

const dayIn = (text: string) => {
  const [, day = '', month = '', year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text) ?? []
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined
}

/** What a line says, without the marks of Markdown: it is shown as it is. */
const plain = (text: string) =>
  text
    .replaceAll(/\[([^\]]*)\]\((https:\/\/[^)\s]*)\)/g, (_, words: string, url: string) =>
      words.includes('://') || words === '' ? url : words,
    )
    .replaceAll(/<(https:\/\/[^>\s]*)>/g, '$1')
    .replaceAll(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replaceAll(/(?<!\\)(?<![\p{L}\d])_(?=\S)(.+?)(?<=\S)(?<!\\)_(?![\p{L}\d])/gu, '$1')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim()
