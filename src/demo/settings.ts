import type { DemoSettings } from '../config.ts'
import type { EmbeddedDatabase } from '../database/embedded.ts'
import { keptSecret } from '../open-hub.ts'
import { type DemoState, nodeSettings } from './nodes.ts'

/** Everything that opening one of the demo's nodes needs. */
export const fullSettings = async (
  state: DemoState,
  index: number,
  settings: DemoSettings,
  database: EmbeddedDatabase,
) => {
  const node = nodeSettings(state, index, settings)
  const name = `transfernetz_${node.centres[0]?.slug}`
  await database.ensureDatabase(name)
  return { ...node, databaseUrl: database.url(name), secret: await keptSecret(node.dataDir) }
}
