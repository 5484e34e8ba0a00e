/** What looks like somebody's own data in a text that everybody will read. Somebody decides what it is. */
import type { Finding } from './checks.ts'
import type { PlacedText } from './texts.ts'

export const personalDataIn = (texts: PlacedText[]): Finding[] =>
  texts
    .filter(({ look }) => look.as === 'line' || look.as === 'text')
    .flatMap(({ path, field, text }) =>
      suspicions.flatMap(({ pattern, is, words }) => {
        const found = [...text.matchAll(pattern)].map(([part]) => part.trim()).find(is)
        if (found === undefined) return []
        const message = `Das Feld „${field.label}“ enthält vielleicht ${words}: „${found}“. Ist das für alle bestimmt?`
        return [{ level: 'warning' as const, path, message }]
      }),
    )

interface Suspicion {
  pattern: RegExp
  is(found: string): boolean
  words: string
}

const always = () => true

/** ISO 13616: the two check digits, so that not every long number is taken for an account. */
const isIban = (text: string) => {
  const plain = text.replaceAll(/\s/g, '')
  const turned = plain.slice(4) + plain.slice(0, 4)
  const digits = turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}

/** Dates, years and amounts have as many digits, but no zero or plus before. */
const isPhone = (text: string) => {
  const digits = text.replaceAll(/\D/g, '')
  return digits.length >= 7 && digits.length <= 15 && !/^\d{2}\.\d{2}\.\d{4}/.test(text)
}

/** Nothing is repeated without bound: a text may be as long as a megabyte. */
const suspicions: Suspicion[] = [
  {
    pattern: /(?<![\p{L}\d.+_-])[\p{L}\d.+_-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,6}/gu,
    is: always,
    words: 'eine E-Mail-Adresse',
  },
  {
    pattern: /(?<![\d.,]|\d )(?:\+\d{1,3}|0)[\s/()-]{0,5}\d[\d\s/()–-]{4,30}\d/g,
    is: isPhone,
    words: 'eine Telefonnummer',
  },
  {
    pattern: /\b[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){2,7}(?:\s?[A-Z\d]{1,3})?\b/g,
    is: isIban,
    words: 'eine Kontonummer (IBAN)',
  },
  {
    pattern:
      /(?<!\p{L})(?:Herrn?|Frau|Dr\.|Prof\.|Kolleg(?:e|en|in))\s{1,5}(?:(?:Dr\.|Prof\.)\s{1,5}){0,3}\p{Lu}[\p{Ll}\p{M}]{1,40}(?:-\p{Lu}[\p{Ll}\p{M}]{1,40})?/gu,
    is: always,
    words: 'den Namen einer Person',
  },
]
