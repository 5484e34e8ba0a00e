import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../src/app.tsx'
import { publish } from '../src/publications/publish.ts'
import { erase, withdraw } from '../src/publications/take-back.ts'
import { inputOf } from './publications/fixtures.ts'
import { openFederation, settle, type TestFederation } from './support/hub.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const fixture = (name: string): unknown => inputOf(`${name}.json`)

const publishFixture = async (name: string) => {
  const answer = await publish(net.berlin, { iss: net.berlin.iss, input: fixture(name) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

test('what Berlin publishes is shown and found at Brandenburg and KIWW, with its provenance', async () => {
  const { rid } = await publishFixture('berlin-tischlerei-angebote')

  await settle(net)

  for (const hub of [net.brandenburg, net.kiww]) {
    const one = await app.request(`/api/records/berlin/${rid}`, {}, hub)
    expect(one.status).toBe(200)
    const { provenance } = (await one.json()) as { provenance: Record<string, unknown> }
    expect(provenance).toMatchObject({
      iss: net.berlin.iss,
      feed: 'public',
      seq: 1,
      over: 'https://berlin.example',
    })
    const found = await app.request('/api/search?q=Tischlerei', {}, hub)
    expect(await found.json()).toMatchObject({ total: 1, hits: [{ rid }] })
    const page = await app.request(`/fallbeispiele/berlin/${rid}`, {}, hub)
    expect(await page.text()).toContain('unterschrieben von')
  }
})

test('a withdrawn and an erased record are gone everywhere, and say so', async () => {
  const first = await publishFixture('berlin-tischlerei-angebote')
  const second = await publishFixture('berlin-hotel-dienstplan')
  await settle(net)

  await withdraw(net.berlin, { iss: net.berlin.iss, rid: first.rid, reason: 'outdated' })
  await erase(net.berlin, { iss: net.berlin.iss, rid: second.rid, reason: 'consent-revoked' })
  await settle(net)

  for (const { rid } of [first, second]) {
    expect(
      (
        await app.request(
          `/fallbeispiele/berlin/${rid}`,
          { headers: { accept: 'text/html' } },
          net.kiww,
        )
      ).status,
    ).toBe(410)
    expect((await app.request(`/api/records/berlin/${rid}`, {}, net.kiww)).status).toBe(410)
  }
  const kept = await net.kiww
    .sql`select 1 from entries where rid = ${second.rid} and content is not null`
  expect(kept).toHaveLength(0)
})
