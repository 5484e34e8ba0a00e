import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { publish } from '../../src/publications/publish.ts'
import { type ListFilter, listPage, readOne } from '../../src/publications/reading.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { consensus } from '../../src/publications/vocabularies/consensus.ts'
import { topics } from '../../src/publications/vocabularies/topics.ts'
import { find } from '../../src/search/find.ts'
import { followLog } from '../../src/search/follow.ts'
import { caseFile, inputOf, type Loose, tableFile } from '../publications/fixtures.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { base64url } from '../support/token.ts'

let net: TestFederation
const rids: string[] = []
const someRid = '01890a5d-ac96-774b-bcce-b302099a8057'

const say = async (change: Loose = {}, file = caseFile) => {
  net.clock.now += 1_000
  const answer = await publish(net.berlin, {
    iss: net.berlin.iss,
    input: { ...inputOf(file), ...change },
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

beforeAll(async () => {
  net = await openFederation()
  for (let i = 0; i < 5; i++) rids.push(await say({ title: `Beispiel ${i}` }))
  rids.push(await say({}, tableFile))
  await say({ visibility: 'members', title: 'Unter uns' })
  const gone = await say()
  await withdraw(net.berlin, { iss: net.berlin.iss, rid: gone, reason: 'other' })
})
afterAll(() => net.close())

const list = async (filter: ListFilter = {}, limit?: number) =>
  (await listPage(net.berlin, 'public', filter, limit)).records.map(({ rid }) => rid)

const noSuchPlace = 'Diese Stelle der Liste gibt es nicht.'

const ask = (path: string) =>
  app.request(`https://berlin.example/api/records${path}`, {}, net.berlin)

describe('a list of records', () => {
  test('shows what is published, newest first, to everybody what is public', async () => {
    expect(await list()).toEqual(rids.toReversed())
    const members = await listPage(net.berlin, 'members', {})
    expect(members.records).toHaveLength(rids.length + 1)
  })

  test('goes on where the last page ended, whatever came meanwhile', async () => {
    const first = (await (await ask('?limit=4')).json()) as {
      records: { rid: string }[]
      next: string
    }
    const newer = await say()
    const second = (await (await ask(`?limit=4&after=${first.next}`)).json()) as typeof first

    const read = [...first.records, ...second.records].map(({ rid }) => rid)
    expect(read).toEqual(rids.toReversed())
    expect(second.next).toBeNull()
    expect(await list({}, 1)).toEqual([newer])
    await withdraw(net.berlin, { iss: net.berlin.iss, rid: newer, reason: 'other' })
  })

  test('can be narrowed', async () => {
    const [table] = rids.slice(-1)

    expect(await list({ kind: 'round-table' })).toEqual([table])
    expect(await list({ centre: 'kiww' })).toEqual([])
    expect(await list({ centre: 'berlin', kind: 'case-example' })).toHaveLength(5)
  })

  test.each([
    ['kind=recipe', 'kind', 'Diese Beitragsart gibt es nicht.'],
    ['topic=weather', 'topic', 'Dieses Thema gibt es nicht.'],
    ['region=DE-XX', 'region', 'Dieses Land gibt es nicht.'],
    ['limit=0', 'limit', 'Zwischen 1 und 100 sind möglich.'],
    ['limit=101', 'limit', 'Zwischen 1 und 100 sind möglich.'],
    ['limit=1.5', 'limit', 'Zwischen 1 und 100 sind möglich.'],
    ['limit=many', 'limit', 'Zwischen 1 und 100 sind möglich.'],
    ['after=nonsense', 'after', noSuchPlace],
    ['after=%00', 'after', noSuchPlace],
    [`after=${base64url('[1,2,3]')}`, 'after', noSuchPlace],
    [`after=${base64url('[9007199254740992,"a","b"]')}`, 'after', noSuchPlace],
    [`after=${base64url('1},"cursor":[1')}`, 'after', noSuchPlace],
    [`centre=${'x'.repeat(41)}`, 'centre', 'Dieses Zentrum gibt es nicht.'],
    ['centre=%00', 'centre', 'Der Text enthält unerlaubte Zeichen.'],
  ])('asked for with %s says which member is wrong', async (query, path, message) => {
    const answer = await ask(`?${query}`)

    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      code: 'invalid-input',
      faults: [{ path, message }],
    })
  })

  test.each([
    ['q', `q=${'x'.repeat(201)}`, 'Der Suchtext ist zu lang: höchstens 200 Zeichen.'],
    ['q', 'q=%00', 'Der Text enthält unerlaubte Zeichen.'],
    ['after', 'q=KI&after=-1', noSuchPlace],
    ['after', 'q=KI&after=10001', noSuchPlace],
    ['after', 'q=KI&after=x', noSuchPlace],
  ])('a search says what is wrong with its %s', async (path, query, message) => {
    const answer = await app.request(`https://berlin.example/api/search?${query}`, {}, net.berlin)

    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ faults: [{ path, message }] })
  })

  test.each([
    '?centre=%00',
    '?topic=%00',
    '?after=%00',
    `?after=${base64url(`[1,"\\ud800","${someRid}"]`)}`,
    '/berlin/%ff',
    '/berlin/%00',
    '/%ed%a0%80/x',
    `/%00/${someRid}`,
    `/berlin/${someRid}%20`,
  ])('never fails over %s', async (path) => {
    const { status } = await ask(path)

    expect(status).toBeLessThan(500)
  })
})

