/** The real thing that the model is held against: three nodes, a network that can be cut, backups, deaths. */
import { app } from '../../src/app.tsx'
import { runChores } from '../../src/chores.ts'
import { connect } from '../../src/database/connect.ts'
import { settleJournal } from '../../src/exchange/append.ts'
import { lookBack } from '../../src/exchange/catch-up.ts'
import { pullAfresh } from '../../src/exchange/pulls.ts'
import { feedNames } from '../../src/federation/statement.ts'
import type { Hub } from '../../src/hub.ts'
import { fileJournal } from '../../src/signing/file-journal.ts'
import { backUp, drop, restore } from '../support/database.ts'
import {
  type CentreName,
  openFederation,
  type TestFederation,
  type TestHub,
} from '../support/hub.ts'
import { watch } from '../support/watch.ts'

export const names = ['kiww', 'berlin', 'brandenburg'] as const satisfies CentreName[]

export interface World extends TestFederation {
  cut(one: CentreName, other: CentreName): void
  heal(): void
  isCut(one: CentreName, other: CentreName): boolean
  /** Makes a copy of the node's database; a later one takes its place. */
  backUp(name: CentreName): Promise<void>
  /** Puts the copy back: the node forgets what came since. */
  restore(name: CentreName): Promise<void>
}

const pairOf = (one: string, other: string) => [one, other].toSorted().join(' ')

export const openWorld = async (): Promise<World> => {
  const net = await openFederation()
  const cuts = new Set<string>()
  const backups = new Map<CentreName, string>()
  for (const name of names) separate(net, name, cuts)

  const whileClosed = async (name: CentreName, act: () => Promise<void>) => {
    const hub = net[name]
    await hub.sql.end()
    await act()
    hub.sql = connect(hub.databaseUrl, { max: 4 })
  }
  return {
    ...net,
    cut: (one, other) => cuts.add(pairOf(one, other)),
    heal: () => cuts.clear(),
    isCut: (one, other) => cuts.has(pairOf(one, other)),
    backUp: (name) =>
      whileClosed(name, async () => {
        await drop(backups.get(name))
        backups.set(name, await backUp(net[name].databaseUrl))
      }),
    restore: async (name) => {
      const backup = backups.get(name)
      if (!backup) throw new Error('there is no backup')
      await whileClosed(name, () => restore(net[name].databaseUrl, backup))
      await restart(net[name])
    },
    close: async () => {
      for (const name of names) await net[name].sql.end({ timeout: 1 })
      await net.close()
      for (const backup of backups.values()) await drop(backup)
    },
  }
}

/** What the node asks of others reaches them only where nobody has cut the line. */
const separate = (net: TestFederation, name: CentreName, cuts: Set<string>) => {
  const hub = net[name]
  const reach = hub.fetch
  hub.fetch = (input, init) => {
    const { origin } = new URL(new Request(input).url)
    const other = names.find((each) => net[each].config.origin === origin)
    if (other && cuts.has(pairOf(name, other))) return Promise.reject(new TypeError('fetch failed'))
    return reach(input, init)
  }
}

export const moments = ['signed', 'noted', 'appended'] as const
export type Moment = (typeof moments)[number]

/** The node as it is until it dies at that moment of its next signature; `died` resolves then. */
export const doomed = (hub: TestHub, moment: Moment): { hub: Hub; died: Promise<void> } => {
  const journal = fileJournal(hub.journalDirectory)
  const { promise: died, resolve } = Promise.withResolvers<void>()
  // Whoever is dead neither answers nor fails.
  const die = () => {
    resolve()
    return new Promise<never>(() => undefined)
  }
  const note: typeof journal.note =
    moment === 'signed' ? die : (...args) => journal.note(...args).then(die)
  const dying: Hub =
    moment === 'appended'
      ? { ...hub, journal, sql: watch(hub.sql, 'store_entries(', (query) => query.then(die)) }
      : { ...hub, journal: { ...journal, note } }
  return { hub: dying, died }
}

/** What the Node door does when it starts; the lease of who died is over. */
export const restart = async (hub: TestHub) => {
  hub.journal = fileJournal(hub.journalDirectory)
  await hub.sql`update feeds set signer = null, signer_until = null`
  await lookBack(hub)
  for (const feed of feedNames) {
    // Not being able to sign now is no reason not to start.
    await settleJournal(hub, hub.iss, feed)?.catch(() => undefined)
  }
  await pullAfresh(hub)
}

/** Some minutes pass, and these nodes do their chores. */
export const letTimePass = async ({ clock }: World, hubs: TestHub[]) => {
  clock.now += 6 * 60_000
  for (const hub of hubs) await runChores(hub)
}

/** Ids of the records that a reader of this node finds by a word. */
export const find = async (hub: Hub, word: string): Promise<string[]> => {
  const answer = await app.request(`/api/search?q=${word}`, {}, hub)
  const { hits } = (await answer.json()) as { hits: { rid: string }[] }
  return hits.map(({ rid }) => rid)
}
