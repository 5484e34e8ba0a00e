import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { append } from '../../src/exchange/append.ts'
import { assertionFor } from '../../src/exchange/assertion.ts'
import { layToRest, planRest, resume } from '../../src/exchange/rest.ts'
import { Problem } from '../../src/problem.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { goodRecord } from '../support/rogue.ts'
import { centreAt, hear, read, say } from '../support/said.ts'

let net: TestFederation
let berlin: TestHub
let brandenburg: TestHub
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
  brandenburg = net.brandenburg
})
afterAll(() => net.close())

const hearAll = () => hear(net.kiww, berlin, brandenburg)
const nothing = { feed: 'members', epoch: 1, seq: 0, dig: '' }

describe('a centre that is suspended', () => {
  let last: string
  beforeAll(async () => {
    await say(berlin)
    last = (await say(berlin)).dig
    await read(net.kiww, berlin)
    await layToRest(net.kiww, { entityId: berlin.iss, status: 'suspended', ends: {} })
    await hearAll()
  })

  test('ends with the last entry that the anchor’s node has verified', async () => {
    expect(await centreAt(brandenburg, berlin.iss)).toMatchObject({
      status: 'suspended',
      valid_through: [{ feed: 'public', epoch: 1, seq: 2, dig: last }, nothing],
    })
  })

  test('is read up to there, by whoever comes late too, and signs nothing more', async () => {
    expect(await read(brandenburg, berlin)).toMatchObject({ received: 2 })
    await expect(say(berlin)).rejects.toThrow(Problem)
  })

  test('goes on asking, and gets entries without contents, so that erasures reach it', async () => {
    await append(brandenburg, {
      iss: brandenburg.iss,
      feed: 'members',
      operation: { op: 'publish', rid: newRecordId(net.clock.now), ver: 1, kind: 'case-example' },
      content: Buffer.from(JSON.stringify({ ...goodRecord, visibility: 'members' })),
    })
    const path = `/exchange/v1/entries?iss=${encodeURIComponent(brandenburg.iss)}&feed=members&epoch=1`
    const url = `${brandenburg.config.origin}${path}`

    const answer = await app.request(
      path,
      { headers: await assertionFor(berlin, url) },
      brandenburg,
    )

    expect(await answer.json()).toMatchObject({ entries: [{ status: 'withheld' }] })
    expect(await read(berlin, brandenburg, 'members')).toMatchObject({ received: 1 })
  })

  test('is not suspended once more', async () => {
    const again = { entityId: berlin.iss, status: 'suspended', ends: {} } as const

    await expect(planRest(net.kiww, again)).rejects.toThrow('ruht schon')
    await expect(layToRest(net.kiww, again)).rejects.toThrow('ruht schon')
  })

  test('may be ended, where it had stopped', async () => {
    const before = (await centreAt(net.kiww, berlin.iss)).valid_through

    await layToRest(net.kiww, { entityId: berlin.iss, status: 'ended', ends: { public: 1 } })
    await hearAll()

    expect(await centreAt(brandenburg, berlin.iss)).toMatchObject({
      status: 'ended',
      valid_through: before,
    })
  })

  test('goes on being listed by the anchor', async () => {
    const list = await app.request('/trust-anchor/list', {}, net.kiww)

    expect(await list.json()).toContain(berlin.iss)
  })

  test('is taken up again in new epochs that follow on where it stopped', async () => {
    await resume(net.kiww, berlin.iss)
    await hearAll()

    const { status, valid_through, feeds } = await centreAt(brandenburg, berlin.iss)
    expect({ status, valid_through }).toEqual({ status: 'active', valid_through: undefined })
    expect(feeds.public.at(-1)).toEqual({ epoch: 2, base: { epoch: 1, seq: 2, dig: last } })
    expect(feeds.members.at(-1)).toEqual({ epoch: 2, base: { epoch: 1, seq: 0, dig: '' } })
    await expect(resume(net.kiww, berlin.iss)).rejects.toThrow('schon tätig')
    expect(await say(berlin)).toMatchObject({ epoch: 2, seq: 1 })
    expect(await read(brandenburg, berlin)).toMatchObject({ received: 1 })
  })
})

describe('an end', () => {
  beforeEach(async () => {
    await read(net.kiww, brandenburg)
  })

  test('that the operator chooses lies where an entry was verified', async () => {
    const { dig } = await say(brandenburg)
    await say(brandenburg)
    await read(net.kiww, brandenburg)
    const plan = (seq: number) =>
      planRest(net.kiww, {
        entityId: brandenburg.iss,
        status: 'ended',
        ends: { public: seq, members: 0 },
      })

    expect(await plan(1)).toEqual([{ feed: 'public', epoch: 1, seq: 1, dig }, nothing])
    await expect(plan(3)).rejects.toThrow('nur 2 Einträge geprüft')
  })

  test('is stated of a centre only that the anchor knows, and only by the anchor', async () => {
    const end = (hub: TestHub, entityId: string) =>
      layToRest(hub, { entityId, status: 'ended', ends: {} })

    await expect(end(net.kiww, 'https://hessen.example/centres/hessen')).rejects.toThrow(Problem)
    await expect(end(net.kiww, net.kiww.config.anchor.id)).rejects.toThrow(Problem)
    await expect(end(berlin, brandenburg.iss)).rejects.toThrow(Problem)
  })
})
