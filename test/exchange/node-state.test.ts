import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { askPeers } from '../../src/exchange/ask-peers.ts'
import { fetchBlobs } from '../../src/exchange/fetch-blobs.ts'
import { startNewEpoch } from '../../src/exchange/new-epoch.ts'
import { NodeAnswer } from '../../src/exchange/node-answer.ts'
import { nodeState } from '../../src/exchange/node-state.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase } from '../../src/publications/take-back.ts'
import { followLog } from '../../src/search/follow.ts'
import { invite } from '../../src/staff/invite.ts'
import { caseFile, inputOf, type Loose } from '../publications/fixtures.ts'
import { openBrowser } from '../support/browser.ts'
import { pdf } from '../support/files.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { openRogue } from '../support/rogue.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

const say = async (hub: TestHub, change: Loose = {}) => {
  const input = { ...inputOf(caseFile), ...change }
  const answer = await publish(hub, { iss: hub.iss, input, fileOf: async () => pdf })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

const follow = async (...hubs: TestHub[]) => {
  net.clock.now += 600_000
  for (const hub of hubs) {
    await pullDue(hub)
    await followLog(hub)
  }
}

/** Berlin's feed as Berlin sees it held, after it has asked everybody. */
const own = async () => {
  net.clock.now += 600_000
  await askPeers(net.berlin)
  const state = NodeAnswer.parse(await nodeState(net.berlin, 'public'))
  const [feed] = state.own
  if (!feed) throw new Error('no feed')
  return { ...feed, held: Object.fromEntries(feed.heldBy.map((each) => [each.centres[0], each])) }
}

/** Berlin's feed as it stands elsewhere. */
const copyAt = async (hub: TestHub, audience: 'public' | 'members' = 'public') => {
  const { mirrored } = NodeAnswer.parse(await nodeState(hub, audience))
  return mirrored.find(({ iss, feed }) => iss === net.berlin.iss && feed === audience)
}

test('a centre sees who holds its entries, up to where, and how long somebody has lacked some', async () => {
  await say(net.berlin)
  await follow(net.kiww, net.brandenburg)
  const all = await own()
  await say(net.berlin)
  const stored = Math.floor(net.clock.now / 1000)
  await say(net.berlin)
  await follow(net.kiww)
  const later = await own()

  expect(all.held).toMatchObject({
    KIWW: { node: 'https://kiww.example', size: 1, missing: 0, erasedThrough: 1 },
    'Zukunftszentrum Brandenburg': { size: 1, missing: 0 },
  })
  expect(later.size).toBe(3)
  expect(later.held).toMatchObject({
    KIWW: { size: 3, missing: 0 },
    'Zukunftszentrum Brandenburg': { size: 1, missing: 2, missingSince: stored },
  })
  expect(later.held.KIWW?.since).toBeGreaterThan(all.held.KIWW?.since ?? 0)
  expect(later.held['Zukunftszentrum Brandenburg']?.since).toBe(
    all.held['Zukunftszentrum Brandenburg']?.since,
  )
})

test('an erasure is open at every node that has not confirmed it', async () => {
  await follow(net.kiww, net.brandenburg)
  const { rid } = await say(net.berlin)
  const [last] = await erase(net.berlin, { iss: net.berlin.iss, rid, reason: 'legal' })
  const at = Math.floor(net.clock.now / 1000)
  const unheard = await own()
  await follow(net.kiww)
  net.clock.now += 600_000
  await pullDue(net.brandenburg)
  const half = await own()
  await followLog(net.brandenburg)
  const all = await own()

  const [kiww, brandenburg] = ['https://kiww.example', 'https://brandenburg.example']
  const erasure = { seq: last?.seq, rid, at }
  expect(unheard.erasures).toEqual([{ ...erasure, confirmedBy: [], openAt: [kiww, brandenburg] }])
  expect(half.erasures).toEqual([{ ...erasure, confirmedBy: [kiww], openAt: [brandenburg] }])
  expect(half.held['Zukunftszentrum Brandenburg']?.missing).toBe(0)
  expect(all.erasures).toEqual([{ ...erasure, confirmedBy: [kiww, brandenburg], openAt: [] }])
})

test('of a copy one sees whether it is current, behind, without its files, or stopped and why', async () => {
  await follow(net.kiww)
  await askPeers(net.kiww)
  const current = await copyAt(net.kiww)
  await say(net.berlin, { attachments: [{ file: 'a.pdf', alt: 'Beispiel' }] })
  net.clock.now += 600_000
  await askPeers(net.kiww)
  const behind = await copyAt(net.kiww)
  await follow(net.kiww)
  const withoutFile = await copyAt(net.kiww)
  await fetchBlobs(net.kiww)
  const whole = await copyAt(net.kiww)

  expect(current).toMatchObject({ state: 'current', size: current?.stated, missingBlobs: 0 })
  expect(behind).toMatchObject({ state: 'behind', stated: (behind?.size ?? 0) + 1 })
  expect(withoutFile).toMatchObject({ state: 'current', missingBlobs: 1 })
  expect(whole).toMatchObject({ state: 'current', missingBlobs: 0 })
})

test('a peer that cannot be asked is named with its reason, and the rest is as it was', async () => {
  const reach = net.kiww.fetch
  net.kiww.fetch = async (input, init) => {
    const { host } = new URL(new Request(input, init).url)
    if (host === 'brandenburg.example') throw new TypeError('fetch failed')
    return reach(input, init)
  }
  net.clock.now += 600_000
  const since = Math.floor(net.clock.now / 1000)
  await askPeers(net.kiww)
  net.kiww.fetch = reach

  const { peers } = await nodeState(net.kiww, 'public')

  expect(peers).toMatchObject([
    { node: 'https://berlin.example', centres: ['Zukunftszentrum Berlin'], lastSuccess: since },
    { node: 'https://brandenburg.example', reason: 'unreachable', reasonSince: since },
  ])
  expect(peers[0]).not.toHaveProperty('reason')
})

test('strangers see public feeds alone, on the page and as JSON; who works for a centre sees all', async () => {
  await say(net.berlin, { visibility: 'members' })
  const stranger = await app.request('/knoten', {}, net.berlin)
  const answer = await app.request('/api/node', {}, net.berlin)
  const browser = openBrowser(net.berlin)
  await browser.join(
    await invite(net.berlin, { centre: 'berlin', roles: ['adviser'], by: 'operator' }),
  )
  const staff = await browser.get('/knoten')

  const feeds = NodeAnswer.parse(await answer.json())
  const public_ = [...feeds.own, ...feeds.mirrored].filter(({ feed }) => feed !== 'public')
  expect(public_).toEqual([])
  expect(feeds.own).toHaveLength(1)
  const html = await stranger.text()
  expect(html).not.toContain('nur für Zentren')
  expect(html).toMatch(/Suche:<\/strong> (Alle Beiträge sind|Im Suchindex fehlen)/)
  expect(staff.html).toContain('nur für Zentren')
  expect((await nodeState(net.berlin, 'members')).own).toHaveLength(2)
})

test('an epoch that the anchor has closed has ended; the one after it goes on', async () => {
  await startNewEpoch(net.kiww, {
    ...{ entityId: net.brandenburg.iss, feeds: ['public'], ends: {}, rejoins: false },
  })
  await learnTrust(net.berlin)
  await follow(net.berlin)

  const { mirrored } = await nodeState(net.berlin, 'public')

  const states = mirrored.filter(({ iss }) => iss === net.brandenburg.iss)
  expect(states).toMatchObject([
    { epoch: 1, state: 'ended' },
    { epoch: 2, reason: 'status-410' },
  ])
})

// Last: KIWW's feed stays stopped at Brandenburg.
test('of a feed that stopped one sees where and why, what has no effect and what is missing', async () => {
  const rogue = await openRogue(net.kiww, [net.brandenburg])
  await rogue.publish({ kind: 'unheard-of' }, '{"kind":"unheard-of"}')
  const withheld = await rogue.publish()
  delete withheld.content
  delete withheld.salt
  withheld.status = 'withheld'
  const broken = await rogue.publish()
  broken.content = Buffer.from('{}').toString('base64url')
  await follow(net.brandenburg)

  const { mirrored } = await nodeState(net.brandenburg, 'public')

  expect(mirrored.find(({ iss }) => iss === net.kiww.iss)).toMatchObject({
    ...{ state: 'stopped', size: 2, reason: 'content-digest', reasonSeq: 3 },
    faults: [{ seq: 1, fault: 'content: unknown-kind' }],
    withheld: [2],
  })
})
