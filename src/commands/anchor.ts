/** Taking a centre in: two people compare fingerprints, one of them at the trust anchor. */
import { readFile } from 'node:fs/promises'
import { ConfigError, ownCentreId, runsAnchor } from '../config.ts'
import { explain } from '../exchange/reasons.ts'
import { refreshStatements } from '../federation/anchor.ts'
import { federationKey, usableKeys } from '../federation/keys.ts'
import { learnTrust } from '../federation/learn.ts'
import type { KnowledgeExchange } from '../federation/statement.ts'
import { announceNews, centreById } from '../federation/store.ts'
import { vouch } from '../federation/vouch.ts'
import type { Hub } from '../hub.ts'
import type { PublicJwk } from '../signing/keys.ts'
import { complain, say } from './say.ts'
import { ensureSecret, withAnchor, withEvery } from './with-hub.ts'

type Env = Record<string, string | undefined>

/** Prepares secret, database and keys, and prints what others must compare. */
export const initNode = async (env: Env): Promise<number> => {
  await ensureSecret(env)
  await withEvery(env, async (hub) => {
    const { config } = hub
    for (const centre of config.centres) {
      const id = ownCentreId(config, centre)
      say(`${centre.name}: ${id}`)
      const { kid } = await federationKey(hub, id)
      say(`  Fingerabdruck ${kid}`)
      if (!(await centreById(hub.sql, id))) for (const line of joiningLines(id, kid)) say(line)
    }
    if (runsAnchor(config)) {
      await refreshStatements(hub)
      say(`Vertrauensanker: ${config.anchor.id}`)
      const keys = await usableKeys(hub, config.anchor.id, 'fed')
      const pins = keys.map(({ kid }) => kid).join(',')
      say(`  Fingerabdruck ${pins}`)
      say(`Andere Knoten setzen: TRUST_ANCHOR=${config.anchor.id} TRUST_ANCHOR_PINS=${pins}`)
    }
  })
  return 0
}

const joiningLines = (id: string, fingerprint: string) => [
  '  Noch nicht bestätigt. Starten Sie „transfernetz serve“, und teilen Sie Kennung und Fingerabdruck',
  '  am Telefon mit; wer den Vertrauensanker betreibt, vergleicht und bestätigt dann:',
  `  transfernetz vouch ${id} --fingerprint ${fingerprint}`,
]

export const vouchFor = (
  env: Env,
  entityId: string,
  options: { fingerprint?: string; file?: string; umbrella?: boolean },
): Promise<number> =>
  withAnchor(env, async (hub) => {
    const { file, ...request } = options
    const configuration = file === undefined ? undefined : await readStatement(file)
    const answer = await vouch(hub, { entityId, configuration, ...request })
    if (!answer.ok) {
      complain(`Nicht bestätigt: ${explain(answer.reason)}`)
      return 1
    }
    await tell(hub)
    for (const line of statedLines(entityId, answer.centre, answer.jwks)) say(line)
    return 0
  })

/** A node that is running here follows at once what was stated. */
export const tell = async (hub: Hub) => {
  await learnTrust(hub)
  await announceNews(hub.sql)
}

/** A statement that was handed over as a file. */
export const readStatement = async (path: string) => {
  const bytes = await readFile(path).catch(() => {
    throw new ConfigError(`Die Datei ${path} lässt sich nicht lesen.`)
  })
  return bytes.toString().trim()
}

/** All that other nodes now believe of the centre, for the operator to read once more. */
const statedLines = (entityId: string, centre: KnowledgeExchange, jwks: PublicJwk[]) => [
  `Der Vertrauensanker bestätigt ${centre.organization_name} (${entityId}):`,
  `  Kürzel      ${centre.slug}`,
  `  Länder      ${centre.regions.join(', ') || 'keine'}`,
  `  Betreiber   ${centre.operator}`,
  `  Dach        ${centre.umbrella ? 'ja' : 'nein'}`,
  `  Endpunkte   ${centre.entries_endpoint}, ${centre.head_endpoint}, ${centre.nudge_endpoint}`,
  ...jwks.map(({ kid }) => `  Schlüssel   fed ${kid}`),
  ...centre.jwks.keys.map(
    ({ use, n, kid, valid_through }) =>
      `  Schlüssel   ${use}${n ? ` Nr. ${n}` : ''} ${kid}${valid_through ? ' (gilt nicht mehr für Neues)' : ''}`,
  ),
]
