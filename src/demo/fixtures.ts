/** The records that the demo starts with. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { centreIdAt } from '../config.ts'
import type { Reason, Role } from '../exchange/entry.ts'
import { pullFeed } from '../exchange/pull.ts'
import { newestEpochOf } from '../exchange/store.ts'
import { feedNames } from '../federation/statement.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { endorse } from '../publications/endorse.ts'
import { publish } from '../publications/publish.ts'
import { recordIdOf } from '../publications/record-id.ts'
import { erase, withdraw } from '../publications/take-back.ts'

const fixtures = new URL('../../fixtures/', import.meta.url)

interface DemoItem {
  file: string
  centre: string
  then?: { op: 'withdraw' | 'erase'; reason: Reason }
}

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(path, fixtures), 'utf8'))

/** When the demo's records are said to have been begun: their ids are the same wherever it starts. */
const begun = Date.parse('2026-01-05T08:00:00Z')

/** The id that the record of a fixture has in the demo. */
export const fixtureId = (file: string) =>
  recordIdOf(begun, createHash('sha256').update(file).digest())

/** `{"fixture": "berlin-x.json"}` names another fixture's record; `issOf` knows the centre by its slug. */
export const withReferences = (value: unknown, issOf: (slug: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((each) => withReferences(each, issOf))
  if (typeof value !== 'object' || value === null) return value
  const { fixture, ...members } = value as Record<string, unknown>
  const rest = Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, withReferences(member, issOf)]),
  )
  if (typeof fixture !== 'string') return rest
  const [slug = ''] = fixture.split('-')
  return { ...rest, iss: issOf(slug), rid: fixtureId(fixture) }
}

/**
 * Publishes what the demo's list names for this node's centre. Every item is one or two entries, so the
 * number of entries there tells how far an interrupted start came.
 */
export const loadFixtures = async (hub: Hub, slug: string, wanted: AbortSignal) => {
  const iss = centreIdAt(hub.config.origin, slug)
  const items = ((await readJson('demo.json')) as DemoItem[]).filter(
    ({ centre }) => centre === slug,
  )
  const issOf = await centreIds(hub)
  let done = await entriesOf(hub, iss)
  for (const { file, then } of items) {
    wanted.throwIfAborted()
    const steps = then ? 2 : 1
    if (done >= steps) {
      done -= steps
      continue
    }
    if (done === 0) await publishFile(hub, iss, file, issOf)
    done = 0
    const rid = fixtureId(file)
    if (then?.op === 'withdraw') await withdraw(hub, { iss, rid, reason: then.reason })
    if (then?.op === 'erase') await erase(hub, { iss, rid, reason: then.reason })
  }
}

const centreIds = async (hub: Hub) => {
  const known = new Map((await allCentres(hub.sql)).map(({ slug, id }) => [slug, id]))
  return (slug: string) => known.get(slug) ?? ''
}

interface DemoEndorsement {
  /** The record, by its file and its centre. */
  file: string
  of: string
  centre: string
  role: Role
}

/** Has this node's centre endorse what the demo's list names: once the record is here, and once only. */
export const loadEndorsements = async (hub: Hub, slug: string) => {
  const iss = centreIdAt(hub.config.origin, slug)
  const list = (await readJson('endorsements.json')) as DemoEndorsement[]
  for (const { file, of, centre, role } of list) {
    if (centre !== slug) continue
    const owner = (await allCentres(hub.sql)).find((each) => each.slug === of)
    if (!owner) throw new Error(`endorsement of ${file}: no centre ${of}`)
    await pullFeed(hub, owner, 'public')
    await endorse(hub, 'endorse', { iss, of, rid: fixtureId(file), role }).catch(unlessSaid)
  }
}

/** After an interrupted start it may have been said before. */
const unlessSaid = (error: unknown) => {
  if (!(error instanceof Problem && error.code === 'conflict')) throw error
}

const fileOf = (name: string) => readFile(new URL(`records/${name}`, fixtures))

const publishFile = async (
  hub: Hub,
  iss: string,
  file: string,
  issOf: (slug: string) => string,
) => {
  const input = withReferences(await readJson(`records/${file}`), issOf)
  const answer = await publish(hub, { iss, input, fileOf, rid: fixtureId(file), after: 0 })
  if (!answer.ok) throw new Error(`fixture ${file}: ${JSON.stringify(answer.faults)}`)
}

const entriesOf = async (hub: Hub, iss: string) => {
  const feeds = await Promise.all(feedNames.map((feed) => newestEpochOf(hub.sql, iss, feed)))
  return feeds.reduce((sum, [feed]) => sum + (feed?.size ?? 0), 0)
}
