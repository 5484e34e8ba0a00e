/** A template to fill in elsewhere: headings for the fields, below each what is asked. */
import type { Field, Fields, Look } from '../publications/field.ts'
import type { Kind } from '../publications/kind.ts'
import { stepsOf } from './form.ts'
import { isTicked } from './form-value.ts'

export type TemplateBlock =
  | { as: 'heading'; level: number; text: string }
  | { as: 'guidance'; text: string }
  /** Something to tick. */
  | { as: 'choice'; text: string }
  /** Where one writes. */
  | { as: 'room' }

/** The first level is the kind's own; the fields begin below. */
export const firstLevel = 2

/** How many rows of a list a template offers. */
const rows = 3

export const templateOf = (kind: Kind): TemplateBlock[] => [
  { as: 'heading', level: 1, text: kind.label },
  { as: 'guidance', text: howTo },
  ...stepsOf(kind)
    .flatMap(({ fields }) => fields)
    .flatMap(({ field }) => fieldBlocks(field, firstLevel)),
]

const howTo =
  'Schreiben Sie unter die Überschriften, und lassen Sie diese stehen: An ihnen erkennt das Transfernetz beim Einlesen, was wohin gehört. Was leer bleibt, wird ausgelassen.'

const fieldBlocks = (
  { label, question, look, required }: Field,
  level: number,
): TemplateBlock[] => [
  { as: 'heading', level, text: label },
  { as: 'guidance', text: `${question}${required ? '' : ' (freiwillig)'}${formOf(look)}` },
  ...placeFor(look, level + 1),
]

const placeFor = (look: Look, level: number): TemplateBlock[] => {
  if (look.as === 'group') return memberBlocks(look.fields, level)
  if (look.as === 'list' && isTicked(look.item) && look.item.as === 'term') {
    return look.item.vocabulary.terms
      .filter(({ replacedBy }) => !replacedBy)
      .map(({ de }) => ({ as: 'choice', text: de }))
  }
  if (look.as === 'list' && look.item.as === 'group') {
    const { fields } = look.item
    return Array.from({ length: rows }, (_, n): TemplateBlock[] => [
      { as: 'heading', level, text: `Nr. ${n + 1}` },
      ...memberBlocks(fields, level + 1),
    ]).flat()
  }
  return [{ as: 'room' }]
}

const memberBlocks = (fields: Fields, level: number) =>
  Object.values(fields).flatMap((field) => fieldBlocks(field, level))

/** How a value is to be written, where that is not plain. */
const formOf = (look: Look): string => {
  switch (look.as) {
    case 'date':
      return ' Als TT.MM.JJJJ.'
    case 'flag':
      return ' Ja oder Nein.'
    case 'term':
      return ` Möglich sind: ${look.vocabulary.terms.map(({ de }) => de).join(' · ')}.`
    case 'class':
      return ' Als Abschnitt mit Ausgabe, etwa wz2008:C.'
    case 'list':
      if (isTicked(look.item)) return ' Kreuzen Sie an.'
      return look.item.as === 'group' ? '' : ` Je Zeile ein Eintrag.${formOf(look.item)}`
    default:
      return ''
  }
}

/** For people who write Markdown. */
export const markdownTemplate = (kind: Kind) =>
  `${templateOf(kind)
    .map((block) => {
      if (block.as === 'heading') return `${'#'.repeat(block.level)} ${block.text}\n`
      if (block.as === 'guidance') return `> ${block.text}\n`
      return block.as === 'choice' ? `- [ ] ${block.text}` : '\n'
    })
    .join('\n')
    .replaceAll(/(\n- \[ \].*)\n(?=#)/g, '$1\n\n')}\n`
