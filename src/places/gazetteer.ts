/** All places that any source knows, ready to be asked by code and by name. */
import { lands } from './lands.ts'
import { isSimilar, keyOf, lettersOf, mayBe, mayBeSimilar, slipsIn, wordsOf } from './names.ts'
import type { Place, PlaceSet } from './place.ts'

export interface Gazetteer {
  sets: PlaceSet[]
  /** Places with this code, five digits. */
  withCode(plz: string): Place[]
  /** Places with this name, written in full or shortened, with or without what tells them apart. */
  withName(name: string): Place[]
  /** Places whose name is how this one begins: Potsdam, of „Potsdam-Babelsberg“. */
  withBeginningOf(name: string): Place[]
  /** Places whose name differs by slips of the keyboard only; `most`: how many, by default what its length allows. */
  withSimilarName(name: string, most?: number): Place[]
  /** Whether any place has a code that begins with these two digits. */
  hasArea(digits: string): boolean
}

export const openGazetteer = (sets: PlaceSet[], places: Iterable<Place>): Gazetteer => {
  const byCode = new Map<string, Place[]>()
  const byName = new Map<string, Place[]>()
  const keysByLength: KeysByLength = new Map()
  const areas = new Set<string>()

  for (const place of places) {
    if (place.plz) {
      listAt(byCode, place.plz).push(place)
      areas.add(place.plz.slice(0, 2))
    }
    for (const name of namesOf(place)) {
      const key = keyOf(wordsOf(name))
      const others = listAt(byName, key)
      if (others.length === 0) {
        listAt(keysByLength, key.length).push({ key, letters: lettersOf(key) })
      }
      others.push(place)
    }
  }

  return {
    sets,
    withCode: (plz) => byCode.get(plz) ?? [],
    withName: (name) => {
      const whole = named(byName, wordsOf(name))
      return whole.length > 0
        ? whole
        : partsOf(name).flatMap((part) => named(byName, wordsOf(part)))
    },
    withBeginningOf: (name) => beginning(byName, wordsOf(name)),
    withSimilarName: (name, most) => {
      const key = keyOf(wordsOf(name))
      const slips = Math.min(most ?? slipsIn(key), slipsIn(key))
      return similarKeys(keysByLength, key, slips).flatMap((other) => byName.get(other) ?? [])
    },
    hasArea: (digits) => areas.has(digits),
  }
}

const listAt = <K, V>(map: Map<K, V[]>, key: K): V[] => {
  const list = map.get(key) ?? []
  if (list.length === 0) map.set(key, list)
  return list
}

/** „Neukölln“ and „Berlin-Neukölln“; „Chóśebuz“ and „Cottbus (Chóśebuz)“. */
const namesOf = ({ name, partOf, sameAs }: Place) => [
  name,
  ...[partOf, sameAs].flatMap((first) => (first ? [`${first} ${name}`] : [])),
]

/** „Cottbus/Chóśebuz“ and „Cottbus - Chóśebuz“ are one place with two names. */
const partsOf = (name: string) => name.split(/\/|\s[-–]\s/)

/** The longest beginning that is the name of a place; what follows must be what tells it apart. */
const named = (byName: Map<string, Place[]>, words: string[]): Place[] => {
  for (let count = words.length; count > 0; count--) {
    const rest = words.slice(count)
    const found = (byName.get(keyOf(words.slice(0, count))) ?? []).filter((place) =>
      isToldApartBy(place, rest),
    )
    if (found.length > 0) return found
  }
  return []
}

/** What stands behind its name may be a letter: „Frankfurt a. M.“ */
const isToldApartBy = (place: Place, words: string[]) => {
  if (words.length === 0) return true
  const land = lands.find(({ id }) => id === place.land)
  const behind = wordsOf(place.addition ?? '')
  const around = wordsOf(`${place.kreis ?? ''} ${land?.name} ${place.partOf ?? ''}`)
  return words.every(
    (word) =>
      behind.some((each) => mayBe(word, each, 1)) || around.some((each) => mayBe(word, each)),
  )
}

/** By as many words as there is a place for. */
const beginning = (byName: Map<string, Place[]>, words: string[]): Place[] => {
  for (let count = words.length - 1; count > 0; count--) {
    const found = byName.get(keyOf(words.slice(0, count)))
    if (found) return found
  }
  return []
}

type KeysByLength = Map<number, { key: string; letters: number }[]>

const similarKeys = (keys: KeysByLength, key: string, slips: number) => {
  const letters = lettersOf(key)
  const near: string[] = []
  for (let length = key.length - slips; length <= key.length + slips; length++) {
    for (const other of keys.get(length) ?? []) {
      const may = mayBeSimilar(letters, other.letters, slips)
      if (may && isSimilar(key, other.key, slips)) near.push(other.key)
    }
  }
  return slips === 0 ? [] : near
}
