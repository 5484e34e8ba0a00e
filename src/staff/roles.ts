import { z } from 'zod'

/** What somebody may do for a centre. `slug`: as the command line and the house's sign-in name it. */
export const roles = [
  { id: 'editor', slug: 'redaktion', de: 'Redaktion', may: 'schreibt Beiträge' },
  {
    id: 'reviewer',
    slug: 'pruefung',
    de: 'Prüfung',
    may: 'gibt Beiträge anderer frei oder bittet um Änderungen',
  },
  { id: 'moderator', slug: 'moderation', de: 'Moderation', may: 'leitet Runde Tische' },
  { id: 'adviser', slug: 'beratung', de: 'Beratung', may: 'berät Unternehmen und verweist sie' },
  {
    id: 'administrator',
    slug: 'verwaltung',
    de: 'Verwaltung',
    may: 'lädt ein, verteilt Rollen und schließt Konten',
  },
  { id: 'auditor', slug: 'einsicht', de: 'Einsicht', may: 'liest das Protokoll' },
  {
    id: 'curator',
    slug: 'regal',
    de: 'Bundesweites Regal',
    may: 'stellt Beiträge aller Zentren in das bundesweite Regal',
  },
] as const

export type Role = (typeof roles)[number]['id']

export const roleIds = roles.map(({ id }) => id) as [Role, ...Role[]]

export const Role = z.enum(roleIds)

export const roleLabel = (role: Role) => roles.find(({ id }) => id === role)?.de ?? role

export const roleBySlug = (slug: string): Role | undefined =>
  roles.find((role) => role.slug === slug)?.id

/** The nationwide shelf is the umbrella's alone. */
export const rolesAt = ({ umbrella }: { umbrella: boolean }) =>
  roles.filter(({ id }) => umbrella || id !== 'curator')
