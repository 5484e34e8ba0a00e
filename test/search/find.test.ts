import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Hub } from '../../src/hub.ts'
import { publish } from '../../src/publications/publish.ts'
import { type Record, searchText } from '../../src/publications/record.ts'
import type { Audience } from '../../src/publications/store.ts'
import { type SearchInput, find as search } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { fileOf, files, inputOf } from '../publications/fixtures.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'

let net: TestFederation
const records = new Map<string, Record>()

beforeAll(async () => {
  net = await openFederation()
  for (const file of files) {
    const input: Record = inputOf(file)
    const answer = await publish(net.berlin, { iss: net.berlin.iss, input, fileOf })
    if (!answer.ok) throw new Error(file)
    records.set(answer.published.rid, input)
  }
  await followLog(net.berlin)
})
afterAll(() => net.close())

const find = (hub: Hub, audience: Audience, input: Partial<SearchInput>) =>
  search(hub, audience, { q: '', filters: {}, sort: 'relevance', after: 0, ...input })

const titleOf = (rid = '') => records.get(rid)?.title ?? ''

const ridsOf = async (q: string, audience: 'public' | 'members' = 'members') => {
  const { hits } = await find(net.berlin, audience, { q, after: 0 })
  return hits.map(({ rid }) => rid)
}

test('a record is found by every word of every text in it, quotation marks and dashes or not', async () => {
  const missed: string[] = []
  const [[rid, record] = ['', undefined]] = [...records].filter(([, { title }]) =>
    /Elektro/.test(title),
  )
  const { A, B, C, D } = searchText(record as Record)
  const words = new Set(
    [A, B, C, D]
      .join(' ')
      .match(/[\p{L}\p{N}]{2,}/gu)
      ?.filter((word) => /\p{L}/u.test(word)),
  )

  await Promise.all(
    [...words].map(async (word) => {
      const { hits, total } = await find(net.berlin, 'members', { q: word })
      if (total <= 20 && !hits.some((hit) => hit.rid === rid)) missed.push(word)
    }),
  )

  expect(words.size).toBeGreaterThan(150)
  expect(missed).toEqual([])
})

test('who types a title gets that record first', async () => {
  const missed: string[] = []
  for (const [rid, { title }] of records) {
    const [first] = await ridsOf(title)
    if (first !== rid) missed.push(title)
  }

  expect(records.size).toBeGreaterThan(10)
  expect(missed).toEqual([])
})

test('who is not a centre finds nothing that only centres may read, nor how much there is', async () => {
  const secret = [...records.values()].filter(({ visibility }) => visibility === 'members')
  const q = secret[0]?.title ?? ''

  const open = await find(net.berlin, 'public', { q: `"${q}"`, after: 0 })

  expect(secret.length).toBeGreaterThan(0)
  expect((await ridsOf(`"${q}"`)).length).toBe(1)
  expect(open.hits.map(({ feed }) => feed)).not.toContain('members')
})

test('what has every word comes first; where nothing has, most of the words will do', async () => {
  const [both, ...either] = await ridsOf('Tischlerei Kalkulation Spedition')

  expect(titleOf(both)).toMatch(/Tischlerei/)
  expect(either.map(titleOf).join()).toMatch(/Spedition/)
})

test('a thing that no record knows is not made up for by the rest, which is proposed instead', async () => {
  const asked = await find(net.berlin, 'members', { q: 'Quastenflosser Kalkulation -Bier' })
  const sentence = await ridsOf(
    'Was haben Quastenflosser mit der Kalkulation in Tischlereien zu tun?',
  )

  expect(asked).toMatchObject({
    hits: [],
    unknown: ['Quastenflosser'],
    withoutUnknown: 'Kalkulation -Bier',
  })
  expect(sentence.map(titleOf).join()).toMatch(/Tischlerei/)
})

test.each([
  ['quastenflosser in der kalkulation', 'kalkulation'],
  ['Quastenflosser für die', undefined],
  ['Wie beantrage ich einen Quastenflosser?', undefined],
])('„%s“: what else is proposed is %s', async (q, proposed) => {
  const asked = await find(net.berlin, 'members', { q })

  expect(asked.hits).toEqual([])
  expect(asked.withoutUnknown).toBe(proposed)
})

test('where nothing was looked for, nobody is told that something else was', async () => {
  const asked = await find(net.berlin, 'members', { q: 'Quastenflosser Minnesang Tischlerie' })

  expect(asked.hits).toEqual([])
  expect(asked.correctedTo).toBeUndefined()
})

