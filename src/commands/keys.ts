/** The keys of a node: showing them, and making new ones. */
import { ConfigError, ownCentreId, runsAnchor } from '../config.ts'
import { explain } from '../exchange/reasons.ts'
import { centreConfiguration } from '../federation/configuration.ts'
import { federationKey, signingKey, usableKeys } from '../federation/keys.ts'
import type { StoredKey } from '../federation/keys-store.ts'
import { learnTrust } from '../federation/learn.ts'
import { rollOver } from '../federation/roll-over.ts'
import { rotateKey } from '../federation/rotate.ts'
import { lifetime } from '../federation/statement.ts'
import { announceNews, centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import type { KeyUse } from '../signing/keys.ts'
import { dateOf } from '../web/texts.ts'
import { complain, say } from './say.ts'
import { withAnchor, withCentre, withEvery } from './with-hub.ts'

type Env = Record<string, string | undefined>

const names: Record<KeyUse, string> = {
  fed: 'Föderationsschlüssel',
  sig: 'Signaturschlüssel',
  enc: 'Verschlüsselungsschlüssel',
}

/** Makes a new key: of a centre for one use, or of the trust anchor. */
export const rotate = async (
  env: Env,
  options: { centre?: string; key?: string; anchor?: boolean },
): Promise<number> => {
  const { centre, key, anchor } = options
  if (anchor && (centre ?? key) === undefined) return rotateAnchor(env)
  if (anchor || centre === undefined || !isUse(key)) {
    throw new ConfigError(
      'Gebraucht wird „--centre <kürzel> --key sig|enc|fed“, oder „--anchor“ für den Vertrauensanker.',
    )
  }
  return withCentre(env, centre, async (hub, iss) => {
    const kid = await rotateKey(hub, iss, key)
    const { kid: fingerprint } = await federationKey(hub, iss)
    say(`Neuer ${names[key]}: ${kid}`)
    say('Er zählt, sobald ihn der Vertrauensanker bestätigt; bis dahin gilt der bisherige weiter.')
    say('Als Nächstes bestätigt ihn, wer den Vertrauensanker betreibt. Vergleichen Sie mit ihm')
    say('den Fingerabdruck am Telefon oder von Angesicht zu Angesicht:')
    say(`  transfernetz vouch ${iss} --fingerprint ${fingerprint}`)
    return 0
  })
}

const isUse = (text: string | undefined): text is KeyUse =>
  text !== undefined && Object.hasOwn(names, text)

const rotateAnchor = (env: Env) =>
  withAnchor(env, async (hub) => {
    const before = await federationKey(hub, hub.config.anchor.id)
    const kid = await rollOver(hub)
    await announceNews(hub.sql)
    const end = dateOf(Math.floor(hub.now() / 1000) + lifetime.statement)
    say(`Neuer Schlüssel des Vertrauensankers: ${kid}`)
    say(`Bis zum ${end} unterschreibt noch der bisherige, danach nur der neue.`)
    say('Knoten, die dem Vertrauensanker schon folgen, übernehmen ihn von selbst.')
    say(`Neuen Knoten nennen Sie bis dahin beide: TRUST_ANCHOR_PINS=${before.kid},${kid}`)
    return 0
  })

/** What a centre tells the anchor where nobody can fetch it any more. */
export const printConfiguration = (env: Env, { centre }: { centre: string }): Promise<number> =>
  withCentre(env, centre, async (hub) => {
    say(await centreConfiguration(hub, centre))
    return 0
  })

/** All own keys, and what the anchor states of them at this moment. */
export const showKeys = async (env: Env): Promise<number> => {
  await withEvery(env, async (hub) => {
    const read = await learnTrust(hub)
    if (!read.ok) complain(`Stand von zuletzt: ${explain(`anchor: ${read.reason}`)}`)
    await announceNews(hub.sql)
    for (const centre of hub.config.centres) {
      const id = ownCentreId(hub.config, centre)
      say(`${centre.name}: ${id}`)
      for (const line of await centreLines(hub, id)) say(`  ${line}`)
    }
    if (runsAnchor(hub.config)) {
      const { id } = hub.config.anchor
      say(`Vertrauensanker: ${id}`)
      const keys = await usableKeys(hub, id, 'fed')
      for (const { kid } of keys) say(`  ${kid}  ${keys.length > 1 ? 'im Wechsel' : 'gilt'}`)
    }
  })
  return 0
}

const centreLines = async (hub: Hub, id: string) => {
  const centre = await centreById(hub.sql, id)
  const signer = await signingKey(hub, centre)
  const stateOf = (key: StoredKey) => {
    if (!key.statedAt) return 'wartet auf den Vertrauensanker'
    if (key.use !== 'sig') return 'bestätigt'
    const n = centre?.jwks.keys.find(({ kid }) => kid === key.kid)?.n
    return `bestätigt als Nr. ${n}${key.kid === signer?.kid ? ', unterschreibt' : ''}`
  }
  const lines: string[] = []
  for (const use of ['fed', 'sig', 'enc'] as const) {
    for (const key of await usableKeys(hub, id, use)) {
      lines.push(`${names[use].padEnd(25)}  ${key.kid}  ${stateOf(key)}`)
    }
  }
  return lines
}
