import type { PropsWithChildren } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'

type FilterPanelProps = PropsWithChildren<{
  title: string
  /** Id of the title, which names what stands around. */
  id?: string
  /** Path of the list. */
  action: string
  /** What the button says. */
  label?: string
  /** Beside the button. */
  beside?: JSX.Element | false | undefined
}>

/** What a list is narrowed by, beside it. */
export const FilterPanel = (props: FilterPanelProps) => {
  const { title, id = 'eingrenzen', action, label = 'Anzeigen', beside, children } = props
  return (
    <div class="tn-panel tn-filter-panel">
      <h2 id={id}>{title}</h2>
      <form class="tn-filter" method="get" action={action}>
        {children}
        <button class="kern-btn kern-btn--primary" type="submit">
          <span class="kern-label">{label}</span>
        </button>
        {beside}
      </form>
    </div>
  )
}
