import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { publish } from '../../src/publications/publish.ts'
import { type ListFilter, listPage, readOne } from '../../src/publications/reading.ts'
import { withdraw } from '../../src/publications/take-back.ts'
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
    ['kind=recipe', 'kind'],
    ['topic=weather', 'topic'],
    ['region=DE-XX', 'region'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=many', 'limit'],
    ['after=nonsense', 'after'],
    [`after=${base64url('[1,2,3]')}`, 'after'],
    [`after=${base64url('[9007199254740992,"a","b"]')}`, 'after'],
    [`after=${base64url('1},"cursor":[1')}`, 'after'],
    [`centre=${'x'.repeat(41)}`, 'centre'],
  ])('asked for with %s says which member is wrong', async (query, path) => {
    const answer = await ask(`?${query}`)

    expect(answer.status).toBe(400)
    const problem = (await answer.json()) as { code: string; faults: { path: string }[] }
    expect(problem).toMatchObject({ code: 'invalid-input', faults: [{ path }] })
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
