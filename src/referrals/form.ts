/** What the three steps of a new referral ask for, and what is wrong with it, in German. */
import { z } from 'zod'
import { explanations } from '../places/explanations.ts'
import { readCode } from '../places/resolve.ts'
import { ReferredCase } from './case.ts'
import type { Draft } from './draft.ts'

export type Fields = Record<string, string | string[]>
export type Faults = Record<string, string>

/** What the fields of the three steps are called, in the order of the pages. */
export const fieldLabels = {
  name: 'Name des Unternehmens',
  plz: 'Postleitzahl des Sitzes',
  ort: 'Ort des Sitzes',
  groesse: 'Größe',
  branche: 'Wirtschaftszweig',
  themen: 'Themen (höchstens fünf)',
  anliegen: 'Anliegen',
  person: 'Ansprechperson',
  weg: 'Wie möchte sie erreicht werden?',
  adresse: 'E-Mail-Adresse oder Telefonnummer',
  land: 'In welchem Land liegt der Sitz?',
  to: 'An welches Zentrum?',
  other: 'Anderes Zentrum',
  otherwise: 'Begründung für ein anderes Zentrum',
  given: 'Eingewilligt am',
  how: 'Wie wurde eingewilligt?',
  agreed: 'Bestätigung',
}

const missing = 'Bitte ausfüllen.'
const line = (most: number) => z.string().trim().min(1, missing).max(most, 'Das ist zu lang.')
const choice = 'Bitte wählen.'

const CompanyForm = z.object({
  name: line(160),
  plz: z
    .string()
    .trim()
    .transform((text) => (text === '' ? '' : (readCode(text) ?? text)))
    .refine((code) => /^(\d{5})?$/.test(code), explanations['plz-malformed']),
  ort: line(120),
  groesse: ReferredCase.shape.company.shape.size,
  branche: ReferredCase.shape.company.shape.sector,
  themen: ReferredCase.shape.topics,
  anliegen: z.string().trim().max(300, 'Höchstens 300 Zeichen.').default(''),
  person: line(120),
  weg: z.enum(['email', 'phone']),
  adresse: line(160),
})

const reaches = { email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, phone: /^\+?[\d\s()/-]{5,}$/ }
const unreachable = {
  email: 'Das ist keine E-Mail-Adresse.',
  phone: 'Das ist keine Telefonnummer.',
}

/** Whether she can be reached there that way. */
const addressFault = (fields: Fields): Faults => {
  const way = CompanyForm.shape.weg.safeParse(fields.weg).data
  const address = textOf(fields, 'adresse').trim()
  if (!way || address === '' || reaches[way].test(address)) return {}
  return { adresse: unreachable[way] }
}

const own: Faults = {
  groesse: choice,
  branche: choice,
  themen: 'Wählen Sie ein bis fünf Themen.',
  weg: choice,
}

type Step1 = Pick<Draft, 'company' | 'seat' | 'topics' | 'note' | 'contact'>

export const readCompany = (
  fields: Fields,
): { ok: true; value: Step1 } | { ok: false; faults: Faults } => {
  const parsed = CompanyForm.safeParse({ plz: '', ...fields, themen: listOf(fields.themen) })
  const faults = { ...addressFault(fields), ...(parsed.error && faultsOf(parsed.error)) }
  if (!parsed.success || Object.keys(faults).length > 0) return { ok: false, faults }
  const { name, plz, ort, groesse, branche, themen, anliegen, person, weg, adresse } = parsed.data
  return {
    ok: true,
    value: {
      company: { name, size: groesse, sector: branche },
      seat: { plz, place: ort },
      topics: themen,
      ...(anliegen && { note: anliegen }),
      contact: { name: person, channel: weg, address: adresse },
    },
  }
}

export const listOf = (value: string | string[] | undefined) =>
  value === undefined ? [] : [value].flat()

const faultsOf = ({ issues }: z.ZodError): Faults =>
  Object.fromEntries(
    issues.toReversed().map(({ path, message }) => {
      const name = String(path[0])
      return [name, own[name] ?? message]
    }),
  )

/** A draft as the first step shows it. */
export const fieldsOf = ({ company, seat, topics, note = '', contact }: Draft): Fields => ({
  name: company.name,
  plz: seat.plz,
  ort: seat.place,
  groesse: company.size,
  branche: company.sector,
  themen: topics,
  anliegen: note,
  person: contact.name,
  weg: contact.channel,
  adresse: contact.address,
})

export const textOf = (fields: Fields, name: string) => {
  const [value = ''] = listOf(fields[name])
  return value
}
