/** Taking a published record back, as staff ask for it. */
import { z } from 'zod'
import type { Reason } from '../exchange/entry.ts'
import type { Hub } from '../hub.ts'
import { kindOf } from '../publications/kinds.ts'
import { narrow } from '../publications/narrow.ts'
import { erase, withdraw } from '../publications/take-back.ts'
import { afterSignIn } from '../staff/after-sign-in.ts'
import { recordEvent } from '../staff/audit-store.ts'
import { tell } from '../staff/message-store.ts'
import { openDraftOf } from './store.ts'

/** What may be done, and what that does here and elsewhere. */
export const ways = {
  zurueckziehen: {
    event: 'record.withdraw',
    label: 'Zurückziehen',
    hint: 'niemand liest ihn mehr, der Inhalt bleibt bei den Zentren aufbewahrt',
    here: 'Der Beitrag ist nicht mehr zu lesen und nicht mehr zu finden.',
    there: 'zeigt ihn nicht mehr, bewahrt den Inhalt aber auf.',
    confirm: 'Beitrag zurückziehen',
  },
  beschraenken: {
    event: 'record.narrow',
    label: 'Auf die Zentren beschränken',
    hint: 'nur Mitarbeitende der Zentren lesen ihn weiter',
    here: 'Der Beitrag ist nur noch nach der Anmeldung zu lesen.',
    there: 'löscht die öffentlichen Fassungen; den Zentren bleibt der Beitrag.',
    confirm: 'Beitrag beschränken',
  },
  loeschen: {
    event: 'record.erase',
    label: 'Löschen',
    hint: 'der Inhalt wird überall entfernt, auch hier',
    here: 'Alle Fassungen, Anlagen, internen Angaben und ein begonnener Entwurf werden gelöscht.',
    there: 'muss Inhalt und Anlagen löschen und das bestätigen.',
    confirm: 'Beitrag endgültig löschen',
  },
} as const

export const How = z.enum(Object.keys(ways) as (keyof typeof ways)[])
export type How = z.infer<typeof How>

export const takeBackSayings = {
  published: 'Veröffentlicht.',
  zurueckziehen: 'Der Beitrag ist zurückgezogen.',
  beschraenken: 'Der Beitrag ist nur noch für die Zentren da.',
  loeschen: 'Der Beitrag ist gelöscht.',
} as const
export const TakeBackSaid = z.enum(Object.keys(takeBackSayings) as (keyof typeof takeBackSayings)[])
export type TakeBackSaid = z.infer<typeof TakeBackSaid>

export interface TakingBack {
  centre: string
  iss: string
  rid: string
  how: How
  reason: Reason
  by: string
}

/**
 * Notes who wants it, then does it; who loses a draft by that is told. Problems as of `withdraw`, `narrow` and `erase`.
 */
export const takeBack = async (hub: Hub, { centre, how, by, ...what }: TakingBack) => {
  const { iss, rid, reason } = what
  const event = { centre, at: hub.now(), actor: by, event: ways[how].event, subject: rid }
  await recordEvent(hub.sql, { ...event, details: { reason } })
  const [draft] = how === 'loeschen' ? await openDraftOf(hub.sql, iss, rid) : []
  await acts[how](hub, what)
  if (!draft || draft.author === by) return
  const path = afterSignIn(`/${kindOf(draft.kind).path}/${centre}/${rid}`)
  await tell(hub.sql, draft.author, { ...draftIsGone, path }, hub.now())
}

const draftIsGone = {
  subject: 'Ihr Entwurf ist gelöscht',
  text: 'Ein Beitrag Ihres Zentrums musste gelöscht werden. Damit ist auch Ihr Entwurf seiner nächsten Fassung gelöscht.',
}

const acts: Record<
  How,
  (hub: Hub, what: { iss: string; rid: string; reason: Reason }) => Promise<unknown>
> = { zurueckziehen: withdraw, beschraenken: narrow, loeschen: erase }
