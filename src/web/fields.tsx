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

/** The way into the search from any page. */
export const SearchForm = ({ q = '', label }: { q?: string; label: string }) => (
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
    </form>
  </search>
)