test('behind many words of no record nobody guesses what another was meant for', async () => {
  const nonsense = 'Quaxbl Wuxzgr Blaxqu Gruxwz Zwuxbq Pluxgw Kruxzb Truxqp Druxwk'

  const many = await find(net.berlin, 'members', { q: `${nonsense} Tischlerie Spedition` })
  const few = await find(net.berlin, 'members', {
    q: `${nonsense.slice(0, 13)} Tischlerie Spedition`,
  })

  expect(many.unknown).toContain('Tischlerie')
  expect(few.unknown).not.toContain('Tischlerie')
})

test('a word of our lists is not taken for the beginning of another', async () => {
  const { hits } = await find(net.berlin, 'members', { q: 'Sprit' })

  expect(hits.length).toBeGreaterThan(0)
  expect(hits.flatMap(({ why }) => why).join()).not.toContain('Spritz')
  expect((await find(net.berlin, 'members', { q: 'Spritz' })).hits.length).toBeGreaterThan(0)
})

test('of a compound that nobody wrote no hit is said to lack what it was found by', async () => {
  const { hits } = await find(net.berlin, 'members', { q: 'Speditionskalkulation' })

  expect(hits.length).toBeGreaterThan(0)
  expect(hits.flatMap(({ why }) => why).join()).not.toContain('ohne')
})

test('a business of a kind that no record knows is helped by what others did', async () => {
  const { hits, unknown } = await find(net.berlin, 'members', { q: 'Orgelbau Kalkulation' })

  expect(unknown).toEqual(['Orgelbau'])
  expect(hits.map(({ rid }) => rid)).toEqual(await ridsOf('Kalkulation'))
})

test('whatever else is asked, a word of no record finds nothing', async () => {
  const { hits, unknown } = await find(net.berlin, 'members', { q: 'Quastenflosser Minnesang' })

  expect(hits).toEqual([])
  expect(unknown).toEqual(['Quastenflosser', 'Minnesang'])
})

test.each(['KI -Betrieb', 'KI -Betriebe', 'KI --Betrieb'])(
  '%s leaves out what is unwanted',
  async (q) => {
    const all = await find(net.berlin, 'members', { q: 'KI', after: 0 })
    const left = await find(net.berlin, 'members', { q, after: 0 })
    const without = left.hits.map(({ rid }) => rid)

    expect(without).not.toEqual([])
    expect(left.total).toBeLessThan(all.total)
    for (const rid of without) {
      expect(JSON.stringify(records.get(rid))).not.toMatch(/\bBetriebe?\b/)
    }
  },
)

test('what a sentence only says of its things is no typing error, and nothing that compounds are searched for', async () => {
  const word = await find(net.berlin, 'members', { q: 'planung' })
  const sentence = await find(net.berlin, 'members', {
    q: 'Wie kann ich im Betrieb planung ertrinken?',
  })
  const compound = word.hits.some(({ why }) =>
    why.some((reason) => /als „\S+planung“/.test(reason)),
  )

  expect(compound).toBe(true)
  expect(sentence.hits.flatMap(({ why }) => why).join()).not.toMatch(/„planung“ als „\S+planung“/)
  expect(sentence.unknown).toEqual([])
  expect(sentence.correctedTo).toBeUndefined()
})

test.each([
  '',
  ' ',
  '-',
  '--',
  '"',
  '„',
  '&',
  '!',
  '<->',
  ':*',
  "'",
  '\\',
  'und oder',
  '🙂',
  '-KI',
  '(',
])('a question like %s is no failure', async (q) => {
  await expect(find(net.berlin, 'public', { q, after: 0 })).resolves.toHaveProperty('total')
})

test('behind the last hit there are none, but their number is still told', async () => {
  const { total } = await find(net.berlin, 'members', { q: 'KI', after: 0 })

  const end = await find(net.berlin, 'members', { q: 'KI', after: total })

  expect(total).toBeGreaterThan(1)
  expect(end).toMatchObject({ hits: [], total, next: null })
})

test('no word that only centres may read is proposed to others, neither as a correction nor as a beginning', async () => {
  const [secret] = await net.berlin.sql<{ word: string }[]>`
    select word from search_words
    where public = 0 and word ~ '^[a-z]{12,}$' and not exists (
      select from search_words other where other.public > 0 and other.word like left(search_words.word, 8) || '%'
    )
    order by word limit 1
  `
  const { word } = secret as { word: string }
  const wrong = word.slice(0, 5) + word.slice(6)

  const members = await find(net.berlin, 'members', { q: wrong })
  const open = await find(net.berlin, 'public', { q: wrong })

  expect(members.correctedTo?.toLowerCase()).toBeDefined()
  expect(open).toMatchObject({ hits: [], total: 0 })
  expect(open.correctedTo).toBeUndefined()
  expect((await find(net.berlin, 'members', { q: word.slice(0, 9) })).total).toBeGreaterThan(0)
  expect((await find(net.berlin, 'public', { q: word.slice(0, 9) })).total).toBe(0)
})
