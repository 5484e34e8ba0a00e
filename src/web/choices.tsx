import { FieldFault } from './fields.tsx'

interface Option {
  value: string
  label: string
  hint?: string | undefined
}

type ChoiceProps = {
  name: string
  label: string
  options: Option[]
  chosen?: string | undefined
  /** What is wrong with it. */
  fault?: string | undefined
}

const faultId = (name: string) => `feld-${name}-fehler`

/** Exactly one of a few, all to be seen at once. */
export const Radios = ({ name, label, options, chosen, fault }: ChoiceProps) => (
  <fieldset
    id={`feld-${name}`}
    class={fault ? 'kern-fieldset kern-fieldset--error' : 'kern-fieldset'}
    aria-describedby={fault ? faultId(name) : undefined}
  >
    <legend class="kern-label">{label}</legend>
    <div class="kern-fieldset__body">
      {options.map(({ value, label: text, hint }, n) => (
        <div class="kern-form-check">
          <input
            class="kern-form-check__radio"
            id={`feld-${name}-${n}`}
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
          />
          <label class="kern-label" for={`feld-${name}-${n}`}>
            {text}
            {hint && <span class="tn-muted"> – {hint}</span>}
          </label>
        </div>
      ))}
    </div>
    {fault && <FieldFault id={faultId(name)} text={fault} />}
  </fieldset>
)

/** Exactly one of many. */
export const SelectField = ({ name, label, options, chosen, fault }: ChoiceProps) => (
  <div class={fault ? 'kern-form-input kern-form-input--error' : 'kern-form-input'}>
    <label class="kern-label" for={`feld-${name}`}>
      {label}
    </label>
    <div class="kern-form-input__select-wrapper">
      <select
        class="kern-form-input__select"
        id={`feld-${name}`}
        name={name}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={fault ? faultId(name) : undefined}
      >
        <option value="">Bitte wählen</option>
        {options.map(({ value, label: text }) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
    {fault && <FieldFault id={faultId(name)} text={fault} />}
  </div>
)

type DateFieldProps = Omit<ChoiceProps, 'options' | 'chosen'> & {
  value: string | undefined
  /** The last day that may be given. */
  latest?: string
  required?: boolean
}

/** A day, `2026-03-03`. */
export const DateField = ({ name, label, value, latest, required, fault }: DateFieldProps) => (
  <div class={fault ? 'kern-form-input kern-form-input--error' : 'kern-form-input'}>
    <label class="kern-label" for={`feld-${name}`}>
      {label}
    </label>
    <input
      class="kern-form-input__input"
      id={`feld-${name}`}
      name={name}
      type="date"
      value={value}
      max={latest}
      required={required}
      aria-invalid={fault ? 'true' : undefined}
      aria-describedby={fault ? faultId(name) : undefined}
    />
    {fault && <FieldFault id={faultId(name)} text={fault} />}
  </div>
)
