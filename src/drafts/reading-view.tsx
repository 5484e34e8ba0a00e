/** A draft as its readers will see it, as far as it is written, with room for remarks. */
import type { Fields, Look } from '../publications/field.ts'
import type { Kind } from '../publications/kind.ts'
import { kindOf } from '../publications/kinds.ts'
import { Markdown } from '../web/markdown.tsx'
import type { Draft } from './draft.ts'
import { stepsOf } from './form.ts'
import type { FormValue } from './form-value.ts'
import { plainOf } from './plain.ts'
import { Remark } from './remark-view.tsx'
import type { ReviewViewProps } from './review-view.tsx'

export const Reading = ({ draft, visitor }: Pick<ReviewViewProps, 'draft' | 'visitor'>) => (
  <div class="tn-reading">
    {writtenFields(kindOf(draft.kind), draft).map(({ name, field, value }) => (
      <section aria-labelledby={`lesen-${name}`}>
        <h3 id={`lesen-${name}`}>
          {field.label}
          {name.startsWith('local.') && (
            <>
              {' '}
              <span class="tn-badge">bleibt im Zentrum</span>
            </>
          )}
        </h3>
        <Value look={field.look} value={value} />
        <Remark visitor={visitor} draft={draft} name={name} label={field.label} />
      </section>
    ))}
  </div>
)

const writtenFields = (kind: Kind, { written }: Draft) =>
  stepsOf(kind)
    .flatMap(({ fields }) => fields)
    .flatMap(({ name, field }) => {
      const value = written[name]
      return value === undefined ? [] : [{ name, field, value }]
    })

/** Far more than any field may hold: what is longer is not worth the time that it takes. */
const mostRendered = 50_000

type ValueProps = { look: Look; value: FormValue }

/** As it was typed, Markdown set wherever it stands; what is no number or term yet stands as it is. */
const Value = ({ look, value }: ValueProps) => {
  if (look.as === 'group') return <Members fields={look.fields} value={value} />
  if (look.as === 'list' && look.item.as === 'group') {
    return <Rows fields={look.item.fields} values={value as FormValue[]} />
  }
  const isMarkdown = look.as === 'text' && String(value).length <= mostRendered
  if (isMarkdown) return <Markdown text={String(value)} level={3} />
  return (
    <p class="tn-difference" dir="auto">
      {plainOf(look, value)}
    </p>
  )
}

const Members = ({ fields, value }: { fields: Fields; value: FormValue }) => {
  const members = value as Record<string, FormValue>
  return (
    <dl class="tn-pairs">
      {Object.entries(fields).map(([name, { label, look }]) => {
        const member = members[name]
        return member === undefined ? null : (
          <div>
            <dt>{label}</dt>
            <dd>
              <Value look={look} value={member} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const Rows = ({ fields, values }: { fields: Fields; values: FormValue[] }) => (
  <ol class="tn-statements">
    {values.map((value) => (
      <li>
        <Members fields={fields} value={value} />
      </li>
    ))}
  </ol>
)
