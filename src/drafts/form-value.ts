/** What a form holds of a field: texts as typed, lists and groups of them. Nothing of it is judged. */
import type { Fields, Look } from '../publications/field.ts'
import { durationFrom, isUnit } from './duration.ts'

export type FormValue = string | FormValue[] | { [name: string]: FormValue }

/** The fields of a form as a request brings them. */
export type Sent = Record<string, string | string[]>

/** What was sent for a field; undefined where nothing was filled in. */
export const readValue = (look: Look, sent: Sent, path: string): FormValue | undefined => {
  if (look.as === 'group' && look.means === 'record') return readReference(look.fields, sent, path)
  if (look.as === 'group') return readGroup(look.fields, sent, path)
  if (look.as === 'duration') return readDuration(sent, path)
  if (look.as === 'list') return readList(look.item, sent, path)
  return filledText(textsAt(sent, path)[0] ?? '')
}

const readGroup = (fields: Fields, sent: Sent, path: string) => {
  const members: [string, FormValue][] = []
  for (const [name, { look }] of Object.entries(fields)) {
    const value = readValue(look, sent, `${path}.${name}`)
    if (value !== undefined) members.push([name, value])
  }
  return members.length > 0 ? Object.fromEntries(members) : undefined
}

/** Another record: one that was chosen, `iss rid ver`, or one of which somebody knows the ids. */
const readReference = (fields: Fields, sent: Sent, path: string) => {
  const [chosen = ''] = textsAt(sent, path)
  if (chosen === '') return readGroup(fields, sent, path)
  const [iss = '', rid = '', ver = ''] = chosen.split(' ')
  const named = { iss, rid, ...('ver' in fields && { ver }) }
  const texts = Object.entries(named).map(([name, text]) => [`${path}.${name}`, text])
  return readGroup(fields, { ...sent, ...Object.fromEntries(texts) }, path)
}

/** A number and its unit; or the whole, where that would not say it. */
const readDuration = (sent: Sent, path: string) => {
  const [whole = ''] = textsAt(sent, path)
  const [count = ''] = textsAt(sent, `${path}.zahl`)
  const [unit = ''] = textsAt(sent, `${path}.einheit`)
  if (count.trim() !== '' && isUnit(unit)) return durationFrom({ count, unit })
  return filledText(whole)
}

/** Lines stand in one box, terms are ticked, all else has rows with a number. Empty ones do not count. */
const readList = (item: Look, sent: Sent, path: string): FormValue[] | undefined => {
  const values = isLines(item)
    ? textsAt(sent, path).flatMap((text) => text.split('\n').filter((line) => line.trim()))
    : isTicked(item)
      ? textsAt(sent, path).filter(Boolean)
      : rowsAt(sent, path).flatMap((row) => readValue(item, sent, `${path}[${row}]`) ?? [])
  return values.length > 0 ? values : undefined
}

/** Whether a list of these is written as lines of one box. */
export const isLines = (item: Look) => ['line', 'code', 'link', 'mailbox'].includes(item.as)

/** As many as one can still tick with the eye. */
const mostTicked = 20

/** Whether a list of these is ticked. */
export const isTicked = (item: Look) =>
  item.as === 'term' && item.vocabulary.terms.length <= mostTicked

/** As browsers send a line break, and as everybody else writes it. */
const textsAt = (sent: Sent, path: string) =>
  [sent[path] ?? []].flat().map((text) => text.replaceAll('\r\n', '\n'))

const filledText = (text: string) => (text.trim() === '' ? undefined : text)

/** The numbers of the rows below a path, in order. */
const rowsAt = (sent: Sent, path: string) => {
  const start = `${path}[`
  const rows = Object.keys(sent)
    .filter((name) => name.startsWith(start))
    .map((name) => Number.parseInt(name.slice(start.length), 10))
    .filter((row) => row >= 0 && row < mostRows)
  return [...new Set(rows)].sort((a, b) => a - b)
}

/** Nobody fills in more. */
const mostRows = 1_000
