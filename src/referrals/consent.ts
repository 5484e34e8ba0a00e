/** What a company agrees to before it is referred: a text in versions, and the record that it did. */
import { z } from 'zod'
import { digest } from '../signing/digest.ts'
import { Consent } from './case.ts'
import { CompanyMark } from './company-mark.ts'

/** A centre as the text names it. */
export interface Named {
  id: string
  name: string
  /** The centre that runs its node, where that is another. */
  hostedBy?: string | undefined
}

export const consentText = { id: 'verweis', version: '1' } as const

/** The text as it is shown or read out; its hash is over exactly these lines. */
export const consentLines = (sender: string, recipients: Named[], passingOn: boolean) => [
  `Das ${sender} darf die folgenden Angaben zu unserem Unternehmen weitergeben: Name, Sitz, Größenklasse, Wirtschaftszweig, Themen, eine kurze Beschreibung des Anliegens, eine Ansprechperson und einen Weg, sie zu erreichen.`,
  `Empfänger: ${recipients.map(nameOf).join('; ')}.`,
  passingOn
    ? 'Schlägt der Empfänger ein anderes dieser Zentren vor, darf das absendende Zentrum die Angaben auch dorthin geben.'
    : 'An andere Stellen gehen die Angaben nicht.',
  'Zweck: Das empfangende Zentrum meldet sich bei uns und berät uns kostenfrei. Das absendende Zentrum erfährt, ob daraus eine Beratung wurde.',
  'Die Angaben zur Person und zum Anliegen werden 30 Tage nach dem Abschluss gelöscht, spätestens ein Jahr nach dem Versand. Der Nachweis dieser Einwilligung wird drei Jahre aufbewahrt.',
  'Die Einwilligung ist freiwillig. Wir können sie jederzeit widerrufen; dann werden die Angaben bei allen Zentren, die sie haben, sofort gelöscht. Was bis dahin aufgrund der Einwilligung geschehen ist, bleibt rechtmäßig.',
]

const nameOf = ({ name, hostedBy }: Named) =>
  hostedBy ? `${name} (Posteingang in seinem Auftrag bei: ${hostedBy})` : name

export const consentHash = (lines: string[]) => digest(lines.join('\n'))

/** The record as the sender makes it. */
export const ConsentRecord = Consent.extend({
  /** Id of the person who wrote it down, and when. */
  recorded_by: z.string(),
  recorded_at: z.iso.datetime(),
})
export type ConsentRecord = z.infer<typeof ConsentRecord>

/** And as it is kept for three years, when the case itself is long erased. */
export const KeptConsent = ConsentRecord.extend({ company: CompanyMark })
export type KeptConsent = z.infer<typeof KeptConsent>

/** Days after which a consent is too old to send anything by it. */
const daysValid = 180

/** Why nothing may be sent by a consent to this centre, or undefined where it may. */
export const consentFault = (
  { given_on, recipients, hash }: Consent,
  { to, hash: shown, today }: { to: string; hash: string; today: string },
): 'recipient' | 'text' | 'future' | 'old' | undefined => {
  if (!recipients.includes(to)) return 'recipient'
  if (hash !== shown) return 'text'
  if (given_on > today) return 'future'
  const age = (Date.parse(today) - Date.parse(given_on)) / 86_400_000
  return age > daysValid ? 'old' : undefined
}
