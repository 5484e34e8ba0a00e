/** The three nodes of the demo, and where they keep what they need. */
import { join } from 'node:path'
import { anchorIdAt, type OwnCentre, type Settings } from '../config.ts'

export interface DemoNode extends OwnCentre {
  umbrella: boolean
}

export const demoNodes: [DemoNode, ...DemoNode[]] = [
  { slug: 'kiww', name: 'KIWW', regions: [], umbrella: true },
  { slug: 'berlin', name: 'Zukunftszentrum Berlin', regions: ['DE-BE'], umbrella: false },
  { slug: 'brandenburg', name: 'Zukunftszentrum Brandenburg', regions: ['DE-BB'], umbrella: false },
]

export const originOf = (port: number, node: number) => `http://localhost:${port + node}`

/** What `demo.json` remembers from the first start on. */
export interface DemoState {
  /** Of the first node; the others follow. Entity ids hold it, so it never changes. */
  port: number
  /** Thumbprint of the trust anchor's key, once it is made. */
  pin?: string
  /** Whether all fixtures are in. */
  loaded?: boolean
}

export const nodeSettings = (
  { port, pin }: DemoState,
  index: number,
  { dataDir, logLevel }: { dataDir: string; logLevel: string },
): Omit<Settings, 'databaseUrl' | 'secret'> => {
  const { slug, name, regions } = demoNodes[index] as DemoNode
  return {
    origin: originOf(port, index),
    centres: [{ slug, name, regions }],
    anchor: { id: anchorIdAt(originOf(port, 0)), pins: pin ? [pin] : [] },
    nudges: true,
    dataDir: join(dataDir, slug),
    port: port + index,
    hosts: ['127.0.0.1', '::1'],
    logLevel,
  }
}
