/** What the trust anchor's operator states of a centre when something went wrong, or when it is over. */
import { ConfigError } from '../config.ts'
import { compromise, planCompromise } from '../exchange/compromise.ts'
import { planNewEpoch, startNewEpoch } from '../exchange/new-epoch.ts'
import { type Ends, readToEnd } from '../exchange/reach.ts'
import { explain } from '../exchange/reasons.ts'
import { layToRest, planRest, planResume, type Rest, resume } from '../exchange/rest.ts'
import {
  type CentreConfiguration,
  type Cut,
  type FeedName,
  feedNames,
} from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { readStatement, tell } from './anchor.ts'
import { feedTitles, foundLines, placeLine } from './found.ts'
import { complain, say } from './say.ts'
import { withAnchor } from './with-hub.ts'

type Env = Record<string, string | undefined>
interface Confirmed {
  confirm?: boolean
}

/** What is stated, in lines to read; and what the operator adds to the command so that it is exactly this. */
interface Decision {
  lines: string[]
  exactly: string[]
}

/** Shows what was found and what would be stated; states it where the operator has confirmed. */
const decide = (
  env: Env,
  entityId: string,
  { confirm = false }: Confirmed,
  act: (hub: Hub, confirmed: boolean) => Promise<Decision>,
): Promise<number> =>
  withAnchor(env, async (hub) => {
    await tell(hub)
    const tried = await readToEnd(hub, entityId)
    for (const line of await foundLines(hub, entityId, tried)) say(line)
    say()
    const { lines, exactly } = await act(hub, confirm)
    say(confirm ? 'Bestätigt:' : 'Bestätigt würde:')
    for (const line of lines) say(`  ${line}`)
    if (confirm) await tell(hub)
    else complain(`Nichts wurde geändert. Damit es gilt, an jedem Knoten: ${asTyped(exactly)}`)
    return confirm ? 0 : 1
  })

const asTyped = (exactly: string[]) =>
  `denselben Befehl mit „${[...exactly, '--confirm'].join(' ')}“.`

const endsAs = (option: string, ends: Cut[]) =>
  ends.map(({ feed, seq }) => `${option} ${feed}=${seq}`)

export const compromiseKey = (
  env: Env,
  entityId: string,
  { kid, cut, ...options }: Confirmed & { kid: string; cut: string[] },
) =>
  decide(env, entityId, options, async (hub, confirmed) => {
    const what = { entityId, kid, ends: readEnds(cut) }
    const { key, cuts, anew } = await (confirmed ? compromise : planCompromise)(hub, what)
    const lines = [
      `Schlüssel Nr. ${key.n} ${key.kid} gilt nur noch`,
      ...cuts.map(placeLine),
      ...anewLines(anew),
      'Braucht das Zentrum einen neuen Schlüssel: dort „transfernetz rotate --key sig“, hier „vouch“.',
    ]
    return { lines, exactly: endsAs('--cut', cuts) }
  })

export const restCentre = (
  env: Env,
  entityId: string,
  status: Rest['status'],
  { cut, ...options }: Confirmed & { cut: string[] },
) =>
  decide(env, entityId, options, async (hub, confirmed) => {
    const cuts = await (confirmed ? layToRest : planRest)(hub, {
      entityId,
      status,
      ends: readEnds(cut),
    })
    const title = status === 'ended' ? 'Das Zentrum ist beendet.' : 'Das Zentrum ruht.'
    const lines = [`${title} Gültig bleibt, was es veröffentlicht hat,`, ...cuts.map(placeLine)]
    return { lines, exactly: endsAs('--cut', cuts) }
  })

export const resumeCentre = (env: Env, entityId: string, options: Confirmed) =>
  decide(env, entityId, options, async (hub, confirmed) => {
    const cuts = await (confirmed ? resume : planResume)(hub, entityId)
    const lines = ['Das Zentrum ist wieder tätig.', ...anewLines(cuts.map(({ feed }) => feed))]
    return { lines, exactly: [] }
  })

export const newEpoch = (
  env: Env,
  entityId: string,
  {
    feed,
    base,
    fingerprint,
    file,
    ...options
  }: Confirmed & { feed?: string; base: string[]; fingerprint?: string; file?: string },
) =>
  decide(env, entityId, options, async (hub, confirmed) => {
    const configuration = file === undefined ? undefined : await readStatement(file)
    const rejoins = (fingerprint ?? file) !== undefined
    const feeds = feed === undefined ? [...feedNames] : [readFeed(feed)]
    const what = { entityId, feeds, ends: readEnds(base), fingerprint, configuration, rejoins }
    const planned = await (confirmed ? startNewEpoch : planNewEpoch)(hub, what)
    if (!planned.ok) throw new ConfigError(`Nicht bestätigt: ${explain(planned.reason)}`)
    const { bases, lost, configuration: came } = planned.plan
    const lines = [
      'Eine neue Epoche beginnt; die bisherige gilt',
      ...bases.map(placeLine),
      ...lost.map(
        ({ n, kid }) => `Schlüssel Nr. ${n} ${kid} ist verloren und gilt nur bis dorthin.`,
      ),
      ...(came ? comingLines(came) : []),
    ]
    return { lines, exactly: endsAs('--base', bases) }
  })

const comingLines = ({ jwks, metadata }: CentreConfiguration) => [
  `Das Zentrum weist sich aus mit ${jwks.keys[0]?.kid}`,
  ...metadata.knowledge_exchange.jwks.keys
    .filter(({ use }) => use === 'sig')
    .map(({ kid }) => `und unterschreibt mit ${kid}`),
]

const anewLines = (feeds: FeedName[]) =>
  feeds.map((feed) => `Die Beitragsfolge „${feedTitles[feed]}“ beginnt danach eine neue Epoche.`)

const readFeed = (text: string): FeedName => {
  const feed = feedNames.find((name) => name === text)
  if (feed) return feed
  throw new ConfigError(`Eine Beitragsfolge „${text}“ gibt es nicht, nur: ${feedNames.join(', ')}.`)
}

/** `public=42`: up to entry 42 of the present epoch. */
const readEnds = (texts: string[]): Ends =>
  Object.fromEntries(
    texts.map((text) => {
      const [name = '', number = '', more] = text.split('=')
      if (more === undefined && /^(0|[1-9]\d{0,8})$/.test(number)) {
        return [readFeed(name), Number(number)]
      }
      throw new ConfigError(
        `„${text}“ nennt kein Ende; gebraucht wird die Nummer des letzten Eintrags, der gilt, wie public=42.`,
      )
    }),
  )
