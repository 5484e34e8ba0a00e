/** Long-running commands: the demo, and one node. */
import { pino } from 'pino'
import { readDemoSettings, readSettings } from '../config.ts'
import { startDemo } from '../demo/demo.ts'
import { type DemoNode, demoNodes, originOf } from '../demo/nodes.ts'
import { type RunningNode, startNode } from '../node.ts'
import { type Offer, offerAdministration, offerRoles } from '../staff/offer.ts'
import { roleLabel, rolesAt } from '../staff/roles.ts'
import { say } from './say.ts'
import { stopSignal, stopWithParent } from './stop.ts'
import { servedSettings } from './with-hub.ts'

type Env = Record<string, string | undefined>

export const runDemo = async (env: Env): Promise<number> => {
  const began = performance.now()
  const settings = readDemoSettings(env)
  const asked = stopSignal()
  if (env.npm_lifecycle_event) stopWithParent()
  asked.addEventListener('abort', () => say('Transfernetz wird beendet …'))
  say('Transfernetz startet …')
  const demo = await startDemo(settings, pino({ level: settings.logLevel }), asked).catch(
    (error) => {
      if (!asked.aborted) throw error
    },
  )
  if (!demo) return 0
  const { port } = demo.state
  const offers = (await Promise.all(demo.nodes.map(offersAt))).flat()
  const seconds = ((performance.now() - began) / 1000).toFixed(1).replace('.', ',')
  say(`Bereit nach ${seconds} Sekunden. Drei Knoten tauschen unterschriebene Beiträge aus:`)
  say()
  for (const [index, { name }] of demoNodes.entries()) {
    say(`  ${originOf(port, index)}   ${name}${index === 0 ? ' (mit Vertrauensanker)' : ''}`)
  }
  say()
  sayLinks(offers)
  say('Zum Ausprobieren, in einem zweiten Fenster:')
  say('  npx transfernetz publish fixtures/tour/fahrradwerkstatt.json --centre berlin')
  say(`  npx transfernetz verify ${originOf(port, 1)}/centres/berlin --from ${originOf(port, 0)}`)
  say('  npx transfernetz status')
  say()
  say(`Daten: ${settings.dataDir} · Beenden: Strg+C`)
  await aborted(asked)
  await demo.stop()
  return 0
}

export const runNode = async (env: Env): Promise<number> => {
  const asked = stopSignal()
  const read = readSettings(env)
  const { settings, release } = await servedSettings(read, pino({ level: read.logLevel }))
  try {
    const node = await startNode(settings)
    say(`Transfernetz läuft: ${settings.origin} (Port ${settings.port}).`)
    for (const { name, link } of await offerAdministration(node.hub)) {
      say(`${name} hat noch keine Verwaltung. Der erste Zugang, einmal und sieben Tage lang:`)
      say(`  ${link}`)
    }
    await aborted(asked)
    await node.stop()
    return 0
  } finally {
    await release()
  }
}

/** For each role of the demo that nobody has taken yet, a way in. */
const sayLinks = (offers: Offer[]) => {
  if (offers.length === 0) return
  say('Zum Mitarbeiten, je Rolle ein Link, der einmal gilt:')
  for (const { role, link } of offers) say(`  ${roleLabel(role).padEnd(20)} ${link}`)
  say('Weitere: npx transfernetz invite --centre brandenburg --role redaktion')
  say()
}

/** Berlin shows every role, KIWW the one that only the umbrella has. */
const offersAt = ({ hub }: RunningNode, index: number) => {
  const { slug, umbrella } = demoNodes[index] as DemoNode
  if (slug === 'berlin')
    return offerRoles(
      hub,
      slug,
      rolesAt({ umbrella }).map(({ id }) => id),
    )
  return umbrella ? offerRoles(hub, slug, ['curator']) : []
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })
