/** What one writes a value into, by its look alone. */
import type { Child } from 'hono/jsx'
import type { Field, Fields, Look } from '../publications/field.ts'
import type { Choices } from './choosable.ts'
import { type FormValue, isLines, isTicked } from './form-value.ts'
import { Frame, Hint, idOf, Label, mostOf } from './frame.tsx'
import { Place } from './place.tsx'
import { besideReference, isElsewhere, RecordChoice, referenceFields } from './record-choice.tsx'
import { no, yes } from './submission.ts'
import { Boxes, Options, Terms } from './term-controls.tsx'

export interface ControlProps {
  path: string
  field: Field
  value: FormValue | undefined
  /** The row that was just added, where the keyboard goes on. */
  row?: string | undefined
  /** Records and centres that one may name. */
  choices?: Choices
  /** What else is said about the field. */
  children?: Child
}

/** A field of the form, whatever it holds. */
export const Control = (props: ControlProps) => {
  const { look } = props.field
  if (look.as === 'group') return <Group {...props} fields={look.fields} />
  if (look.as === 'list' && isTicked(look.item)) return <Ticks {...props} item={look.item} />
  if (look.as === 'list' && meansCentre(look.item) && props.choices)
    return <Centres {...props} centres={props.choices.centres} />
  if (look.as === 'list' && !isLines(look.item)) return <Rows {...props} item={look.item} />
  if (look.as === 'flag') return <YesOrNo {...props} />
  return <Single {...props} />
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

/** Where nothing else is known. */
const nothing: Choices = { records: [], kinds: [], centres: [] }

const membersOf = (value: FormValue | undefined) => (value ?? {}) as Record<string, FormValue>

const Group = ({ children, ...props }: ControlProps & { fields: Fields }) => (
  <Frame path={props.path} field={props.field} class="tn-group">
    <Members {...props} look={props.field.look} label={props.field.label} />
    {children}
  </Frame>
)

type MembersProps = Pick<ControlProps, 'path' | 'value' | 'row' | 'choices'> & {
  look: Look
  label: string
}

/** What a group holds; of another record first which one it is. */
const Members = ({ look, label, ...props }: MembersProps) => {
  if (look.as !== 'group') return null
  const value = membersOf(props.value)
  if (look.means !== 'record') return <Controls {...props} fields={look.fields} value={value} />
  const { path, choices: { records, kinds } = nothing } = props
  const reference = referenceFields(look.fields)
  // One that is chosen is not named a second time.
  const typed = isElsewhere(value, records) ? value : {}
  return (
    <>
      <RecordChoice
        {...{ id: idOf(path), path, value, label, records, kinds }}
        versioned={'ver' in reference}
      >
        <Controls {...props} fields={reference} value={typed} />
      </RecordChoice>
      <Controls {...props} fields={besideReference(look.fields)} value={value} />
    </>
  )
}

type ControlsProps = Pick<ControlProps, 'path' | 'row' | 'choices'> & {
  fields: Fields
  value: Record<string, FormValue>
}

const Controls = ({ path, row, choices, fields, value }: ControlsProps) => (
  <>
    {Object.entries(fields).map(([name, member]) => (
      <Control
        path={`${path}.${name}`}
        field={member}
        value={value[name]}
        row={row}
        {...(choices && { choices })}
      />
    ))}
  </>
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

const meansCentre = (look: Look) => look.as === 'line' && look.means === 'centre'

type CentresProps = ControlProps & Pick<Choices, 'centres'>

/** Centres by their names; one that is not known here is not lost. */
const Centres = ({ path, field, value, centres, children }: CentresProps) => {
  const chosen = (value ?? []) as string[]
  const others = chosen.filter((slug) => !centres.some((centre) => centre.slug === slug))
  return (
    <Frame path={path} field={field} class="tn-ticks">
      <Boxes
        path={path}
        id={idOf(path)}
        options={[
          ...centres.map(({ slug, name }) => ({ id: slug, label: name })),
          ...others.map((slug) => ({ id: slug, label: `${slug} (hier nicht bekannt)` })),
        ]}
        chosen={chosen}
      />
      {children}
    </Frame>
  )
}

/** Rows with a number, and one more to fill in. */
const Rows = ({
  path,
  field,
  value,
  item,
  row,
  choices,
  children,
}: ControlProps & { item: Look }) => {
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
          {...(choices && { choices })}
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

const Row = ({ path, field, item, value, number, count, row, choices }: RowProps) => {
  const about = `${field.label}, Nr. ${number}`
  return (
    <fieldset class="tn-row" id={idOf(path)} tabindex={-1}>
      <legend>{number > count ? `Nr. ${number} (neu)` : `Nr. ${number}`}</legend>
      {item.as === 'group' ? (
        <Members
          {...{ path, value, row }}
          look={item}
          label={about}
          {...(choices && { choices })}
        />
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
