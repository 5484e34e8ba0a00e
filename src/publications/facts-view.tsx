import type { PropsWithChildren } from 'hono/jsx'
import { closing, type Envelope } from './envelope.ts'
import type { Field } from './field.ts'
import { filled, inline, isFact, itemsOf, Labelled } from './inline-view.tsx'
import { type Kind, listPathOf } from './kind.ts'
import { regions } from './vocabularies/regions.ts'
import { topics } from './vocabularies/topics.ts'
import { labelOf, type Vocabulary } from './vocabulary.ts'

/** A line is a fact, unless it is so telling that lists show it. */
export const isFactOf = (kind: Kind, name: string) => {
  const look = kind.own[name]?.look
  if (look?.as === 'line') return !kind.teaser.includes(name)
  return look !== undefined && isFact(look)
}

/** Facts of every kind that need nothing special. */
const { sectors, craft, companySizes } = closing

/** What one wants to know at a glance. Topics and Länder lead to their lists. */
export const Facts = ({ kind, record }: { kind: Kind; record: Envelope }) => {
  const lands = [...new Set(record.regions?.map(({ land }) => land))]
  return (
    <section class="tn-panel tn-facts" aria-labelledby="eckdaten">
      <h2 id="eckdaten">Auf einen Blick</h2>
      <dl>
        <Fact label={closing.topics.label}>
          <Ways kind={kind} name="topic" vocabulary={topics} ids={record.topics} />
        </Fact>
        {filled(kind.own, record)
          .filter(({ name }) => isFactOf(kind, name))
          .map((fact) => (
            <FieldFact {...fact} />
          ))}
        {filled({ sectors, craft, companySizes }, record).map((fact) => (
          <FieldFact {...fact} />
        ))}
        {lands.length > 0 && (
          <Fact label="Bezieht sich auf">
            {lands.length < regions.terms.length ? (
              <Ways kind={kind} name="region" vocabulary={regions} ids={lands} />
            ) : (
              'alle Länder'
            )}
          </Fact>
        )}
        {filled({ keywords: closing.keywords }, record).map((fact) => (
          <Fact label={fact.field.label}>{inline(fact.field.look, fact.value)}</Fact>
        ))}
      </dl>
    </section>
  )
}

const Fact = ({ label, children }: PropsWithChildren<{ label: string }>) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

type FieldFactProps = { field: Field; value: unknown }

/** A no goes without saying. */
const FieldFact = ({ field, value }: FieldFactProps) => {
  const { look, label } = field
  if (look.as === 'flag' && value === false) return null
  if (look.as === 'list') {
    const { item } = look
    const items = itemsOf(item, value).map((one) => <li>{inline(item, one)}</li>)
    return <Fact label={label}>{<ul>{items}</ul>}</Fact>
  }
  const isOne = look.as === 'group' && ('from' in look.fields || look.means !== undefined)
  if (look.as === 'group' && !isOne) {
    const parts = filled(look.fields, value as object)
    return (
      <Fact label={label}>
        <ul>
          {parts.map((part) => (
            <GroupFact {...part} />
          ))}
        </ul>
      </Fact>
    )
  }
  return <Fact label={label}>{inline(look, value)}</Fact>
}

/** Here the name of a flag says it all. */
const GroupFact = ({ field, value }: FieldFactProps) => {
  if (field.look.as !== 'flag') return <li>{<Labelled field={field} value={value} />}</li>
  return value === true ? <li>{field.label}</li> : null
}

type WaysProps = {
  kind: Kind
  name: 'topic' | 'region'
  vocabulary: Vocabulary
  ids: readonly string[]
}

/** Terms that lead to all records of the kind with the same term. */
const Ways = ({ kind, name, vocabulary, ids }: WaysProps) => (
  <ul>
    {ids.map((id) => (
      <li>
        <a href={`${listPathOf(kind)}?${new URLSearchParams({ [name]: id })}`}>
          {labelOf(vocabulary, id)}
        </a>
      </li>
    ))}
  </ul>
)
