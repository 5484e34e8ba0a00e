import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icons.tsx'

type SelectProps = {
  name: string
  label: string
  /** What the empty choice says. */
  all: string
  options: { value: string; label: string }[]
  chosen?: string | undefined
}

/** A choice among few. */
export const Select = ({ name, label, all, options, chosen }: SelectProps) => (
  <div class="kern-form-input">
    <label class="kern-label" for={`wahl-${name}`}>
      {label}
    </label>
    <div class="kern-form-input__select-wrapper">
      <select class="kern-form-input__select" id={`wahl-${name}`} name={name}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  </div>
)

type TextFieldProps = {
  name: string
  label: string
  hint?: string
  value?: string
  /** Characters. */
  most: number
  required?: boolean
  autocomplete?: string
  /** What is wrong with it. */
  fault?: string | undefined
}

/** A line of text. */
export const TextField = (props: TextFieldProps) => {
  const { name, value = '', most, required = false, autocomplete } = props
  return (
    <Labelled {...props}>
      <input
        class="kern-form-input__input"
        id={`feld-${name}`}
        name={name}
        type="text"
        value={value}
        maxlength={most}
        required={required}
        autocomplete={autocomplete ?? 'off'}
        {...spokenOf(props)}
      />
    </Labelled>
  )
}

/** A text of several lines. */
export const TextArea = (props: Omit<TextFieldProps, 'autocomplete'>) => {
  const { name, value = '', most, required = false } = props
  return (
    <Labelled {...props}>
      <textarea
        class="kern-form-input__input"
        id={`feld-${name}`}
        name={name}
        rows={6}
        maxlength={most}
        required={required}
        {...spokenOf(props)}
      >
        {value}
      </textarea>
    </Labelled>
  )
}

/** What is read out with a field: its hint, and what is wrong with it. */
const spokenOf = ({ name, hint, fault }: TextFieldProps) => {
  const told = [hint && `feld-${name}-hinweis`, fault && `feld-${name}-fehler`].filter(Boolean)
  return {
    'aria-invalid': fault ? ('true' as const) : undefined,
    'aria-describedby': told.join(' ') || undefined,
  }
}

const Labelled = (props: PropsWithChildren<TextFieldProps>) => {
  const { name, label, hint, required = false, fault, children } = props
  return (
    <div class={fault ? 'kern-form-input kern-form-input--error' : 'kern-form-input'}>
      <label class="kern-label" for={`feld-${name}`}>
        {label}
        {!required && <span class="kern-label__optional"> (freiwillig)</span>}
      </label>
      {hint && (
        <div class="kern-hint" id={`feld-${name}-hinweis`}>
          {hint}
        </div>
      )}
      {children}
      {fault && <FieldFault id={`feld-${name}-fehler`} text={fault} />}
    </div>
  )
}

/** What is wrong with a field. */
export const FieldFault = ({ id, text }: { id: string; text: string }) => (
  <p class="kern-error" id={id}>
    <span class="kern-icon kern-icon--danger" aria-hidden="true" />
    <span class="kern-body">{text}</span>
  </p>
)

type ChecksProps = {
  name: string
  legend: string
  options: { value: string; label: string; hint?: string }[]
  chosen: string[]
  fault?: string | undefined
}

/** Any of a few. */
export const Checks = ({ name, legend, options, chosen, fault }: ChecksProps) => (
  <fieldset
    id={`feld-${name}`}
    class={fault ? 'kern-fieldset kern-fieldset--error' : 'kern-fieldset'}
    aria-describedby={fault ? `feld-${name}-fehler` : undefined}
  >
    <legend class="kern-label">{legend}</legend>
    <div class="kern-fieldset__body">
      {options.map(({ value, label, hint }) => (
        <div class="kern-form-check">
          <input
            class="kern-form-check__checkbox"
            id={`feld-${name}-${value}`}
            type="checkbox"
            name={name}
            value={value}
            checked={chosen.includes(value)}
          />
          <label class="kern-label" for={`feld-${name}-${value}`}>
            {label}
            {hint && <span class="tn-muted"> – {hint}</span>}
          </label>
        </div>
      ))}
    </div>
    {fault && <FieldFault id={`feld-${name}-fehler`} text={fault} />}
  </fieldset>
)

type SubmitProps = {
  label: string
  /** To what, where several on the page say the same. Read out behind the label. */
  about?: string
  look?: 'primary' | 'secondary' | 'tertiary'
}

/** Sends its form. */
export const Submit = ({ label, about, look = 'primary' }: SubmitProps) => (
  <button
    class={`kern-btn kern-btn--${look}`}
    type="submit"
    aria-label={about && `${label}: ${about}`}
  >
    <span class="kern-label">{label}</span>
  </button>
)

type NoticeProps = PropsWithChildren<{
  look: 'info' | 'success' | 'warning' | 'danger'
  title: string
}>

/** What just happened, or must be known first. A failure is read out at once. */
export const Notice = ({ look, title, children }: NoticeProps) => (
  <div
    class={`kern-alert kern-alert--${look} tn-notice`}
    role={look === 'danger' ? 'alert' : 'status'}
  >
    <div class="kern-alert__header">
      <span class={`kern-icon kern-icon--${look}`} aria-hidden="true" />
      <span class="kern-title">{title}</span>
    </div>
    {children && <div class="kern-alert__body">{children}</div>}
  </div>
)

type SearchFormProps = {
  q?: string
  label: string
  /** What else the search is narrowed to. */
  keep?: { name: string; value: string }[]
}

/** The way into the search from any page. */
export const SearchForm = ({ q = '', label, keep = [] }: SearchFormProps) => (
  <search>
    <form class="tn-search" method="get" action="/suche">
      <label class="kern-label" for="suchwort">
        {label}
      </label>
      <div class="tn-search__row">
        <input
          class="kern-form-input__input"
          id="suchwort"
          type="search"
          name="q"
          value={q}
          maxlength={200}
          autocomplete="off"
          enterkeyhint="search"
        />
        <button class="kern-btn kern-btn--primary" type="submit">
          <Icon name="search" />
          <span class="kern-label">Suchen</span>
        </button>
      </div>
      {keep.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </form>
  </search>
)
