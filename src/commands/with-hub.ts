/** Opening the hub that a command is about: a node of the demo, or the one that the environment describes. */
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import {
  ConfigError,
  ownCentreId,
  readDemoSettings,
  readSettings,
  runsAnchor,
  type Settings,
} from '../config.ts'
import { startEmbedded } from '../database/embedded.ts'
import { demoNodes } from '../demo/nodes.ts'
import { fullSettings } from '../demo/settings.ts'
import { readState } from '../demo/state.ts'
import { repeatTakenBack } from '../exchange/repeat.ts'
import type { Hub } from '../hub.ts'
import { foundSecret, keptSecret, type OpenHub, openDirectory, openHub } from '../open-hub.ts'
import { stopSignal } from './stop.ts'

type Env = Record<string, string | undefined>

/** What a command says is its result, for people or for programs: the log goes elsewhere. */
const logTo = pino.destination(2)

/** Whoever presses Ctrl-C waits for the end of the act: cut off, it might leave a database running. */
const finishAnyway = stopSignal
type Act<T> = (hub: OpenHub) => Promise<T>

/** Runs an act on the node that speaks for a centre, and closes it again. */
export const withCentre = async <T>(
  env: Env,
  slug: string,
  act: (hub: OpenHub, iss: string) => Promise<T>,
): Promise<T> =>
  env.ORIGIN
    ? withServed(env, (hub) => actAs(hub, slug, act))
    : withDemo(env, [demoIndexOf(slug)], (hub) => actAs(hub, slug, act)).then(
        ([first]) => first as T,
      )

/** The same for an act that signs an entry: what a new epoch owes comes first, also where no node runs to see to it. */
export const withSigner: typeof withCentre = (env, slug, act) =>
  withCentre(env, slug, async (hub, iss) => {
    await repeatTakenBack(hub)
    return act(hub, iss)
  })

/** Runs an act on the node of the environment, or on each node of the demo. */
export const withEvery = async <T>(env: Env, act: Act<T>): Promise<T[]> =>
  env.ORIGIN ? [await withServed(env, act)] : withDemo(env, [...demoNodes.keys()], act)

/** Runs an act on the node that runs the trust anchor. */
export const withAnchor = async <T>(env: Env, act: Act<T>): Promise<T> => {
  if (env.ORIGIN && !runsAnchor(readSettings(env))) {
    throw new ConfigError('Der Vertrauensanker wird an einem anderen Knoten betrieben.')
  }
  return env.ORIGIN ? withServed(env, act) : withDemo(env, [0], act).then(([first]) => first as T)
}

const actAs = <T>(hub: OpenHub, slug: string, act: (hub: OpenHub, iss: string) => Promise<T>) => {
  const { centres } = hub.config
  const centre = centres.find((own) => own.slug === slug)
  if (centre) return act(hub, ownCentreId(hub.config, centre))
  throw unknownCentre(
    slug,
    centres.map((own) => own.slug),
  )
}

const unknownCentre = (slug: string, known: string[]) =>
  new ConfigError(
    `Für das Zentrum „${slug}“ spricht dieser Knoten nicht, nur für: ${known.join(', ')}.`,
  )

const demoIndexOf = (slug: string) => {
  const index = demoNodes.findIndex((node) => node.slug === slug)
  if (index !== -1) return index
  throw unknownCentre(
    slug,
    demoNodes.map((node) => node.slug),
  )
}

/** Runs an act on the node that the environment describes. */
export const withServed = async <T>(
  env: Env,
  act: Act<T>,
  bring?: (hub: Hub) => Promise<unknown>,
): Promise<T> => {
  if (!env.ORIGIN) throw new ConfigError('Das geht nur an einem eigenen Knoten, nicht an der Demo.')
  finishAnyway()
  const read = readSettings(env)
  const { settings, release } = await servedSettings(read, pino({ level: read.logLevel }, logTo))
  try {
    return await opened(settings, act, bring)
  } finally {
    await release()
  }
}

/** Runs an act on the environment's node before it makes or opens any key of its own. */
export const withBare = async <T>(env: Env, act: (hub: Hub) => Promise<T>): Promise<T> => {
  let result: T | undefined
  await withServed(
    env,
    async () => undefined,
    async (hub) => {
      result = await act(hub)
    },
  )
  return result as T
}

/** Makes the secret of the environment's node, where none is set. */
export const ensureSecret = async (env: Env) => {
  if (!env.ORIGIN) return
  const { secret, dataDir } = readSettings(env)
  if (secret === undefined) await keptSecret(dataDir)
}

/** The environment's node with its database, which is the embedded one where none is named. */
export const servedSettings = async (settings: Settings, log: Logger) => {
  const { databaseUrl, dataDir } = settings
  const secret = settings.secret ?? (await foundSecret(dataDir))
  if (secret === undefined) {
    throw new ConfigError(
      `NODE_SECRET fehlt. Es verschlüsselt die Schlüssel dieses Knotens; „transfernetz init“ legt es in ${dataDir} an.`,
    )
  }
  if (databaseUrl !== undefined) {
    return { settings: { ...settings, secret, databaseUrl }, release: async () => undefined }
  }
  await openDirectory(dataDir)
  const database = await startEmbedded({ directory: join(dataDir, 'postgres'), log })
  await database.ensureDatabase('transfernetz')
  const url = database.url('transfernetz')
  return { settings: { ...settings, secret, databaseUrl: url }, release: () => database.stop() }
}

const withDemo = async <T>(env: Env, indexes: number[], act: Act<T>): Promise<T[]> => {
  const settings = readDemoSettings(env)
  const state = await readState(settings.dataDir)
  if (!state?.loaded) {
    throw new ConfigError(
      `In ${settings.dataDir} gibt es noch keine Daten. Starten Sie zuerst die Demo mit „npm start“, oder nennen Sie mit ORIGIN, CENTRES und DATABASE_URL einen eigenen Knoten.`,
    )
  }
  finishAnyway()
  const log = pino({ level: settings.logLevel }, logTo)
  const database = await startEmbedded({ directory: join(settings.dataDir, 'postgres'), log })
  try {
    const results: T[] = []
    for (const index of indexes) {
      results.push(await opened(await fullSettings(state, index, settings, database), act))
    }
    return results
  } finally {
    await database.stop()
  }
}

const opened = async <T>(
  settings: Parameters<typeof openHub>[0],
  act: Act<T>,
  bring?: (hub: Hub) => Promise<unknown>,
): Promise<T> => {
  const hub = await openHub(settings, bring, logTo)
  try {
    return await act(hub)
  } finally {
    await hub.close()
  }
}
