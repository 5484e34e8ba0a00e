import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { regions } from '../../src/publications/vocabularies/regions.ts'
import { sectors } from '../../src/publications/vocabularies/sectors.ts'
import { topics } from '../../src/publications/vocabularies/topics.ts'
import { labelOf, termOf, uriOf, type Vocabulary } from '../../src/publications/vocabulary.ts'

const folder = join(import.meta.dirname, '../../src/publications/vocabularies')
const vocabularies: Vocabulary[] = []
for (const file of readdirSync(folder)) {
  vocabularies.push(...Object.values<Vocabulary>(await import(join(folder, file))))
}

describe.each(vocabularies)('$name', (vocabulary) => {
  const { terms, uri } = vocabulary

  test('names every term in German and English, and none twice', () => {
    for (const { de, en } of terms) expect([de.trim(), en.trim()]).not.toContain('')
    expect(new Set(terms.map(({ id }) => id)).size).toBe(terms.length)
  })

  test('has a URI for every term, and none for two', () => {
    expect(uri).toMatch(/^https:\/\/w3id\.org\/transfernetz\/vocab\/[a-z-]+$/)
    expect(new Set(terms.map(({ id }) => uriOf(vocabulary, id))).size).toBe(terms.length)
  })

  test('admits its own ids and nothing else', () => {
    const schema = termOf(vocabulary)

    for (const { id, de } of terms) {
      expect(schema.parse(id)).toBe(id)
      expect(labelOf(vocabulary, id)).toBe(de)
    }
    expect(schema.safeParse('constructor').success).toBe(false)
  })
})

test('names of vocabularies are unique', () => {
  expect(new Set(vocabularies.map(({ name }) => name)).size).toBe(vocabularies.length)
})

test('there are 13 topics', () => expect(topics.terms).toHaveLength(13))

test('both editions of the sectors are complete', () => {
  const letters = (scheme: string) =>
    sectors.terms.filter(({ id }) => id.startsWith(`${scheme}:`)).map(({ id }) => id.slice(7))

  expect(letters('wz2008').join('')).toBe('ABCDEFGHIJKLMNOPQRSTU')
  expect(letters('wz2025').join('')).toBe('ABCDEFGHIJKLMNOPQRSTUV')
})

test('an English title that both editions share has one German title', () => {
  const german = new Map<string, string>()

  for (const { en, de } of sectors.terms)
    expect(german.set(en, german.get(en) ?? de).get(en)).toBe(de)
})

test('the 16 Länder carry their official keys', () => {
  const keys = regions.terms.map(({ ags, de }) => `${ags} ${de}`).sort()

  expect(keys).toEqual([
    '01 Schleswig-Holstein',
    '02 Hamburg',
    '03 Niedersachsen',
    '04 Bremen',
    '05 Nordrhein-Westfalen',
    '06 Hessen',
    '07 Rheinland-Pfalz',
    '08 Baden-Württemberg',
    '09 Bayern',
    '10 Saarland',
    '11 Berlin',
    '12 Brandenburg',
    '13 Mecklenburg-Vorpommern',
    '14 Sachsen',
    '15 Sachsen-Anhalt',
    '16 Thüringen',
  ])
  expect(regions.terms.map(({ id, de }) => [id, de])).toContainEqual(['DE-BB', 'Brandenburg'])
})

test('a term of a newer peer stands for itself', () => {
  expect(labelOf(topics, 'quantum')).toBe('quantum')
  expect(uriOf(topics, 'quantum')).toBe('https://w3id.org/transfernetz/vocab/topics/quantum')
})
