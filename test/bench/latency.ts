/**
 * From publishing on Berlin to being found on KIWW: the demo in a process of its own, as `npm start` runs it.
 * What is found was nudged, pulled, verified, stored and indexed. Needs dist/.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readDemoSettings } from '../../src/config.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { nodeSettings, originOf } from '../../src/demo/nodes.ts'
import { readState } from '../../src/demo/state.ts'
import { keptSecret, openHub } from '../../src/open-hub.ts'
import { publish } from '../../src/publications/publish.ts'
import { openPlace, root, startDemo } from './demo.ts'
import { median } from './figures.ts'

const count = 50
const period = 2
const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }

export interface Latency {
  /** Milliseconds. */
  median: number
  worst: number
  all: number[]
}

/** `apart`: milliseconds between being found and the next publication. */
export const benchLatency = async ({ apart = 0 } = {}): Promise<Latency> => {
  const { env, close } = await openPlace()
  const demo = await startDemo(env)
  try {
    const berlin = await openBerlin(env)
    const all: number[] = []
    for (let number = 0; number < count; number++) {
      all.push(await publishUntilFound(berlin, number))
      await pause(apart)
    }
    await berlin.close()
    return { median: median(all), worst: Math.max(...all), all }
  } finally {
    await demo.stop()
    await close()
  }
}

/** Berlin's hub once more, in this process, as the command line opens it beside the running demo. */
const openBerlin = async (env: Record<string, string>) => {
  const settings = readDemoSettings(env)
  const state = await readState(settings.dataDir)
  if (!state) throw new Error('the demo has no state')
  const database = await startEmbedded({ directory: join(settings.dataDir, 'postgres'), log })
  const node = nodeSettings(state, 1, settings)
  const hub = await openHub({
    ...node,
    databaseUrl: database.url('transfernetz_berlin'),
    secret: await keptSecret(node.dataDir),
  })
  const close = async () => {
    await hub.close()
    await database.stop()
  }
  const iss = `${node.origin}/centres/berlin`
  return { hub, iss, search: `${originOf(state.port, 0)}/api/search?q=`, close }
}

const publishUntilFound = async (
  { hub, iss, search }: Awaited<ReturnType<typeof openBerlin>>,
  number: number,
) => {
  const word = `Messwort${number}x`
  const path = join(root, 'fixtures/records/berlin-hotel-dienstplan.json')
  const input = { ...JSON.parse(await readFile(path, 'utf8')), title: `Dienstplan ${word}` }
  const began = performance.now()
  const answer = await publish(hub, { iss, input })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  for (;;) {
    const asked = performance.now()
    const found = (await (await fetch(search + word)).json()) as { total: number }
    if (found.total > 0) return performance.now() - began
    if (asked > began + 60_000) throw new Error(`${word} was not found within a minute`)
    await pause(period)
  }
}
