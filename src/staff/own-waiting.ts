import { openInvitations, passkeysOf } from './store.ts'
import { hasRole, type Visitor } from './visitor.ts'
import type { Waiting, WaitingSource } from './waiting.ts'

/** A second passkey while there is only one; for the administration, invitations that nobody has followed yet. */
export const waitingForStaff: WaitingSource = async (hub, visitor) => {
  const [passkeys, invitations] = await Promise.all([
    visitor.external ? [] : passkeysOf(hub.sql, visitor.person),
    visitor.post && hasRole(visitor, ['administrator'])
      ? openInvitations(hub.sql, visitor.post.centre, hub.now())
      : [],
  ])
  return [...secondPasskey(visitor, passkeys.length), ...unanswered(invitations.length)]
}

const secondPasskey = ({ external }: Visitor, count: number): Waiting[] =>
  external || count !== 1
    ? []
    : [
        {
          title: 'Zweiten Passkey anlegen',
          text: 'Bisher haben Sie nur einen. Geht das Gerät verloren, kommen Sie ohne Ihre Verwaltung nicht mehr hinein.',
          path: '/arbeit/zugang',
          action: 'Zu Ihrem Zugang',
        },
      ]

const unanswered = (count: number): Waiting[] =>
  count === 0
    ? []
    : [
        {
          title: count === 1 ? 'Eine Einladung ist offen' : `${count} Einladungen sind offen`,
          text: 'Noch hat niemand den Link benutzt. Nach sieben Tagen gilt er nicht mehr.',
          path: '/verwaltung#einladungen',
          action: 'Zur Verwaltung',
        },
      ]
