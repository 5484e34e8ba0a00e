import type { z } from 'zod'
import type { Fault } from '../problem.ts'
import { submittedAttachments } from './attachment.ts'
import { type Field, type Fields, group, type Look } from './field.ts'
import type { Kind } from './kind.ts'
import { lengthOf } from './strings.ts'

/** What is wrong with a submission, in the words of the form: one fault per place, in order. */
export const faultsOf = (kind: Kind, issues: readonly z.core.$ZodIssue[]): Fault[] => {
  const faults = new Map<string, Fault>()
  for (const fault of issues.flatMap((issue) => faultsIn(formOf(kind), issue))) {
    // A second complaint about the same value rarely helps.
    if (!faults.has(fault.path)) faults.set(fault.path, fault)
  }
  return [...faults.values()]
}

/** `['findings', 0, 'text']` as `findings[0].text`. */
export const pathOf = (steps: readonly PropertyKey[]) =>
  steps
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`
      const name = String(step)
      return /^[\p{L}_$][\p{L}\d_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
    })
    .join('')
    .replace(/^\./, '')

const formOf = ({ fields, local }: Kind): Fields => ({
  ...fields,
  attachments: submittedAttachments,
  local: group({ label: 'Interne Angaben', question: '', fields: local }),
})

const faultsIn = (form: Fields, issue: z.core.$ZodIssue): Fault[] => {
  const place = placeOf(form, issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      path: pathOf([...issue.path, name]),
      message: unknownMember(name, place),
    }))
  }
  return [{ path: pathOf(issue.path), message: `${place.subject} ${complaint(issue, place)}` }]
}

/** A value's place in the form: how to name it, and what belongs there. */
interface Place {
  /** `Das Feld „Erkenntnis“ (Erkenntnisse, Nr. 1)` */
  subject: string
  look: Look
  question: string
}

const placeOf = (form: Fields, path: readonly PropertyKey[]): Place => {
  let look: Look = { as: 'group', fields: form }
  let question = ''
  const trail: string[][] = [] // of each field its label and, in a list, which entry
  for (const step of path) {
    if (look.as === 'list') {
      trail.at(-1)?.push(`Nr. ${Number(step) + 1}`)
      look = look.item
    } else if (look.as === 'group') {
      const field: Field | undefined = look.fields[String(step)]
      if (!field) break
      trail.push([field.label])
      look = field.look
      question = field.question
    }
  }
  const [label, ...entry] = trail.pop() ?? []
  const around = [...trail.flat(), ...entry].join(', ')
  const subject = label ? `Das Feld „${label}“${around && ` (${around})`}` : 'Der Beitrag'
  return { subject, look, question }
}

const complaint = (issue: z.core.$ZodIssue, { look, question }: Place): string => {
  const given = quote(issue.input)
  if (issue.input === undefined) return 'fehlt.'
  switch (issue.code) {
    case 'invalid_type':
      return `muss ${types[issue.expected] ?? 'anders'} sein, angegeben ist ${typeName(issue.input)}.`
    case 'too_big':
      return tooMuch(issue.origin, issue.input, Number(issue.maximum))
    case 'too_small':
      return tooLittle(issue.origin, issue.input, Number(issue.minimum))
    case 'invalid_value':
      return `enthält ${given}. Möglich sind: ${issue.values.map(String).join(', ')}.`
    case 'invalid_format':
      return `enthält ${given}. ${form(issue.format, look, question)}`
    default:
      return issue.code === 'custom' && issue.params?.rule === 'distinct'
        ? `nennt ${given} mehrfach.`
        : forbiddenCharacters(look)
  }
}

const tooMuch = (origin: string, input: unknown, most: number) => {
  if (origin === 'string') {
    const length = count(lengthOf(String(input)))
    return `ist zu lang: ${length} Zeichen, erlaubt sind höchstens ${count(most)}.`
  }
  return Array.isArray(input)
    ? `enthält ${count(input.length)} Einträge, erlaubt sind höchstens ${count(most)}.`
    : `enthält ${count(Number(input))}, erlaubt ist höchstens ${count(most)}.`
}

const tooLittle = (origin: string, input: unknown, least: number) => {
  if (origin === 'string') return 'ist leer.'
  return Array.isArray(input)
    ? 'braucht mindestens einen Eintrag.'
    : `enthält ${count(Number(input))}, erlaubt ist mindestens ${count(least)}.`
}

const form = (format: string, look: Look, question: string) => {
  if (format === 'date') return 'Das ist kein Kalendertag in der Form JJJJ-MM-TT.'
  if (format === 'url') return 'Gebraucht wird eine vollständige Adresse, die mit https:// beginnt.'
  if (look.as === 'mailbox') return 'Das ist keine E-Mail-Adresse.'
  if (look.as === 'time') return 'Das ist keine Uhrzeit in der Form HH:MM.'
  if (look.as === 'duration') {
    return 'Das ist keine Dauer. Gemeint ist etwa „3,5 Stunden“ oder „2 Tage“, in Dateien PT3H30M oder P2D.'
  }
  return `Das hat nicht die verlangte Form. Gefragt ist: ${question}`
}

const forbiddenCharacters = (look: Look) =>
  look.as === 'text'
    ? 'enthält unerlaubte Zeichen (Steuerzeichen oder unvollständige Schriftzeichen).'
    : 'darf nur eine Zeile sein und keine Steuerzeichen oder unvollständigen Schriftzeichen enthalten.'

const types: { [expected: string]: string } = {
  string: 'ein Text',
  number: 'eine Zahl',
  int: 'eine ganze Zahl',
  boolean: '„ja“ oder „nein“ (true oder false)',
  array: 'eine Liste',
  object: 'ein Objekt',
}

const typeName = (value: unknown) => {
  if (value === null) return 'nichts (null)'
  if (Array.isArray(value)) return 'eine Liste'
  if (typeof value === 'number' && !Number.isInteger(value)) return 'eine Kommazahl'
  return types[typeof value] ?? 'etwas anderes'
}

const quote = (value: unknown) => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return `„${lengthOf(text) > 60 ? `${[...text].slice(0, 59).join('')}…` : text}“`
}

const decimal = new Intl.NumberFormat('de-DE')
const count = (value: number) => decimal.format(value)

const unknownMember = (name: string, { look }: Place) => {
  const meant = look.as === 'group' ? closest(name, look.fields) : undefined
  return `Ein Feld „${name}“ gibt es hier nicht.${meant ? ` Ist „${meant}“ gemeint?` : ''}`
}

/** The field whose name or label comes nearest, if any is near. */
const closest = (name: string, fields: Fields) => {
  const wanted = name.toLowerCase()
  return Object.entries(fields)
    .map(([meant, { label }]) => {
      const words = [meant.toLowerCase(), label.toLowerCase()]
      return { meant, distance: Math.min(...words.map((word) => distanceOf(wanted, word))) }
    })
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((one, other) => one.distance - other.distance)[0]?.meant
}

/** Levenshtein distance: how many letters to add, drop or replace. */
const distanceOf = (one: string, other: string) => {
  let row = [...other, ''].map((_, n) => n)
  for (const [n, letter] of [...one].entries()) {
    const next = [n + 1]
    for (const [m, match] of [...other].entries()) {
      const change = (row[m] ?? 0) + (letter === match ? 0 : 1)
      next.push(Math.min(change, (row[m + 1] ?? 0) + 1, (next[m] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
