/**
 * Run by crash.test.ts as a process of its own: `node crasher.ts JOB`. Does what the job says, telling each thing
 * done in a line of JSON, and ends itself without warning at the moment named.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pullDue } from '../../src/exchange/pulls.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import type { Hub } from '../../src/hub.ts'
import { openHub } from '../../src/open-hub.ts'
import { narrow } from '../../src/publications/narrow.ts'
import { publish } from '../../src/publications/publish.ts'
import { followLog } from '../../src/search/follow.ts'
import { type Around, watch } from './watch.ts'

export interface Job {
  settings: Parameters<typeof openHub>[0]
  act: 'publish' | 'publish on and on' | 'narrow' | 'pull' | 'index'
  /** Entity id of the centre that is published for. */
  iss: string
  /** How many publish on and on beside each other; they tell what they begin, too. */
  writers?: number
  /** To be narrowed. */
  rid?: string
  moment?: 'signed' | 'noted' | 'appended' | 'one page stored' | 'about to index'
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Nothing after this happens. */
const die = () => {
  process.kill(process.pid, 'SIGKILL')
  return new Promise<never>(() => undefined)
}

const dieAfter: Around = (query) => query.then(die)

const doomed = (hub: Hub): Hub => {
  const { journal, sql } = hub
  if (!journal) throw new Error('no journal')
  switch (job.moment) {
    case 'signed':
      return { ...hub, journal: { ...journal, note: die } }
    case 'noted':
      return { ...hub, journal: { ...journal, note: (...args) => journal.note(...args).then(die) } }
    case 'appended':
    case 'one page stored':
      return { ...hub, sql: watch(sql, 'store_entries(', dieAfter) }
    case 'about to index':
      return { ...hub, sql: watch(sql, 'index_records(', die) }
    default:
      return hub
  }
}

const fixture = join(import.meta.dirname, '../../fixtures/records/berlin-hotel-dienstplan.json')
const input = JSON.parse(await readFile(fixture, 'utf8'))

/** Each act is noted outside before it begins and when it is done. */
const publishOnAndOn = async (hub: Hub, writer: string) => {
  for (let number = 1; ; number++) {
    tell({ writer, began: number })
    const done = await publishOne(hub).catch(() => undefined)
    tell(done ? { writer, done: number, ...done } : { writer, failed: number })
    // Where the database is away, nobody asks it without a pause.
    if (!done) await pause(20)
  }
}

const publishOne = async (hub: Hub) => {
  const answer = await publish(hub, { iss: job.iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  const { rid, seq, dig } = answer.published
  return { rid, seq, dig }
}

const pull = async (hub: Hub) => {
  await learnTrust(hub)
  tell({ due: await pullDue(hub) })
}

const hub = doomed(await openHub(job.settings))
if (job.act === 'publish') tell(await publishOne(hub))
if (job.act === 'publish on and on') {
  const writers = Array.from({ length: job.writers ?? 1 }, (_, i) => `${process.pid}-${i}`)
  await Promise.all(writers.map((writer) => publishOnAndOn(hub, writer)))
}
if (job.act === 'narrow') tell(await narrow(hub, { iss: job.iss, rid: job.rid ?? '' }))
if (job.act === 'pull') await pull(hub)
if (job.act === 'index') tell({ indexed: await followLog(hub) })
// Closing would wait for sessions that were ended under it.
process.exit(0)
