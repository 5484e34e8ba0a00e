/** Choosing from a vocabulary. Retired terms are read, and no longer offered. */
import type { Look } from '../publications/field.ts'
import type { Term, Vocabulary } from '../publications/vocabulary.ts'

const offered = ({ terms }: Vocabulary, chosen: string[]): readonly Term[] =>
  terms.filter(({ id, replacedBy }) => !replacedBy || chosen.includes(id))

type OptionsProps = {
  look: Look
  value: string
  shared: { id: string; name: string; 'aria-label'?: string }
}

/** One of many. What is in no vocabulary, as an import may bring it, is not lost. */
export const Options = ({ look, value, shared }: OptionsProps) => {
  if (look.as !== 'term' && look.as !== 'class') return null
  const terms = offered(look.vocabulary, [value])
  return (
    <div class="kern-form-input__select-wrapper">
      <select class="kern-form-input__select" {...shared}>
        <option value="">Bitte wählen</option>
        {value !== '' && !terms.some(({ id }) => id === value) && (
          <option value={value} selected>
            {value} (gibt es hier nicht)
          </option>
        )}
        {look.as === 'class'
          ? editionsOf(terms).map(([edition, members]) => (
              <optgroup label={edition}>
                {members.map((term) => (
                  <TermOption term={term} chosen={value} />
                ))}
              </optgroup>
            ))
          : terms.map((term) => <TermOption term={term} chosen={value} />)}
      </select>
    </div>
  )
}

const TermOption = ({ term, chosen }: { term: Term; chosen: string }) => (
  <option value={term.id} selected={term.id === chosen}>
    {term.de}
  </option>
)

/** As people call them. */
const editions: Record<string, string> = { wz2008: 'WZ 2008', wz2025: 'WZ 2025' }

/** Terms by the edition that they belong to. */
const editionsOf = (terms: readonly Term[]) => {
  const schemes = [...new Set(terms.map(({ id }) => id.split(':')[0] ?? ''))]
  return schemes.map((scheme) => {
    const members = terms.filter(({ id }) => id.startsWith(`${scheme}:`))
    return [editions[scheme] ?? scheme, members] as const
  })
}

type TermsProps = { path: string; id: string; vocabulary: Vocabulary; chosen: string[] }

/** Any of a few. */
export const Terms = ({ vocabulary, chosen, ...where }: TermsProps) => (
  <Boxes
    {...where}
    options={offered(vocabulary, chosen).map(({ id, de }) => ({ id, label: de }))}
    chosen={chosen}
  />
)

type BoxesProps = Omit<TermsProps, 'vocabulary'> & { options: { id: string; label: string }[] }

/** A box to tick for each. */
export const Boxes = ({ path, id, options, chosen }: BoxesProps) => (
  <>
    {options.map((option) => (
      <div class="kern-form-check">
        <input
          class="kern-form-check__checkbox"
          type="checkbox"
          id={`${id}-${option.id}`}
          name={path}
          value={option.id}
          checked={chosen.includes(option.id)}
        />
        <label class="kern-label" for={`${id}-${option.id}`}>
          {option.label}
        </label>
      </div>
    ))}
  </>
)
