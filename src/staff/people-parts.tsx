/** What the pages about the people of a centre share. */
import type { PropsWithChildren } from 'hono/jsx'
import { z } from 'zod'
import { Checks, Notice } from '../web/fields.tsx'
import { type Role, roles, rolesAt } from './roles.ts'
import type { Post } from './visitor.ts'

/** What was just done, or why not. */
export const sayings = {
  revoked: ['success', 'Die Einladung gilt nicht mehr.'],
  changed: ['success', 'Die Rollen gelten ab sofort.'],
  closed: ['success', 'Das Konto ist geschlossen. Alle seine Sitzungen sind beendet.'],
  reopened: ['success', 'Das Konto ist wieder offen.'],
  ended: ['success', 'Die Sitzung ist beendet.'],
  'no-role': ['danger', 'Wählen Sie mindestens eine Rolle.'],
  'last-administrator': [
    'danger',
    'Sonst hätte dieses Zentrum keine Verwaltung mehr. Geben Sie zuerst einer anderen Person diese Rolle.',
  ],
  elsewhere: ['danger', 'Darüber entscheidet nicht dieses Zentrum allein.'],
} as const
export const Said = z.enum(Object.keys(sayings) as (keyof typeof sayings)[])
export type Said = z.infer<typeof Said>

export const Saying = ({ said }: { said: Said | undefined }) =>
  said ? <Notice look={sayings[said][0]} title={sayings[said][1]} /> : null

/** A form that says for which centre its page was made. */
export const StaffForm = ({
  post,
  action,
  children,
}: PropsWithChildren<{ post: Post; action: string }>) => (
  <form class="tn-form" method="post" action={action}>
    <input type="hidden" name="zentrum" value={post.centre} />
    {children}
  </form>
)

type RoleChecksProps = { post: Post; chosen: Role[]; fault?: string | undefined }

export const RoleChecks = ({ post, chosen, fault }: RoleChecksProps) => (
  <Checks
    name="roles"
    legend="Rollen"
    options={rolesAt(post).map(({ id, de, may }) => ({ value: id, label: de, hint: may }))}
    chosen={chosen}
    fault={fault}
  />
)

export const rolesText = (list: Role[]) =>
  roles
    .filter(({ id }) => list.includes(id))
    .map(({ de }) => de)
    .join(', ')
