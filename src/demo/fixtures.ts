/** The records that the demo starts with. */
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
import { erase, withdraw } from '../publications/take-back.ts'

const fixtures = new URL('../../fixtures/', import.meta.url)

interface DemoItem {
  file: string
  centre: string
  then?: { op: 'withdraw' | 'erase'; reason: Reason }
}

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(path, fixtures), 'utf8'))

/**
 * Publishes what the demo's list names for this node's centre. Every item is one or two entries, so the
 * number of entries there tells how far an interrupted start came.
 */
export const loadFixtures = async (hub: Hub, slug: string, wanted: AbortSignal) => {
  const iss = centreIdAt(hub.config.origin, slug)
  const items = ((await readJson('demo.json')) as DemoItem[]).filter(
    ({ centre }) => centre === slug,
  )
  let done = await entriesOf(hub, iss)
  for (const { file, then } of items) {
    wanted.throwIfAborted()
    const steps = then ? 2 : 1
    if (done >= steps) {
      done -= steps
      continue
    }
    const rid = done === 1 ? await newestRecord(hub, iss) : await publishFile(hub, iss, file)
    done = 0
    if (then?.op === 'withdraw') await withdraw(hub, { iss, rid, reason: then.reason })
    if (then?.op === 'erase') await erase(hub, { iss, rid, reason: then.reason })
  }
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
    const rid = await recordTitled(hub, owner.id, (await readJson(`records/${file}`)) as Titled)
    await endorse(hub, 'endorse', { iss, of, rid, role }).catch(unlessSaid)
  }
}

/** After an interrupted start it may have been said before. */
const unlessSaid = (error: unknown) => {
  if (!(error instanceof Problem && error.code === 'conflict')) throw error
}

interface Titled {
  title: string
}

const recordTitled = async (hub: Hub, iss: string, { title }: Titled) => {
  const [record] = await hub.sql<{ rid: string }[]>`
    select rid from records where iss = ${iss} and teaser ->> 'title' = ${title}
  `
  return record?.rid ?? ''
}
const fileOf = (name: string) => readFile(new URL(`records/${name}`, fixtures))

const publishFile = async (hub: Hub, iss: string, file: string) => {
  const answer = await publish(hub, { iss, input: await readJson(`records/${file}`), fileOf })
  if (!answer.ok) throw new Error(`fixture ${file}: ${JSON.stringify(answer.faults)}`)
  return answer.published.rid
}

const entriesOf = async (hub: Hub, iss: string) => {
  const feeds = await Promise.all(feedNames.map((feed) => newestEpochOf(hub.sql, iss, feed)))
  return feeds.reduce((sum, [feed]) => sum + (feed?.size ?? 0), 0)
}

const newestRecord = async (hub: Hub, iss: string) => {
  const [record] = await hub.sql<{ rid: string }[]>`
    select e.rid from entries e join feeds f on f.id = e.feed_id
    where f.iss = ${iss} order by e.position desc limit 1
  `
  return record?.rid ?? ''
}
