import { ownStemList } from './lexicon/stems.ts'
import { fold } from './normal.ts'

/**
 * The stem of a folded German word, by the Snowball algorithm for German (snowballstem.org/algorithms/german,
 * BSD licence; written anew from its description), after endings that name women, and plurals of foreign words, were
 * taken off. Some words have one of their own.
 */
export const stemOf = (word: string): string => {
  const known = stems.get(word)
  if (known !== undefined) return known
  const stem = /^[a-z]+$/.test(word)
    ? ownOrGerman(withoutForeignPlural(withoutFeminine(word)))
    : word
  if (stems.size >= mostKept) stems.clear()
  stems.set(word, stem)
  return stem
}

/** Of words met before: texts repeat themselves. */
const stems = new Map<string, string>()
const mostKept = 200_000

/** Kolleginnen and Disponentin are looked for as Kollegen and Disponent. */
const withoutFeminine = (word: string) =>
  word
    .replace(/(?<=[a-z]{4})innen$/, '')
    .replace(/(?<=[a-z]{2}(?:er|ist|ent|ant|eur|or|log|leg)|aerzt|anwaelt|chef|koech|wirt)in$/, '')

/** Azubis, Kitas, Fotos and Handys, which the algorithm leaves alone; not Ergebnis, arbeitslos and Glas. */
const withoutForeignPlural = (word: string) =>
  /.{2}[^aeiou][aioy]s$/.test(word) && !/(?:nis|los|gas|glas|gras|praxis|basis)$/.test(word)
    ? word.slice(0, -1)
    : word

const ownOrGerman = (word: string) => ownStems.get(word) ?? germanStem(word)

const vowels = 'aeiouyäöü'
const isVowel = (letter: string | undefined) => letter !== undefined && vowels.includes(letter)

const germanStem = (folded: string) => {
  const word = prelude(folded)
  const r1 = Math.max(3, regionAfter(word, 0))
  const r2 = regionAfter(word, regionAfter(word, 0))
  return postlude(third(second(first(word, r1), r1), r1, r2))
}

/** Umlauts from their digraphs – `ue` only behind a consonant that is no q –, and u and y between vowels as consonants. */
const prelude = (folded: string) =>
  folded
    .replaceAll('ae', 'ä')
    .replaceAll('oe', 'ö')
    .replaceAll(/(?<=[b-df-hj-npr-tv-xz]|^)ue/g, 'ü')
    .replaceAll(/(?<=[aeiouyäöü])([uy])(?=[aeiouyäöü])/g, (letter) => letter.toUpperCase())

const postlude = (word: string) =>
  word
    .toLowerCase()
    .replaceAll(/[äöü]/g, (letter) => ({ ä: 'a', ö: 'o', ü: 'u' })[letter] ?? letter)

/** Behind the first consonant after a vowel, from a place on. */
const regionAfter = (word: string, start: number) => {
  for (let at = start + 1; at < word.length; at++) {
    if (!isVowel(word[at]) && isVowel(word[at - 1])) return at + 1
  }
  return word.length
}

const first = (word: string, r1: number) => {
  const ending = /(?:em|ern|er|en|es|e|s)$/.exec(word)
  if (!ending || ending.index < r1) return word
  const stem = word.slice(0, ending.index)
  if (ending[0] === 's') return /[bdfghklmnrt]$/.test(stem) ? stem : word
  return ['e', 'en', 'es'].includes(ending[0]) ? stem.replace(/niss$/, 'nis') : stem
}

const second = (word: string, r1: number) => {
  const ending = /(?:est|en|er|st)$/.exec(word)
  if (!ending || ending.index < r1) return word
  const stem = word.slice(0, ending.index)
  return ending[0] !== 'st' || /...[bdfghklmnt]$/.test(stem) ? stem : word
}

const third = (word: string, r1: number, r2: number): string => {
  const ending = /(?:isch|lich|heit|keit|end|ung|ig|ik)$/.exec(word)
  if (!ending || ending.index < r2) return word
  const stem = word.slice(0, ending.index)
  const without = (pattern: RegExp, region: number) => {
    const more = pattern.exec(stem)
    return more && more.index >= region ? stem.slice(0, more.index) : stem
  }
  switch (ending[0]) {
    case 'end':
    case 'ung':
      return without(/(?<!e)ig$/, r2)
    case 'ig':
    case 'ik':
    case 'isch':
      return stem.endsWith('e') ? word : stem
    case 'keit':
      return without(/(?:lich|ig)$/, r2)
    default:
      return without(/(?:er|en)$/, r1)
  }
}

const ownStems = new Map(
  ownStemList
    .trim()
    .split('\n')
    .flatMap((line) => {
      const forms = line.split(' ').map(fold)
      return forms.map((form) => [form, postlude(prelude(forms[0] ?? ''))] as const)
    }),
)
