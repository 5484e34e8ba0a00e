/** What stands around a place to write: what is asked, and how much room there is. */
import type { PropsWithChildren } from 'hono/jsx'
import { z } from 'zod'
import type { Field } from '../publications/field.ts'
import { numberOf } from '../web/texts.ts'

/** `feld-findings-0-text` for `findings[0].text`: where a link to a field leads. */
export const idOf = (path: string) =>
  `feld-${path.replaceAll(/\]?[[.]|\]/g, '-').replace(/-$/, '')}`

/** Characters that the schema admits; of a list, in each of its lines. */
export const mostOf = (schema: z.ZodType): number | undefined => {
  const inner = schema instanceof z.ZodArray ? (schema.element as z.ZodType) : schema
  return inner.meta()?.maxLength as number | undefined
}

export const Label = ({ field, id }: { field: Field; id: string }) => (
  <label class="kern-label" for={id}>
    {field.label}
    {!field.required && <span class="kern-label__optional"> (freiwillig)</span>}
  </label>
)

/** The guiding question, and how much room there is. */
export const Hint = ({ field, id }: { field: Field; id: string }) => {
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

type FrameProps = PropsWithChildren<{ path: string; field: Field; class?: string }>

/** Several places to write under one question. */
export const Frame = ({ path, field, children, ...more }: FrameProps) => {
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
