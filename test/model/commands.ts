/** What may happen, as fast-check commands: each does it to the nodes and says what the model makes of it. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { rotateKey } from '../../src/federation/rotate.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { endorse } from '../../src/publications/endorse.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import type { CentreName, TestHub } from '../support/hub.ts'
import { type Model, type ModelRecord, nextWord, pickFrom } from './model.ts'
import { doomed, letTimePass, type Moment, moments, names, restart, type World } from './world.ts'

type Command = fc.AsyncCommand<Model, World>
type Feed = ModelRecord['feed']

/** A command with a name that reads well in a counterexample. */
const command = (
  name: string,
  run: (model: Model, world: World) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): Command => ({ check, run, toString: () => name })

const inputWith = (feed: Feed, ...words: string[]) => ({
  ...inputOf(caseFile),
  title: `Belege ${words.join(' ')}`,
  visibility: feed,
})

const say = async (hub: TestHub, feed: Feed, words: string[], rid?: string) => {
  const answer = await publish(hub, { iss: hub.iss, input: inputWith(feed, ...words), rid })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

const publishing = (home: CentreName, feed: Feed) =>
  command(`${home} publishes for ${feed}`, async (model, world) => {
    const [name, word] = [nextWord(model), nextWord(model)]
    const { rid } = await say(world[home], feed, [name, word])
    model.records.push({ rid, home, feed, state: 'published', name, words: [word] })
  })

const isPublished = ({ state }: ModelRecord) => state === 'published'
const isNotErased = ({ state }: ModelRecord) => state !== 'erased'

/** Something done to one of the records that it may be done to. */
const on = (
  name: string,
  pick: number,
  may: (record: ModelRecord) => boolean,
  act: (record: ModelRecord, hub: TestHub, model: Model) => Promise<void>,
) =>
  command(
    `${name} (${pick})`,
    async (model, world) => {
      const record = pickFrom(model, pick, may)
      if (record) await act(record, world[record.home], model)
    },
    (model) => pickFrom(model, pick, may) !== undefined,
  )

const revising = (pick: number) =>
  on('a new version', pick, isNotErased, async (record, hub, model) => {
    const word = nextWord(model)
    await say(hub, record.feed, [record.name, word], record.rid)
    record.words.push(word)
    record.state = 'published'
  })

const withdrawing = (pick: number) =>
  on('a withdrawal', pick, isPublished, async (record, hub) => {
    await withdraw(hub, { iss: hub.iss, rid: record.rid, reason: 'outdated' })
    record.state = 'withdrawn'
  })

const erasing = (pick: number) =>
  on('an erasure', pick, isNotErased, async (record, hub, model) => {
    await erase(hub, { iss: hub.iss, rid: record.rid, reason: 'legal' })
    record.state = 'erased'
    model.erased.push(record.name, ...record.words)
  })

/** What died before it was noted never happened; what was noted has happened once the node is back. */
const dying = (home: CentreName, moment: Moment) =>
  command(`${home} dies when its entry is ${moment}`, async (model, world) => {
    const [name, word] = [nextWord(model), nextWord(model)]
    const { hub, died } = doomed(world[home], moment)
    let failure: unknown
    const saying = publish(hub, { iss: world[home].iss, input: inputWith('public', name, word) })
    saying.catch((error) => {
      failure = error
    })
    await Promise.race([died, saying])
    expect(failure).toBeUndefined()

    await restart(world[home])

    const [row] = await world[home].sql<{ rid: string }[]>`
      select rid from records where teaser ->> 'title' like ${`%${word}`}
    `
    expect(row !== undefined).toBe(moment !== 'signed')
    if (row) {
      const { rid } = row
      model.records.push({ rid, home, feed: 'public', state: 'published', name, words: [word] })
    } else {
      // Not even a trace of it may be left.
      model.erased.push(word)
    }
  })

/** KIWW puts a record that it knows on the nationwide shelf. */
const endorsing = (pick: number) =>
  command(
    `the shelf takes a record (${pick})`,
    async (model, { kiww }) => {
      const record = pickFrom(model, pick, isPublished)
      const [known] = await kiww.sql`
        select from records where rid = ${record?.rid ?? null} and teaser is not null and not hidden
      `
      // Of one version it is said once.
      if (!record || !known || record.shelved === record.words.length) return
      record.shelved = record.words.length
      const { home: of, rid } = record
      await endorse(kiww, 'endorse', { iss: kiww.iss, of, rid, role: 'shelf' })
    },
    (model) => pickFrom(model, pick, isPublished) !== undefined,
  )

/** A new signing key, which the anchor states: the node signs with it, and the others still believe the old one. */
const rotating = (name: CentreName) =>
  command(`${name} changes its signing key`, async (model, world) => {
    if (name !== 'kiww' && world.isCut(name, 'kiww')) return
    const hub = world[name]
    await rotateKey(hub, hub.iss, 'sig')
    const { kid: fingerprint } = await federationKey(hub, hub.iss)
    expect(await vouch(world.kiww, { entityId: hub.iss, fingerprint })).toMatchObject({ ok: true })
    await learnTrust(hub)
    // A backup from before lacks the key.
    model.backedUp.delete(name)
  })

const restarting = (name: CentreName) =>
  command(`${name} starts again`, (_, world) => restart(world[name]))

const chores = (name: CentreName) =>
  command(`${name} does its chores`, (_, world) => letTimePass(world, [world[name]]))

const cutting = (one: CentreName, other: CentreName) =>
  command(`no line between ${one} and ${other}`, async (_, world) => world.cut(one, other))

const healing = () => command('all lines are mended', async (_, world) => world.heal())

const backingUp = (name: CentreName) =>
  command(`${name} is backed up`, async (model, world) => {
    await world.backUp(name)
    model.backedUp.add(name)
  })

/** Only what others hold can come back: before, everybody hears everything. */
const restoring = (name: CentreName) =>
  command(
    `${name} is restored from its backup`,
    async (_, world) => {
      world.heal()
      await rest(world)
      await world.restore(name)
      await rest(world)
    },
    (model) => model.backedUp.has(name),
  )

/** More than anything that was lost, refused or put off needs. */
const patience = 8

/** Until everybody has heard everything. */
export const rest = async (world: World) => {
  world.heal()
  const hubs = names.map((name) => world[name])
  for (let round = 0; round < patience; round++) {
    await letTimePass(world, hubs)
    const held = await Promise.all(hubs.map(heldBy))
    if (new Set(held).size === 1) return
  }
  throw new Error('some have not heard everything')
}

/** How far a node is in every feed, its own among them. */
const heldBy = async ({ sql }: TestHub) => {
  const rows = await sql`select iss, feed, epoch, size, dig from feeds order by iss, feed, epoch`
  return JSON.stringify(rows)
}

const anyName = fc.constantFrom(...names)
const anyPick = fc.nat({ max: 20 })

export const commands = fc.commands(
  [
    fc
      .tuple(anyName, fc.constantFrom<Feed>('public', 'members'))
      .map((args) => publishing(...args)),
    anyPick.map(revising),
    anyPick.map(withdrawing),
    anyPick.map(erasing),
    fc.tuple(anyName, fc.constantFrom(...moments)).map((args) => dying(...args)),
    anyPick.map(endorsing),
    anyName.map(rotating),
    anyName.map(restarting),
    anyName.map(chores),
    fc
      .tuple(anyName, anyName)
      .filter(([one, other]) => one !== other)
      .map((args) => cutting(...args)),
    fc.constant(undefined).map(healing),
    anyName.map(backingUp),
    anyName.map(restoring),
  ],
  { size: 'max', maxCommands: 30 },
)
