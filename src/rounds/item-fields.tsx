/** What one writes an item into. Without a script all of it is there, and what does not belong is passed over. */
import type { Child } from 'hono/jsx'
import { addressees } from '../publications/vocabularies/addressees.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import type { Vocabulary } from '../publications/vocabulary.ts'
import { type ItemForm, longest, sorts } from './item.ts'

interface ItemFieldsProps {
  typed: ItemForm
  /** Sets the ids of its fields apart from those of others on the page. */
  id: string
  /** Whether it is the one that adds: there the keyboard begins, and one line is enough. */
  capture: boolean
  fault?: string | undefined
}

export const ItemFields = (props: ItemFieldsProps) => {
  const { typed, id } = props
  return (
    <>
      <Sorts {...props} />
      <Text {...props} />
      <div class="tn-capture__details">
        <Part of="finding" id={`thema-${id}`} label="Thema">
          <Choice id={`thema-${id}`} name="thema" from={topics} chosen={typed.thema} />
        </Part>
        <Part of="recommendation" id={`an-${id}`} label="An">
          <Choice id={`an-${id}`} name="an" from={addressees} chosen={typed.an} />
        </Part>
        <Part of="agreement" id={`wer-${id}`} label="Wer (eine Stelle, kein Name)">
          <input
            class="kern-form-input__input"
            id={`wer-${id}`}
            name="wer"
            type="text"
            value={typed.wer}
            maxlength={longest.who}
            autocomplete="off"
          />
        </Part>
        <Part of="agreement" id={`bis-${id}`} label="Bis wann">
          <input
            class="kern-form-input__input"
            id={`bis-${id}`}
            name="bis"
            type="date"
            value={typed.bis}
          />
        </Part>
      </div>
    </>
  )
}

/** Wide enough for a finger; the arrow keys go from one to the next. */
const Sorts = ({ typed, id }: ItemFieldsProps) => (
  <fieldset class="kern-fieldset tn-sorts">
    <legend class="kern-label">Was ist es?</legend>
    <div class="tn-sorts__all">
      {sorts.map((sort) => (
        <label class="tn-sort" for={`art-${sort.id}-${id}`}>
          <input
            type="radio"
            id={`art-${sort.id}-${id}`}
            name="art"
            value={sort.id}
            checked={typed.art === sort.id}
            data-key={sort.key}
            data-kind={sort.kind}
          />
          <span>{sort.label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

const Text = ({ typed, id, capture, fault }: ItemFieldsProps) => {
  const shared = {
    class: 'kern-form-input__input',
    id: `text-${id}`,
    name: 'text',
    maxlength: longest.text,
    required: true,
    'aria-invalid': fault ? ('true' as const) : undefined,
  }
  return (
    <div class="kern-form-input">
      <label class="kern-label" for={`text-${id}`}>
        Eintrag
      </label>
      {capture ? (
        <input
          {...shared}
          type="text"
          value={typed.text}
          autocomplete="off"
          enterkeyhint="enter"
          autofocus
        />
      ) : (
        <textarea {...shared} rows={4}>
          {/* A browser takes the first line break away. */}
          {`\n${typed.text}`}
        </textarea>
      )}
    </div>
  )
}

type PartProps = { of: string; id: string; label: string; children: Child }

/** What only one kind of item has. */
const Part = ({ of, id, label, children }: PartProps) => (
  <div class="kern-form-input" data-of={of}>
    <label class="kern-label" for={id}>
      {label}
      <span class="kern-label__optional"> (freiwillig)</span>
    </label>
    {children}
  </div>
)

type ChoiceProps = { id: string; name: string; from: Vocabulary; chosen: string }

const Choice = ({ id, name, from, chosen }: ChoiceProps) => (
  <div class="kern-form-input__select-wrapper">
    <select class="kern-form-input__select" id={id} name={name}>
      <option value="">Keine Angabe</option>
      {from.terms.map((term) => (
        <option value={term.id} selected={term.id === chosen}>
          {term.de}
        </option>
      ))}
    </select>
  </div>
)
