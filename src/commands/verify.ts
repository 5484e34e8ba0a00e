import { ConfigError, isLoopback, readDemoSettings, readSettings } from '../config.ts'
import { demoNodes, nodeSettings } from '../demo/nodes.ts'
import { readState } from '../demo/state.ts'
import { assertionFor } from '../exchange/assertion.ts'
import type { FeedProof } from '../exchange/feed-proof.ts'
import { explain } from '../exchange/reasons.ts'
import { type VerifyWorld, verifyFeed, verifyFiles } from '../exchange/verify-feed.ts'
import { openGuardedFetch } from '../federation/guarded-fetch.ts'
import { FederationUrl, FeedName } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { judgeContent } from '../publications/judge.ts'
import { countOf, momentOf } from '../web/texts.ts'
import { complain, say } from './say.ts'
import { feedLabels } from './signing-lines.ts'
import { withCentre, withServed } from './with-hub.ts'

type Env = Record<string, string | undefined>

/** Verifies a centre's feed as any node serves it, with all files, and says what that proved. */
export const verifyCentre = async (
  env: Env,
  entityId: string,
  { from, feed = 'public' }: { from?: string; feed?: string },
): Promise<number> => {
  if (!FederationUrl.safeParse(entityId).success) {
    throw new ConfigError(
      `„${entityId}“ ist keine Kennung eines Zentrums; gebraucht wird eine wie https://netz.example/centres/berlin.`,
    )
  }
  const name = FeedName.safeParse(feed).data
  if (!name) throw new ConfigError('Als Beitragsfolge gilt nur --feed public oder --feed members.')
  const anchor = await anchorOf(env)
  const wanted = {
    anchor: anchor.id,
    pins: anchor.pins,
    entityId,
    feed: name,
    from: originOf(from),
  }
  const verdict = await (name === 'public'
    ? verifyAll(wanted)
    : asNode(env, (showing) => verifyAll(wanted, showing)))
  if (!verdict.ok) {
    complain(`Nicht bestätigt${placeOf(verdict)}: ${explain(verdict.reason)}`)
    return 1
  }
  for (const line of linesOf(verdict.proof, anchor.id)) say(line)
  return 0
}

type Showing = VerifyWorld['showing']

/** As the node of the environment, or the first of the demo: what centres share they show to each other only. */
const asNode = async <T>(env: Env, act: (showing: Showing) => Promise<T>): Promise<T> => {
  const run = (hub: Hub) => act((url) => assertionFor(hub, url))
  return env.ORIGIN ? withServed(env, run) : withCentre(env, demoNodes[0].slug, run)
}

const placeOf = ({ epoch = 1, seq }: { epoch?: number; seq?: number }) =>
  seq === undefined ? '' : ` bei ${entryAt(epoch, seq)}`

const entryAt = (epoch: number, seq: number) =>
  epoch === 1 ? `Eintrag ${seq}` : `Eintrag ${seq} der Epoche ${epoch}`
/** This machine is asked only where the operator named it: as anchor, or as the node to verify. */
const verifyAll = async (wanted: Parameters<typeof verifyFeed>[1], showing?: Showing) => {
  const named = [wanted.anchor, wanted.from ?? wanted.anchor].map((url) => new URL(url).hostname)
  const peers = openGuardedFetch({ loopback: named.some(isLoopback) })
  const world = { fetch: peers.fetch, now: Date.now, judgeContent, ...(showing && { showing }) }
  try {
    const verdict = await verifyFeed(world, wanted)
    return verdict.ok ? ((await verifyFiles(world, verdict.proof)) ?? verdict) : verdict
  } finally {
    await peers.close()
  }
}

const originOf = (from: string | undefined) => {
  if (from === undefined) return undefined
  const url = URL.canParse(from) ? new URL(from) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.origin
  throw new ConfigError(
    `„${from}“ ist keine Adresse eines Knotens; gebraucht wird eine wie http://localhost:8701.`,
  )
}

/** Whom to trust: the environment's anchor, or the demo's with the pin it noted when it was made. */
const anchorOf = async (env: Env) => {
  if (env.ORIGIN) return readSettings(env).anchor
  const settings = readDemoSettings(env)
  const state = await readState(settings.dataDir)
  if (!state?.pin) {
    throw new ConfigError(
      `In ${settings.dataDir} ist kein Vertrauensanker vermerkt. Starten Sie zuerst die Demo mit „npm start“.`,
    )
  }
  return nodeSettings(state, demoNodes.length - 1, settings).anchor
}

const linesOf = (proof: FeedProof, anchor: string) => {
  const { centre, records } = proof
  return [
    `Bestätigt: ${centre.organization_name}, Beitragsfolge „${feedLabels[proof.feed]}“, Epoche ${proof.epoch}, geholt von ${proof.from}`,
    `  Vertrauen   ${anchor} bestätigt das Zentrum und ${countOf(signingKeys(proof), 'Schlüssel', 'Schlüssel')}, gültig bis ${momentOf(centre.exp)}`,
    `  Einträge    ${proof.entries}, lückenlos von 1 an, jeder unterschrieben; letzter Fingerabdruck ${proof.dig}`,
    `  Inhalte     ${proof.contents} vorhanden und unverändert, ${proof.takenBack} zu Recht entfernt`,
    ...(proof.files.length > 0
      ? [`  Anlagen     ${proof.files.length} vorhanden und unverändert`]
      : []),
    `  Beiträge    ${records.published} veröffentlicht, ${records.withdrawn} zurückgezogen, ${records.erased} gelöscht`,
    `  Stand       ${standOf(proof)}`,
    ...proof.faults.map(
      ({ epoch, seq, fault }) =>
        `  Hinweis     ${entryAt(epoch, seq)} ist nicht darstellbar: ${fault}`,
    ),
  ]
}

const standOf = ({ centre, head }: FeedProof) => {
  if (head) {
    return `${countOf(head.size, 'Eintrag', 'Einträge')}, vom Zentrum unterschrieben am ${momentOf(head.iat)}`
  }
  return centre.status === 'ended'
    ? 'abgeschlossen: Das Zentrum hat geendet; der Vertrauensanker bestätigt den letzten Eintrag'
    : 'angehalten: Das Zentrum ist ausgesetzt; der Vertrauensanker bestätigt den letzten Eintrag'
}

const signingKeys = ({ centre }: FeedProof) =>
  centre.jwks.keys.filter(({ use }) => use === 'sig').length
