import type { PropsWithChildren } from 'hono/jsx'
import type { Visitor } from '../staff/visitor.ts'

type StaffFormProps = PropsWithChildren<{ visitor: Visitor; action: string }>

/** A form that says for which centre its page was made. */
export const StaffForm = ({ visitor, action, children }: StaffFormProps) => (
  <form class="tn-form" method="post" action={action}>
    <input type="hidden" name="zentrum" value={visitor.post?.centre ?? ''} />
    {children}
  </form>
)
