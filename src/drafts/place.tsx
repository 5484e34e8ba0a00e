/** The one place to write a value into. */
import type { Look } from '../publications/field.ts'
import { calendarDateOf } from '../web/texts.ts'
import { amountIn, units } from './duration.ts'
import type { FormValue } from './form-value.ts'
import { Options } from './term-controls.tsx'

type PlaceProps = {
  look: Look
  value: FormValue | undefined
  most: number
  shared: { id: string; name: string }
}

export const Place = ({ look, value, most, shared }: PlaceProps) => {
  const text = String(value ?? '')
  if (look.as === 'term' || look.as === 'class') {
    return <Options look={look} value={text} shared={shared} />
  }
  if (look.as === 'duration') return <Length text={text} shared={shared} />
  if (look.as === 'list') {
    return <Area rows={4} text={((value ?? []) as string[]).join('\n')} shared={shared} each />
  }
  if (look.as === 'text') return <Area rows={8} text={text} shared={shared} markdown />
  if (look.as === 'line' && most >= 250) return <Area rows={3} text={text} shared={shared} />
  return (
    <input
      class="kern-form-input__input"
      {...typeOf(look, text)}
      value={text}
      autocomplete="off"
      {...shared}
    />
  )
}

/** A number and its unit; of an import it may be more than that. */
const Length = ({ text, shared }: { text: string; shared: PlaceProps['shared'] }) => {
  const amount = amountIn(text)
  if (!amount) return <input class="kern-form-input__input" type="text" value={text} {...shared} />
  const { name, ...about } = shared
  return (
    <div class="tn-length">
      <input
        class="kern-form-input__input"
        type="text"
        inputmode="decimal"
        maxlength={6}
        value={amount.count}
        autocomplete="off"
        name={`${name}.zahl`}
        {...about}
      />
      <div class="kern-form-input__select-wrapper">
        <select class="kern-form-input__select" name={`${name}.einheit`} aria-label="Einheit">
          {Object.entries(units).map(([id, word]) => (
            <option value={id} selected={id === amount.unit}>
              {word}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}

type AreaProps = {
  rows: number
  text: string
  shared: { id: string; name: string }
  each?: boolean
  markdown?: boolean
}

const Area = ({ rows, text, shared, each, markdown }: AreaProps) => (
  <textarea
    class="kern-form-input__input"
    rows={rows}
    data-each={each ? '' : undefined}
    data-markdown={markdown ? '' : undefined}
    {...shared}
  >
    {/* A browser takes the first line break away. */}
    {`\n${text}`}
  </textarea>
)

/** What eases typing on small keyboards. A day that is none would be lost in a field for days. */
const typeOf = (look: Look, text: string) => {
  if (look.as === 'date') {
    const isDay = text === '' || calendarDateOf(text) !== text
    return { type: isDay ? 'date' : 'text' }
  }
  if (look.as === 'time') return { type: 'time' }
  if (look.as === 'number') return { type: 'text', inputmode: 'decimal' as const }
  if (look.as === 'mailbox') return { type: 'text', inputmode: 'email' as const }
  if (look.as === 'link') return { type: 'text', inputmode: 'url' as const }
  return { type: 'text' }
}
