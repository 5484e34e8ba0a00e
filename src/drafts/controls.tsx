/** What one writes a value into, by its look alone. */
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import type { Field, Fields, Look } from '../publications/field.ts'
import { numberOf } from '../web/texts.ts'
import { type FormValue, isLines, isTicked } from './form-value.ts'
import { Place } from './place.tsx'
import { no, yes } from './submission.ts'
import { Options, Terms } from './term-controls.tsx'

/** `feld-findings-0-text` for `findings[0].text`: where a link to a field leads. */
export const idOf = (path: string) =>
  `feld-${path.replaceAll(/\]?[[.]|\]/g, '-').replace(/-$/, '')}`

export interface ControlProps {
  path: string
  field: Field
  value: FormValue | undefined
  /** The row that was just added, where the keyboard goes on. */
  row?: string | undefined
  /** What else is said about the field. */
  children?: Child
}

/** A field of the form, whatever it holds. */
export const Control = (props: ControlProps) => {
  const { look } = props.field
  if (look.as === 'group') return <Group {...props} fields={look.fields} />
  if (look.as === 'list' && isTicked(look.item)) return <Ticks {...props} item={look.item} />
  if (look.as === 'list' && !isLines(look.item)) return <Rows {...props} item={look.item} />
  if (look.as === 'flag') return <YesOrNo {...props} />
  return <Single {...props} />
}

/** Characters that the schema admits; of a list, in each of its lines. */
const mostOf = (schema: z.ZodType): number | undefined => {
  const inner = schema instanceof z.ZodArray ? (schema.element as z.ZodType) : schema
  return inner.meta()?.maxLength as number | undefined
}

const Label = ({ field, id }: { field: Field; id: string }) => (
  <label class="kern-label" for={id}>
    {field.label}
    {!field.required && <span class="kern-label__optional"> (freiwillig)</span>}
  </label>
)

/** The guiding question, and how much room there is. */
const Hint = ({ field, id }: { field: Field; id: string }) => {
  const most = mostOf(field.schema)
  const each = field.look.as === 'list'
  return (
    <div class="kern-hint" id={`${id}-hinweis`}>
      {field.question}
      {each && ' Schreiben Sie jeden Eintrag in eine eigene Zeile.'}
      {most !== undefined && (
        <span class="tn-left" data-most={most} data-each={each ? '' : undefined}>
          {' '}
          Höchstens {numberOf(most)} Zeichen{each && ' je Zeile'}.
        </span>
      )}
    </div>
  )
}

/** A label, a question, and one place to write. */
const Single = ({ path, field, value, row, children }: ControlProps) => {
  const id = idOf(path)
  const most = mostOf(field.schema)
  const shared = {
    id,
    name: path,
    'aria-describedby': `${id}-hinweis`,
    'data-most': most,
    // Browsers go to the first that asks for it.
    autofocus: row !== undefined && path.startsWith(`${row}.`),
  }
  return (
    <div class="kern-form-input">
      <Label field={field} id={id} />
      <Hint field={field} id={id} />
      <Place look={field.look} value={value} most={most ?? 0} shared={shared} />
      {children}
    </div>
  )
}

type FrameProps = Pick<ControlProps, 'path' | 'field' | 'children'> & { class?: string }

/** Several places to write under one question. */
const Frame = ({ path, field, children, ...more }: FrameProps) => {
  const id = idOf(path)
  return (
    <fieldset class={`kern-fieldset ${more.class ?? ''}`} id={id} tabindex={-1}>
      <legend class="kern-label">
        {field.label}
        {!field.required && <span class="kern-label__optional"> (freiwillig)</span>}
      </legend>
      <div class="kern-hint">{field.question}</div>
      <div class="kern-fieldset__body">{children}</div>
    </fieldset>
  )
}

const membersOf = (value: FormValue | undefined) => (value ?? {}) as Record<string, FormValue>

const Group = ({
  fields,
  path,
  field,
  value,
  row,
  children,
}: ControlProps & { fields: Fields }) => (
  <Frame path={path} field={field} class="tn-group">
    {Object.entries(fields).map(([name, member]) => (
      <Control path={`${path}.${name}`} field={member} value={membersOf(value)[name]} row={row} />
    ))}
    {children}
  </Frame>
)

const YesOrNo = ({ path, field, value, children }: ControlProps) => {
  const choices = [
    { value: yes, label: 'Ja' },
    { value: no, label: 'Nein' },
    ...(field.required ? [] : [{ value: '', label: 'Keine Angabe' }]),
  ]
  return (
    <Frame path={path} field={field} class="tn-yes-or-no">
      {choices.map((choice) => (
        <div class="kern-form-check">
          <input
            class="kern-form-check__radio"
            type="radio"
            id={`${idOf(path)}-${choice.value || 'offen'}`}
            name={path}
            value={choice.value}
            checked={(value ?? '') === choice.value}
          />
          <label class="kern-label" for={`${idOf(path)}-${choice.value || 'offen'}`}>
            {choice.label}
          </label>
        </div>
      ))}
      {children}
    </Frame>
  )
}

const Ticks = ({ path, field, value, item, children }: ControlProps & { item: Look }) => (
  <Frame path={path} field={field} class="tn-ticks">
    {item.as === 'term' && (
      <Terms
        path={path}
        id={idOf(path)}
        vocabulary={item.vocabulary}
        chosen={(value ?? []) as string[]}
      />
    )}
    {children}
  </Frame>
)

/** Rows with a number, and one more to fill in. */
const Rows = ({ path, field, value, item, row, children }: ControlProps & { item: Look }) => {
  const values = (value ?? []) as FormValue[]
  return (
    <Frame path={path} field={field} class="tn-rows">
      {[...values, undefined].map((each, n) => (
        <Row
          path={`${path}[${n}]`}
          field={field}
          item={item}
          value={each}
          number={n + 1}
          count={values.length}
          row={row}
        />
      ))}
      <p>
        <RowButton act="mehr" path={path} label="Weitere Zeile" about={field.label} />
      </p>
      {children}
    </Frame>
  )
}

type RowProps = Omit<ControlProps, 'children'> & { item: Look; number: number; count: number }

const Row = ({ path, field, item, value, number, count, row }: RowProps) => {
  const about = `${field.label}, Nr. ${number}`
  return (
    <fieldset class="tn-row" id={idOf(path)} tabindex={-1}>
      <legend>{number > count ? `Nr. ${number} (neu)` : `Nr. ${number}`}</legend>
      {item.as === 'group' ? (
        Object.entries(item.fields).map(([name, member]) => (
          <Control
            path={`${path}.${name}`}
            field={member}
            value={membersOf(value)[name]}
            row={row}
          />
        ))
      ) : (
        <Options
          look={item}
          value={String(value ?? '')}
          shared={{ id: `${idOf(path)}-wahl`, name: path, 'aria-label': about }}
        />
      )}
      {number <= count && (
        <p class="tn-row__acts">
          {number > 1 && <RowButton act="hoch" path={path} label="Nach oben" about={about} />}
          <RowButton act="weg" path={path} label="Entfernen" about={about} />
        </p>
      )}
    </fieldset>
  )
}

type RowButtonProps = { act: 'mehr' | 'hoch' | 'weg'; path: string; label: string; about: string }

/** Saves, and does something with a row. */
const RowButton = ({ act, path, label, about }: RowButtonProps) => (
  <button
    class="kern-btn kern-btn--tertiary kern-btn--x-small"
    type="submit"
    name="do"
    value={`${act}:${path}`}
    aria-label={`${label}: ${about}`}
  >
    <span class="kern-label">{label}</span>
  </button>
)
