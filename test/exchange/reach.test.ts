import { afterAll, beforeAll, expect, test } from 'vitest'
import { askPeers } from '../../src/exchange/ask-peers.ts'
import { planNewEpoch } from '../../src/exchange/new-epoch.ts'
import { reachOf, readToEnd } from '../../src/exchange/reach.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'
import { read, say } from '../support/said.ts'

let net: TestFederation
let last: string
beforeAll(async () => {
  net = await openFederation()
  await say(net.berlin)
  await read(net.kiww, net.berlin)
  await say(net.berlin)
  last = (await say(net.berlin)).dig
  await read(net.brandenburg, net.berlin)
  net.network.delete(net.berlin.config.origin)
})
afterAll(() => net.close())

const reach = async () => {
  const [publicFeed] = await reachOf(net.kiww, net.berlin.iss)
  return publicFeed
}

test('an operator sees what the anchor’s node has verified, and who has not said yet how much it holds', async () => {
  const silent = { said: null }

  expect(await reach()).toMatchObject({
    feed: 'public',
    size: 1,
    holders: [
      { names: 'Zukunftszentrum Berlin', ...silent },
      { names: 'Zukunftszentrum Brandenburg', ...silent },
    ],
  })
})

test('what others hold beyond is read from them, where the centre is gone', async () => {
  await askPeers(net.kiww)
  const before = await reach()
  const tried = await readToEnd(net.kiww, net.berlin.iss)
  const after = await reach()

  expect(before?.holders[1]).toMatchObject({ said: { size: 3, agrees: null } })
  expect(tried.filter(({ feed }) => feed === 'public')).toEqual([
    {
      feed: 'public',
      source: `${net.berlin.config.origin}/exchange/v1/entries`,
      reason: 'unreachable',
    },
    { feed: 'public', source: `${net.brandenburg.config.origin}/exchange/v1/entries` },
  ])
  expect(after).toMatchObject({ size: 3, dig: last })
  expect(after?.holders[1]).toMatchObject({ said: { agrees: true } })
})

test('a node that names another entry at the same number is noticed', async () => {
  await net.kiww.sql`update held_feeds set dig = ${'A'.repeat(43)} where size = 3`

  expect((await reach())?.holders[1]).toMatchObject({ said: { size: 3, agrees: false } })
})

test('a feed that is forked begins anew before its fork, unless the operator knows which branch is right', async () => {
  await net.kiww
    .sql`update feeds set forked_at = 3 where iss = ${net.berlin.iss} and feed = 'public'`
  const base = async (ends: { public?: number }) => {
    const planned = await planNewEpoch(net.kiww, {
      ...{ entityId: net.berlin.iss, feeds: ['public'], ends, rejoins: false },
    })
    return planned.ok && planned.plan.bases[0]?.seq
  }

  expect([await base({}), await base({ public: 3 })]).toEqual([2, 3])
})
