/** What states and events are called on the pages. */

import type { SignedEventName, State } from './referral.ts'
import type { Referral } from './store.ts'

export const stateLabels: Record<State, string> = {
  draft: 'Entwurf',
  sent: 'Gesendet, noch nicht zugestellt',
  received: 'Zugestellt, noch ohne Antwort',
  accepted: 'Angenommen',
  declined: 'Abgelehnt',
  completed: 'Abgeschlossen',
  withdrawn: 'Zurückgezogen',
  expired: 'Verfallen',
}

/** Until the other side's node has confirmed it, what was said here may still give way. */
export const stateOf = ({ side, state }: Pick<Referral, 'side' | 'state'>, waits: boolean) => {
  if (side === 'recipient' && state === 'received') return 'Neu, wartet auf Ihre Antwort'
  return side === 'recipient' && waits
    ? `${stateLabels[state]}, noch nicht bestätigt`
    : stateLabels[state]
}

export const eventLabels: Record<SignedEventName, string> = {
  sent: 'Gesendet',
  accepted: 'Angenommen',
  declined: 'Abgelehnt',
  completed: 'Abgeschlossen',
  withdrawn: 'Zurückgezogen',
  expired: 'Verfallen',
  erased: 'Angaben gelöscht',
}
