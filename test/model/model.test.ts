/**
 * Three nodes against a model in memory: whatever happens to them, in the end they hold the same, can prove it,
 * find exactly what is published, and have nothing left of what was erased.
 */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { verifyFeed } from '../../src/exchange/verify-feed.ts'
import { readOne } from '../../src/publications/reading.ts'
import type { TestHub } from '../support/hub.ts'
import { commands, rest } from './commands.ts'
import { emptyModel, type Model } from './model.ts'
import { find, names, openWorld, type World } from './world.ts'

const runs = Number(process.env.MODEL_RUNS ?? 2)
const chosen = process.env.MODEL_SEED

vi.setConfig({ testTimeout: 60_000 + runs * 20_000 })

const seeds = chosen === undefined ? [20_261_126, Date.now() % 2 ** 31] : [Number(chosen)]

test.each(seeds)(
  'whatever happens, in the end everybody holds, shows and proves the same (MODEL_SEED=%i)',
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        const world = await openWorld()
        const model = emptyModel()
        try {
          await fc.asyncModelRun(() => ({ model, real: world }), list)
          await rest(world)
          await expectTheSame(world)
          await expectProofs(world)
          await expectFound(model, world)
          await expectRead(model, world)
          await expectFiles(model, world)
          await expectErased(model, world)
        } finally {
          await world.close()
        }
      }),
      { seed, numRuns: runs, endOnFailure: runs < 20 },
    )
  },
)

const hubsOf = (world: World) => names.map((name) => world[name])

const expectTheSame = async (world: World) => {
  const held = await Promise.all(hubsOf(world).map(entriesAt))
  for (const entries of held) expect(entries).toEqual(held[0])
}

const entriesAt = async ({ sql }: TestHub) => {
  const rows = await sql`
    select f.iss, f.feed, f.epoch, e.seq, e.dig, e.fault from entries e join feeds f on f.id = e.feed_id
    order by f.iss, f.feed, f.epoch, e.seq
  `
  return [...rows]
}

/** Every feed, as every node serves it. */
const expectProofs = async (world: World) => {
  for (const { iss } of hubsOf(world)) {
    for (const server of hubsOf(world)) {
      const verdict = await verifyFeed(world.kiww, {
        anchor: world.kiww.config.anchor.id,
        pins: world.berlin.config.anchor.pins,
        entityId: iss,
        feed: 'public',
        from: server.config.origin,
      })
      expect(verdict).toMatchObject({ ok: true, proof: { faults: [] } })
    }
  }
}

/** Exactly what is published for everybody is found, by its newest words. */
const expectFound = async ({ records }: Model, world: World) => {
  for (const hub of hubsOf(world)) {
    for (const { rid, feed, state, versions } of records) {
      const newest = versions.at(-1)?.word
      if (newest === undefined) continue
      const shown = feed === 'public' && state === 'published'
      expect({ newest, found: (await find(hub, newest)).includes(rid) }).toEqual({
        newest,
        found: shown,
      })
    }
  }
}

/** Whoever works for a centre reads exactly what is published, in its newest version. */
const expectRead = async ({ records }: Model, world: World) => {
  for (const hub of hubsOf(world)) {
    for (const { rid, home, state, versions } of records) {
      const one = await readOne(hub, 'members', home, rid)
      expect(one.state).toBe(state)
      if (one.state === 'published') expect(one.content).toContain(versions.at(-1)?.word)
    }
  }
}

/** Every node has the files of all versions that were not erased, and no others. */
const expectFiles = async ({ records }: Model, world: World) => {
  const files = records.flatMap(({ versions }) => versions.flatMap(({ file }) => file ?? []))
  for (const hub of hubsOf(world)) {
    const rows = await hub.sql<{ bytes: Buffer | null }[]>`select bytes from blobs`
    const held = rows.map(({ bytes }) => bytes?.toString().split(' ')[1])
    expect(held.toSorted()).toEqual(files.toSorted())
  }
}

/** In no row of any table, neither as text nor as bytes. */
const expectErased = async ({ erased }: Model, world: World) => {
  for (const hub of hubsOf(world)) {
    const everything = await everythingIn(hub)
    for (const word of erased) {
      expect(everything).not.toContain(word)
      expect(everything).not.toContain(Buffer.from(word).toString('hex'))
    }
  }
}

const everythingIn = async ({ sql }: TestHub) => {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'
  `
  const texts = tables.map(async ({ name }) => {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`
    return rows.map(({ row }) => row).join('\n')
  })
  return (await Promise.all(texts)).join('\n')
}
