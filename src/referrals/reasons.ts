/** Why and with what result a referral ends: closed lists, so that they can be counted and say nothing of anybody. */

interface Term {
  id: string
  /** German, for people. */
  de: string
}

export const declineReasons = [
  { id: 'not-responsible', de: 'Wir sind nicht zuständig' },
  { id: 'no-capacity', de: 'Zurzeit keine freien Termine' },
  { id: 'not-eligible', de: 'Das Unternehmen gehört nicht zur Zielgruppe' },
  { id: 'company-declined', de: 'Das Unternehmen möchte nicht' },
  { id: 'already-known', de: 'Das Unternehmen wird hier schon beraten' },
  { id: 'other', de: 'Anderer Grund' },
] as const satisfies Term[]

export const withdrawReasons = [
  { id: 'consent-revoked', de: 'Das Unternehmen hat seine Einwilligung widerrufen' },
  { id: 'not-needed', de: 'Der Anlass ist weggefallen' },
  { id: 'incorrect', de: 'Die Angaben oder das Zentrum waren falsch' },
  { id: 'other', de: 'Anderer Grund' },
] as const satisfies Term[]

export const expiryReasons = [
  { id: 'not-delivered', de: 'Nicht zugestellt' },
  { id: 'unanswered', de: 'Ohne Antwort' },
] as const satisfies Term[]

export const outcomes = [
  { id: 'advised', de: 'Beraten' },
  { id: 'trained', de: 'Qualifizierung vereinbart oder durchgeführt' },
  { id: 'passed-to-programme', de: 'An ein anderes Förderangebot vermittelt' },
  { id: 'not-reached', de: 'Nicht erreicht' },
  { id: 'no-need', de: 'Kein Bedarf mehr' },
] as const satisfies Term[]

const all: readonly Term[] = [...declineReasons, ...withdrawReasons, ...expiryReasons, ...outcomes]

/** What a code says; a code of newer software stands for itself. */
export const reasonLabel = (id: string) => all.find((term) => term.id === id)?.de ?? id

type Ids<T extends readonly Term[]> = [T[number]['id'], ...T[number]['id'][]]

export const idsOf = <const T extends readonly Term[]>(terms: T) =>
  terms.map(({ id }) => id) as Ids<T>
