/** Choosing another record by its title. */
import type { PropsWithChildren } from 'hono/jsx'
import type { Fields } from '../publications/field.ts'
import type { Choices, Choosable } from './choosable.ts'
import type { FormValue } from './form-value.ts'

/** Members that say which record is meant; what stands beside them is asked for as ever. */
const meaning = ['iss', 'rid', 'ver']

export const besideReference = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !meaning.includes(name)))

export const referenceFields = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => meaning.includes(name)))

interface Chosen {
  iss: string
  rid: string
  ver: string
}

const chosenIn = (value: Record<string, FormValue>): Chosen => ({
  iss: String(value.iss ?? ''),
  rid: String(value.rid ?? ''),
  ver: String(value.ver ?? ''),
})

/** Whether the form has to show ids: what is named is none of the records that one may choose. */
export const isElsewhere = (value: Record<string, FormValue>, records: Choosable[]) => {
  const { iss, rid } = chosenIn(value)
  return (iss !== '' || rid !== '') && !records.some((each) => each.iss === iss && each.rid === rid)
}

type RecordChoiceProps = PropsWithChildren<{
  id: string
  path: string
  /** What is chosen, and for which field. */
  value: Record<string, FormValue>
  label: string
  /** Whether a certain version is meant. */
  versioned: boolean
  records: Choosable[]
  kinds: Choices['kinds']
}>

/** The records by their kinds. Who means one that is not among them opens what is inside, and finds it or gives its ids. */
export const RecordChoice = (props: RecordChoiceProps) => {
  const { id, path, value, label, versioned, records, kinds, children } = props
  const chosen = chosenIn(value)
  const listed = [...new Set(records.map(({ kind }) => kind))]
  return (
    <>
      <div class="kern-form-input">
        <label class="kern-label" for={`${id}-wahl`}>
          Beitrag<span class="kern-sr-only"> für: {label}</span>
        </label>
        <div class="kern-form-input__select-wrapper">
          <select class="kern-form-input__select" id={`${id}-wahl`} name={path}>
            <option value="">Bitte wählen</option>
            {listed.map((kind) => (
              <optgroup label={kind}>
                {records
                  .filter((record) => record.kind === kind)
                  .flatMap((record) => versionsOf(record, chosen, versioned))
                  .map((option) => (
                    <option value={option.value} selected={option.selected}>
                      {option.label}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </div>
      </div>
      <details
        class="tn-details"
        open={isElsewhere(value, records)}
        data-find={`${id}-wahl`}
        data-about={label}
        data-kinds={JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind.id, kind.label])))}
        data-versioned={versioned ? '' : undefined}
      >
        <summary>
          Nicht dabei?<span class="kern-sr-only"> {label}</span>
        </summary>
        {children}
      </details>
    </>
  )
}

/** The newest version; and the one that is named, if that is another. */
const versionsOf = ({ iss, rid, ver, title }: Choosable, chosen: Chosen, versioned: boolean) => {
  const isChosen = chosen.iss === iss && chosen.rid === rid
  const [named, newest] = [chosen.ver, String(ver)]
  const option = (of: string, label: string, selected: boolean) => ({
    value: versioned ? `${iss} ${rid} ${of}` : `${iss} ${rid}`,
    ...{ label, selected },
  })
  if (!isChosen || !versioned || named === newest) return [option(newest, title, isChosen)]
  return [
    option(named, `${title} (Fassung ${named || '?'})`, true),
    option(newest, `${title} (neu: Fassung ${newest})`, false),
  ]
}
