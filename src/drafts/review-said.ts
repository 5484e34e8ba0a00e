/** What a page of review says of what was just done, or why it was not. */
import { z } from 'zod'
import type { Moved } from './store.ts'

export interface ReviewSaid {
  look: 'success' | 'warning' | 'danger'
  title: string
}

const done = (title: string): ReviewSaid => ({ look: 'success', title })
const refused = (title: string): ReviewSaid => ({ look: 'danger', title })

const sayings = {
  submit: done('Abgegeben. Die Prüfung ist benachrichtigt.'),
  'take-back': done('Zurückgeholt. Sie können weiterschreiben.'),
  'ask-changes': done('Um Änderungen gebeten.'),
  approve: done('Freigegeben. Der Beitrag kann veröffentlicht werden.'),
  route: done('Weitergegeben.'),
  schedule: done('Vorgemerkt. Der Beitrag erscheint von selbst.'),
  unschedule: done('Die Vormerkung ist aufgehoben.'),
  remarked: done('Die Anmerkung ist gespeichert.'),
  settled: done('Erledigt.'),
  failures: refused('So kann der Beitrag noch nicht abgegeben werden.'),
  'not-published': refused('Der Beitrag wurde nicht veröffentlicht: Sehen Sie die Prüfung an.'),
  state: refused('Dafür ist es zu spät oder zu früh: Der Stand hat sich inzwischen geändert.'),
  unread: refused(
    'Es war nicht zu erkennen, welchen Text Sie gelesen haben. Lesen Sie ihn bitte hier und entscheiden Sie dann.',
  ),
  moved: refused('Inzwischen wurde der Text geändert. Lesen Sie ihn bitte noch einmal.'),
  own: refused('Sie haben selbst daran geschrieben. Prüfen muss jemand anderes.'),
  reviewer: refused('Diese Person prüft nicht für Ihr Zentrum oder hat selbst mitgeschrieben.'),
  time: refused('Nennen Sie bitte einen Zeitpunkt, der noch bevorsteht.'),
  'no-remark': refused('Die Anmerkung war leer.'),
} as const satisfies Record<string, ReviewSaid>

export type Saying = keyof typeof sayings
export const Saying = z.enum(Object.keys(sayings) as Saying[])

export const sayingOf = (saying: Saying | undefined) => saying && sayings[saying]

/** What to say of an act. */
export const outcomeOf = (act: Saying, outcome: Exclude<Moved, 'unknown'>): Saying =>
  outcome === 'done' ? act : outcome
