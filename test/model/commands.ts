/** What may happen, as fast-check commands: each does it to the nodes and says what the model makes of it. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { pullDue } from '../../src/exchange/pulls.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { rotateKey } from '../../src/federation/rotate.ts'
import { vouch } from '../../src/federation/vouch.ts'
import type { Hub } from '../../src/hub.ts'
import { endorse } from '../../src/publications/endorse.ts'
import { narrow } from '../../src/publications/narrow.ts'
import { publish } from '../../src/publications/publish.ts'
import { erase, withdraw } from '../../src/publications/take-back.ts'
import { caseFile, inputOf } from '../publications/fixtures.ts'
import type { CentreName, TestHub } from '../support/hub.ts'
import {
  type Model,
  type ModelRecord,
  type ModelVersion,
  nextWord,
  noteErased,
  noteNarrowed,
  pickFrom,
} from './model.ts'
import { doomed, letTimePass, type Moment, moments, names, restart, type World } from './world.ts'

type Command = fc.AsyncCommand<Model, World>
type Feed = ModelRecord['feed']

/** A command with a name that reads well in a counterexample. */
const command = (
  name: string,
  run: (model: Model, world: World) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): Command => ({ check, run, toString: () => name })

/** A version's words in its title; the one for a file in a file. */
const say = async (
  hub: Hub,
  iss: string,
  feed: Feed,
  name: string,
  version: ModelVersion,
  rid?: string,
) => {
  const { word, file } = version
  const input = {
    ...inputOf(caseFile),
    title: `Belege ${name} ${word}`,
    visibility: feed,
    ...(file && { attachments: [{ file: 'belege.pdf', alt: 'Belege' }] }),
  }
  const fileOf = async () => Buffer.from(`%PDF-1.7 ${file} %%EOF`)
  const answer = await publish(hub, { iss, input, rid, fileOf })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published
}

const nextVersion = (model: Model, withFile: boolean): ModelVersion => ({
  word: nextWord(model),
  ...(withFile && { file: nextWord(model) }),
})

const publishing = (home: CentreName, feed: Feed, withFile: boolean) =>
  command(
    `${home} publishes for ${feed}${withFile ? ', with a file' : ''}`,
    async (model, world) => {
      const [name, version] = [nextWord(model), nextVersion(model, withFile)]
      const hub = world[home]
      const { rid } = await say(hub, hub.iss, feed, name, version)
      model.records.push({
        ...{ rid, home, feed, name },
        state: 'published',
        versions: [version],
        count: 1,
      })
    },
  )

const isPublished = ({ state }: ModelRecord) => state === 'published'
const isPublic = (record: ModelRecord) => isPublished(record) && record.feed === 'public'
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

const revising = (pick: number, withFile: boolean) =>
  on(
    `a new version${withFile ? ' with a file' : ''}`,
    pick,
    isNotErased,
    async (record, hub, model) => {
      const version = nextVersion(model, withFile)
      await say(hub, hub.iss, record.feed, record.name, version, record.rid)
      record.versions.push(version)
      record.count++
      record.state = 'published'
    },
  )

const narrowing = (pick: number) =>
  on('a narrowing', pick, isPublic, async (record, hub, model) => {
    await narrow(hub, { iss: hub.iss, rid: record.rid })
    noteNarrowed(model, record)
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
    model.erased.push(record.name)
    noteErased(model, record.versions.splice(0))
  })

/** Lets a node die at a moment of what it does, and start again. */
const dieWhile = async (home: TestHub, moment: Moment, act: (hub: Hub) => Promise<unknown>) => {
  const { hub, died } = doomed(home, moment)
  let failure: unknown
  const acting = act(hub)
  acting.catch((error) => {
    failure = error
  })
  await Promise.race([died, acting])
  expect(failure).toBeUndefined()
  await restart(home)
}

/** What died before it was noted never happened; what was noted has happened once the node is back. */
const dying = (home: CentreName, moment: Moment) =>
  command(`${home} dies when its entry is ${moment}`, async (model, world) => {
    const hub = world[home]
    const [name, version] = [nextWord(model), nextVersion(model, false)]
    await dieWhile(hub, moment, (doomed) => say(doomed, hub.iss, 'public', name, version))

    const [row] = await hub.sql<{ rid: string }[]>`
      select rid from records where teaser ->> 'title' like ${`%${version.word}`}
    `
    expect(row !== undefined).toBe(moment !== 'signed')
    if (!row) {
      // Not even a trace of it may be left.
      noteErased(model, [version])
      return
    }
    const { rid } = row
    model.records.push({
      ...{ rid, home, name },
      feed: 'public',
      state: 'published',
      versions: [version],
      count: 1,
    })
  })

/** Narrowing takes two signatures: what dies between them is finished by itself. */
const dyingNarrow = (pick: number, moment: Moment) =>
  on(
    `a narrowing that dies when its entry is ${moment}`,
    pick,
    isPublic,
    async (record, hub, model) => {
      await dieWhile(hub, moment, (doomed) => narrow(doomed, { iss: hub.iss, rid: record.rid }))
      if (moment !== 'signed') noteNarrowed(model, record)
    },
  )

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
      if (!record || !known || record.shelved === record.count) return
      record.shelved = record.count
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

/** It hears the news, and is cut off before the files come. */
const pullingOnly = (name: CentreName) =>
  command(`${name} pulls, and hears no more`, async (_, world) => {
    world.clock.now += 6 * 60_000
    await pullDue(world[name])
    for (const other of names) if (other !== name) world.cut(name, other)
  })

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
    const [held, proved] = await Promise.all([
      Promise.all(hubs.map(heldBy)),
      Promise.all(hubs.map(hasProofs)),
    ])
    if (new Set(held).size === 1 && proved.every(Boolean)) return
  }
  throw new Error('some have not heard everything')
}

/** How far a node is in every feed, its own among them. */
const heldBy = async ({ sql }: TestHub) => {
  const rows = await sql`select iss, feed, epoch, size, dig from feeds order by iss, feed, epoch`
  return JSON.stringify(rows)
}

/** Whether a node has the word of every other centre on how long its feeds are: also on one with nothing in it. */
const hasProofs = async ({ sql, iss }: TestHub) => {
  const lacking = await sql`
    select from feeds where iss <> ${iss} and closed_at is null and head_size is distinct from size
  `
  return lacking.length === 0
}

const anyName = fc.constantFrom(...names)
const anyPick = fc.nat({ max: 20 })

export const commands = fc.commands(
  [
    fc
      .tuple(anyName, fc.constantFrom<Feed>('public', 'members'), fc.boolean())
      .map((args) => publishing(...args)),
    fc.tuple(anyPick, fc.boolean()).map((args) => revising(...args)),
    anyPick.map(narrowing),
    fc.tuple(anyPick, fc.constantFrom(...moments)).map((args) => dyingNarrow(...args)),
    anyPick.map(withdrawing),
    anyPick.map(erasing),
    fc.tuple(anyName, fc.constantFrom(...moments)).map((args) => dying(...args)),
    anyPick.map(endorsing),
    anyName.map(rotating),
    anyName.map(restarting),
    anyName.map(chores),
    anyName.map(pullingOnly),
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