test('the passage of a hit is what somebody wrote, not the label of a term', async () => {
  await followLog(net.berlin)

  const { hits } = await find(net.berlin, 'public', {
    ...{ q: 'KI-Einführung', filters: {}, after: 0 },
    sort: 'relevance',
  })

  expect(hits.map(({ kind }) => kind)).toContain('round-table')
  const labels: string[] = [...topics.terms, ...consensus.terms].map(({ de }) => de)
  const parts = hits.flatMap(({ passages }) =>
    passages.map(({ pieces }) => pieces.map(({ text }) => text).join('')),
  )
  expect(parts.filter((part) => labels.includes(part))).toEqual([])
})

test('a record that is gone is said to be gone, however it went', async () => {
  const gone = await say()
  await erase(net.berlin, { iss: net.berlin.iss, rid: gone, reason: 'legal' })

  const answer = await ask(`/berlin/${gone}`)

  expect(answer.status).toBe(410)
  expect(await answer.json()).toMatchObject({ title: 'Diesen Beitrag gibt es nicht mehr.' })
})

test('a bookmark with U+0000 is refused as a bad input', async () => {
  const { status } = await ask(`?after=${base64url(`[1,"\\u0000","${someRid}"]`)}`)

  expect(status).toBe(400)
})

test.each(['nonsense', '', someRid, someRid.toUpperCase()])(
  'a record „%s“ is not found',
  async (rid) => {
    await expect(readOne(net.berlin, 'public', 'berlin', rid)).rejects.toMatchObject({
      code: 'not-found',
    })
  },
)

test('a record is found under its own centre only', async () => {
  const [rid = ''] = rids

  await expect(readOne(net.berlin, 'public', 'kiww', rid)).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a record says when the centre it came from has ended', async () => {
  const statusOf = async () => {
    const answer = await (await ask(`/berlin/${rids[0]}`)).json()
    return (answer as { provenance: { status: string } }).provenance.status
  }
  const state = (status: string) => net.berlin.sql`
    update centres set metadata = metadata || jsonb_build_object('status', ${status}::text)
    where entity_id = ${net.berlin.iss}
  `

  const before = await statusOf()
  await state('ended')
  const after = await statusOf()
  const home = await app.request('https://berlin.example/', {}, net.berlin)
  await state('active')

  expect([before, after]).toEqual(['active', 'ended'])
  expect(await home.text()).toContain('>beendet<')
})
