import type { Child } from 'hono/jsx'
import { calendarDateOf, clockOf, durationOf, numberOf } from '../web/texts.ts'
import type { Field, Fields, Look } from './field.ts'
import type { Named } from './names.ts'
import { labelOf, type Vocabulary } from './vocabulary.ts'

export interface Filled {
  name: string
  field: Field
  value: unknown
}

/** The fields that have something to say, in the kind's order. */
export const filled = (fields: Fields, values: object): Filled[] => {
  const given = new Map(Object.entries(values))
  return Object.entries(fields)
    .map(([name, field]) => ({ name, field, value: given.get(name) }))
    .filter(({ value }) => !isEmpty(value))
}

const isEmpty = (value: unknown) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** What belongs into the panel of facts: whatever is short and not a sentence. */
export const isFact = (look: Look): boolean => {
  if (look.as === 'list') return look.item.as === 'term' || look.item.as === 'class'
  if (look.as === 'group' && look.means === 'record') return false
  if (look.as === 'group') return Object.values(look.fields).every((field) => isShort(field.look))
  return ['term', 'class', 'date', 'time', 'duration', 'number', 'flag'].includes(look.as)
}

const isShort = (look: Look) =>
  look.as === 'line' || (look.as === 'list' && look.item.as === 'line') || isFact(look)

/** A value in running text. What a value is follows from its field's schema. */
export const inline = (look: Look, value: unknown): Child => {
  switch (look.as) {
    case 'date':
      return <time datetime={String(value)}>{calendarDateOf(String(value))}</time>
    case 'time':
      return clockOf(String(value))
    case 'duration':
      return durationOf(String(value))
    case 'number':
      return numberOf(Number(value), look.unit)
    case 'flag':
      return value === true ? 'ja' : 'nein'
    case 'term':
      return <Term vocabulary={look.vocabulary} id={String(value)} />
    case 'class':
      return <Term vocabulary={look.vocabulary} id={termIdOf(value)} />
    case 'link':
      return <WebLink url={String(value)} />
    case 'mailbox':
      return <Mailbox address={String(value)} />
    case 'code':
      return <code>{String(value)}</code>
    case 'list':
      return separated(itemsOf(look.item, value).map((item) => inline(look.item, item)))
    case 'group':
      if (look.means === 'record') return <NamedRecord record={value as Named} />
      return <Parts parts={filled(look.fields, value as object)} />
    default:
      return <bdi>{String(value)}</bdi>
  }
}

/** A list's values. What two editions of a classification call the same is said once. */
export const itemsOf = (item: Look, value: unknown) => {
  const items = value as unknown[]
  if (item.as !== 'class') return items
  const { vocabulary } = item
  return [...new Map(items.map((one) => [labelOf(vocabulary, termIdOf(one)), one])).values()]
}

const termIdOf = (value: unknown) => {
  const { scheme, code } = value as { scheme: string; code: string }
  return `${scheme}:${code}`
}

/** A group in one line. A span of time reads as such; elsewhere a no goes without saying. */
const Parts = ({ parts }: { parts: Filled[] }) => {
  const values = parts.map(({ field, value }) => inlinePart(field, value))
  const [first, second] = parts.map(({ name }) => name)
  if (first === 'from' && second === undefined) return <>seit {values}</>
  if (first === 'from' && second === 'to')
    return (
      <>
        {values[0]} bis {values[1]}
      </>
    )
  return separated(values)
}

const said = {
  newer: 'inzwischen in neuer Fassung',
  withdrawn: 'inzwischen zurückgezogen',
  erased: 'inzwischen gelöscht',
}

const NamedRecord = ({ record: { title, path, now } }: { record: Named }) => (
  <>
    {path ? (
      <a href={path}>
        <bdi>{title ?? 'Beitrag, den es hier nicht mehr gibt'}</bdi>
      </a>
    ) : (
      'Beitrag, der auf diesem Knoten nicht vorliegt'
    )}
    {now && (
      <>
        {' '}
        <span class={now === 'newer' ? 'tn-badge' : 'tn-badge tn-badge--warning'}>{said[now]}</span>
      </>
    )}
  </>
)

const inlinePart = ({ look, label }: Field, value: unknown) => {
  if (look.as !== 'flag') return inline(look, value)
  return value === true ? label : null
}

const separated = (parts: Child[]) => (
  <>
    {parts
      .filter((part) => part !== null)
      .map((part, n) => (
        <>
          {n > 0 && ', '}
          {part}
        </>
      ))}
  </>
)

/** A short value with its name before it. */
export const Labelled = ({ field, value }: Pick<Filled, 'field' | 'value'>) => (
  <span>
    <span class="tn-muted">{field.label}:</span> {inline(field.look, value)}
  </span>
)

/** Something to write to. */
export const Mailbox = ({ address }: { address: string }) => (
  <a href={`mailto:${address.split('@').map(encodeURIComponent).join('@')}`}>
    <bdi>{address}</bdi>
  </a>
)

/** A link out of the federation. What is not https stays text. */
export const WebLink = ({ url, text = url }: { url: string; text?: string }) =>
  /^https:\/\//i.test(url) ? (
    <a href={url} rel="noopener nofollow">
      <bdi>{text}</bdi>
    </a>
  ) : (
    <bdi>{text}</bdi>
  )

/** How a term feels; what is not listed is neutral. A failure is a valid result: nothing is red. */
const tones: { [vocabulary: string]: { [id: string]: string } } = {
  consensus: { consensus: 'success', majority: 'info', open: 'warning' },
  outcome: { succeeded: 'success', partly: 'info', failed: 'warning' },
}

const Term = ({ vocabulary, id }: { vocabulary: Vocabulary; id: string }) => {
  const tone = tones[vocabulary.name]?.[id]
  const label = labelOf(vocabulary, id)
  return tone ? <span class={`tn-badge tn-badge--${tone}`}>{label}</span> : <bdi>{label}</bdi>
}
