/** Taking a centre in: two people compare fingerprints, one of them at the trust anchor. */
import { ConfigError, ownCentreId, runsAnchor } from '../config.ts'
import { refreshStatements } from '../federation/anchor.ts'
import { federationKey } from '../federation/keys.ts'
import { learnTrust } from '../federation/learn.ts'
import type { KnowledgeExchange } from '../federation/statement.ts'
import { announceNews } from '../federation/store.ts'
import { vouch } from '../federation/vouch.ts'
import { explain } from './reasons.ts'
import { complain, say } from './say.ts'
import { ensureSecret, withEvery } from './with-hub.ts'

type Env = Record<string, string | undefined>

/** Prepares secret, database and keys, and prints what others must compare. */
export const initNode = async (env: Env): Promise<number> => {
  await ensureSecret(env)
  await withEvery(env, async (hub) => {
    const { config } = hub
    for (const centre of config.centres) {
      const id = ownCentreId(config, centre)
      say(`${centre.name}: ${id}`)
      say(`  Fingerabdruck ${(await federationKey(hub, id)).kid}`)
    }
    if (runsAnchor(config)) {
      await refreshStatements(hub)
      say(`Vertrauensanker: ${config.anchor.id}`)
      say(`  Fingerabdruck ${(await federationKey(hub, config.anchor.id)).kid}`)
    }
  })
  return 0
}

export const vouchFor = async (
  env: Env,
  entityId: string,
  options: { fingerprint: string; umbrella?: boolean },
): Promise<number> => {
  const answers = await withEvery(env, async (hub) => {
    if (!runsAnchor(hub.config)) return []
    const answer = await vouch(hub, { entityId, ...options })
    // A node that is running here pulls from the centre at once.
    if (answer.ok) await learnTrust(hub)
    await announceNews(hub.sql)
    return [answer]
  })
  const [answer] = answers.flat()
  if (!answer) throw new ConfigError('Der Vertrauensanker wird an einem anderen Knoten betrieben.')
  if (answer.ok) {
    for (const line of statedLines(entityId, answer.centre)) say(line)
    return 0
  }
  complain(`Nicht bestätigt: ${explain(answer.reason)}`)
  return 1
}

/** All that other nodes now believe of the centre, for the operator to read once more. */
const statedLines = (entityId: string, centre: KnowledgeExchange) => [
  `Der Vertrauensanker bestätigt ${centre.organization_name} (${entityId}):`,
  `  Kürzel      ${centre.slug}`,
  `  Länder      ${centre.regions.join(', ') || 'keine'}`,
  `  Betreiber   ${centre.operator}`,
  `  Dach        ${centre.umbrella ? 'ja' : 'nein'}`,
  `  Endpunkte   ${centre.entries_endpoint}, ${centre.head_endpoint}, ${centre.nudge_endpoint}`,
  ...centre.jwks.keys.map(
    ({ use, n, kid }) => `  Schlüssel   ${use}${n ? ` Nr. ${n}` : ''} ${kid}`,
  ),
]
