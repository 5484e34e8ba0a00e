/**
 * A referral between two nodes on this machine, one of which is killed between two of its steps: while it brings the
 * letter, while it takes it, while it answers. `EVERY_STEP=1` kills it at each; else at one, another each time.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { app } from '../../src/app.tsx'
import { anchorIdAt, centreIdAt } from '../../src/config.ts'
import { refreshStatements } from '../../src/federation/anchor.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openHub } from '../../src/open-hub.ts'
import { referralOf } from '../../src/referrals/store.ts'
import { openTestDatabase, temporaryDirectory } from '../support/database.ts'
import { type Death, mortal } from '../support/mortal.ts'
import { freePorts } from '../support/program.ts'
import { answer, bring, type Part, type ReferralJob } from '../support/referral-crasher.ts'
import {
  about,
  chainHolds,
  heal,
  referTo,
  type Speaker,
  say,
  standOf,
  toldAt,
} from '../support/referrals.ts'

// Processes of their own need time where the machine is busy.
vi.setConfig({ testTimeout: process.env.EVERY_STEP ? 340_000 : 120_000, hookTimeout: 60_000 })

interface Node {
  settings: ReferralJob['settings']
  hub: Speaker
  /** Who answers in this process, as long as no other one stands in for it. */
  serving: Speaker
  server: Server
}

const clock = { now: Date.now() }
const closing: (() => Promise<unknown>)[] = []
let berlin: Node
let brandenburg: Node

beforeAll(async () => {
  const port = await freePorts(2)
  const origin = `http://127.0.0.1:${port}`
  const anchor = { id: anchorIdAt(origin), pins: [] as string[] }
  berlin = await openNode('berlin', origin, anchor)
  await refreshStatements(berlin.hub)
  anchor.pins.push((await federationKey(berlin.hub, anchor.id)).kid)
  brandenburg = await openNode('brandenburg', `http://127.0.0.1:${port + 1}`, anchor)
  for (const { hub } of [berlin, brandenburg]) {
    const { kid: fingerprint } = await federationKey(hub, hub.iss)
    await vouch(berlin.hub, { entityId: hub.iss, fingerprint })
  }
})
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
})

const openNode = async (slug: string, origin: string, anchor: Node['settings']['anchor']) => {
  const database = await openTestDatabase({ max: 1 })
  const place = await temporaryDirectory()
  const settings = {
    ...{ origin, centres: [{ slug, name: slug, regions: [] }], anchor, nudges: false },
    ...{ port: 1, hosts: [], logLevel: 'silent', dataDir: place, databaseUrl: database.url },
    secret: randomBytes(32).toString('base64url'),
  }
  const opened = await openHub(settings)
  const hub = { ...opened, now: () => clock.now, iss: centreIdAt(origin, slug) }
  const node: Node = { settings, hub, serving: hub, server: createServer() }
  await listen(node)
  closing.push(
    () => rm(place, { recursive: true }),
    () => database.close(),
    () => opened.close(),
    () => unlisten(node),
  )
  return node
}

const listen = async (node: Node) => {
  const { hostname, port } = new URL(node.settings.origin)
  node.server = createServer(getRequestListener((request) => app.fetch(request, node.serving)))
  await once(node.server.listen(Number(port), hostname), 'listening')
}

const unlisten = async ({ server }: Node) => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

/** How many steps a part has, when nobody dies. */
const stepsOf: Record<Part, (id: string) => Promise<number>> = {
  bring: async () => {
    const { hub, steps } = mortal(berlin.hub)
    await bring(hub)
    return steps()
  },
  take: async () => {
    const { hub, steps } = mortal(brandenburg.hub)
    brandenburg.serving = hub
    await bring(berlin.hub)
    brandenburg.serving = brandenburg.hub
    return steps()
  },
  answer: async (id) => {
    await bring(berlin.hub)
    const { hub, steps } = mortal(brandenburg.hub)
    await answer(hub, id)
    return steps()
  },
}

const crasher = join(import.meta.dirname, '../support/referral-crasher.ts')

const start = ({ settings, hub }: Node, job: Pick<ReferralJob, 'id' | 'part' | 'death'>) => {
  const whole: ReferralJob = { settings, iss: hub.iss, now: clock.now, ...job }
  const child = spawn(process.execPath, [crasher, JSON.stringify(whole)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { ready: once(child.stdout, 'data'), ended: once(child, 'close') }
}

/** A process does the part, and is dead before it is done. */
const die: Record<Part, (id: string, death: Death) => Promise<unknown>> = {
  bring: (id, death) => start(berlin, { id, part: 'bring', death }).ended,
  take: async (id, death) => {
    await unlisten(brandenburg)
    const { ready, ended } = start(brandenburg, { id, part: 'take', death })
    await Promise.race([ready, ended])
    await bring(berlin.hub)
    const how = await ended
    await listen(brandenburg)
    return how
  },
  answer: async (id, death) => {
    await bring(berlin.hub)
    return start(brandenburg, { id, part: 'answer', death }).ended
  },
}

/** What people do next, when nobody dies any more. */
const finish = async (id: string) => {
  const { hub } = brandenburg
  await heal(clock, berlin.hub, hub)
  const [referral] = await referralOf(hub.sql, hub.iss, id)
  if (referral?.state === 'received') await say(hub, id, { event: 'accepted' }, 'Gern.')
  await say(hub, id, { event: 'completed', outcome: 'advised' })
  await heal(clock, berlin.hub, hub)
}

const deathsIn = (steps: number): Death[] =>
  Array.from({ length: steps }, (_, n) => n + 1).flatMap((step) => [
    { step, when: 'before' },
    { step, when: 'after' },
  ])

const chosen = (all: Death[]) =>
  process.env.EVERY_STEP ? all : fc.sample(fc.constantFrom(...all), 1)

test.each(['bring', 'take', 'answer'] as const)(
  'a node that is killed while it does its part (%s) loses no letter, and does nothing twice',
  async (part) => {
    await refreshStatements(berlin.hub)
    for (const { hub } of [berlin, brandenburg]) await learnTrust(hub)
    const first = await referTo(berlin.hub, brandenburg.hub.iss)
    const deaths = deathsIn(await stepsOf[part](first))
    expect(deaths.length).toBeGreaterThan(10)

    for (const death of chosen(deaths)) {
      const id = await referTo(berlin.hub, brandenburg.hub.iss)
      const how = await die[part](id, death)
      await finish(id)

      const where = `${part} ${death.when} ${death.step}`
      const [here, there] = [await standOf(berlin.hub, id), await standOf(brandenburg.hub, id)]
      expect([where, how]).toEqual([where, [null, 'SIGKILL']])
      expect([where, there]).toEqual([where, here])
      expect([where, here.state, here.events.length, here.unconfirmed]).toEqual([
        ...[where, 'completed', 3, []],
      ])
      expect(await toldAt(brandenburg.hub, id)).toMatchObject([about, { note: 'Gern.' }])
      expect(await chainHolds(brandenburg.hub, id)).toBe(true)
    }
  },
)
