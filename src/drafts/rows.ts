/** Rows of a list in a form: one more, one up, one away. */
import type { Kind } from '../publications/kind.ts'
import { fieldAt } from './form.ts'
import { readValue, type Sent } from './form-value.ts'

/** `mehr:evidence`, `hoch:evidence[2]`, `weg:evidence[0]`; the path may lie deeper. */
const wanted = /^(mehr|hoch|weg):(.+?)(?:\[(\d+)\])?$/

/**
 * What was sent, with the rows as somebody wants them, and where she goes on. What has no such row stays as it is.
 */
export const arrangeRows = (kind: Kind, sent: Sent, act: string): { sent: Sent; row?: string } => {
  const [, what, list = '', digits] = wanted.exec(act) ?? []
  const top = fieldAt(kind, list)
  if (!what || !top) return { sent }
  if (what === 'mehr') return { sent, row: `${list}[${countRows(kind, sent, list)}]` }
  const number = Number(digits)
  if (what === 'weg') return { sent: swapped(without(sent, list, number), []) }
  return {
    sent: swapped(sent, [`${list}[${number}]`, `${list}[${number - 1}]`]),
    row: `${list}[${Math.max(number - 1, 0)}]`,
  }
}

/** How many rows will be left, once the empty ones are gone. */
const countRows = (kind: Kind, sent: Sent, list: string) => {
  const top = fieldAt(kind, list)
  if (!top || top.name !== list) return 0
  const value = readValue(top.field.look, sent, list)
  return Array.isArray(value) ? value.length : 0
}

const without = (sent: Sent, list: string, number: number): Sent =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => !isIn(name, `${list}[${number}]`)))

const isIn = (name: string, row: string) => name === row || name.startsWith(`${row}.`)

const swapped = (sent: Sent, [one, other]: string[]): Sent => {
  if (one === undefined || other === undefined) return sent
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      if (isIn(name, one)) return [other + name.slice(one.length), value]
      if (isIn(name, other)) return [one + name.slice(other.length), value]
      return [name, value]
    }),
  )
}
