/** Long-running commands: the demo, and one node. */
import { pino } from 'pino'
import { readDemoSettings, readSettings } from '../config.ts'
import { startDemo } from '../demo/demo.ts'
import { demoNodes, originOf } from '../demo/nodes.ts'
import { startNode } from '../node.ts'
import { say } from './say.ts'
import { servedSettings } from './with-hub.ts'

type Env = Record<string, string | undefined>

export const runDemo = async (env: Env): Promise<number> => {
  const began = performance.now()
  const settings = readDemoSettings(env)
  say('Transfernetz startet …')
  const demo = await startDemo(settings, pino({ level: settings.logLevel }))
  const { port } = demo.state
  const seconds = ((performance.now() - began) / 1000).toFixed(1).replace('.', ',')
  say(`Bereit nach ${seconds} Sekunden. Drei Knoten tauschen unterschriebene Beiträge aus:`)
  say()
  for (const [index, { name }] of demoNodes.entries()) {
    say(`  ${originOf(port, index)}   ${name}${index === 0 ? ' (mit Vertrauensanker)' : ''}`)
  }
  say()
  say('Zum Ausprobieren, in einem zweiten Fenster:')
  say('  npx transfernetz publish fixtures/records/berlin-tischlerei-angebote.json --centre berlin')
  say(`  npx transfernetz verify ${originOf(port, 1)}/centres/berlin --from ${originOf(port, 0)}`)
  say('  npx transfernetz status')
  say()
  say(`Daten: ${settings.dataDir} · Beenden: Strg+C`)
  await untilSignal()
  say('Transfernetz wird beendet …')
  await demo.stop()
  return 0
}

export const runNode = async (env: Env): Promise<number> => {
  const { settings, release } = await servedSettings(readSettings(env))
  try {
    const node = await startNode(settings)
    say(`Transfernetz läuft: ${settings.origin} (Port ${settings.port}).`)
    await untilSignal()
    await node.stop()
    return 0
  } finally {
    await release()
  }
}

/** Ctrl-C, or a service manager's request to end. A second one ends at once. */
const untilSignal = () =>
  new Promise<void>((resolve) => {
    const onSignal = () => {
      for (const signal of signals) process.off(signal, onSignal)
      for (const signal of signals) process.once(signal, () => process.exit(130))
      resolve()
    }
    for (const signal of signals) process.on(signal, onSignal)
  })

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
