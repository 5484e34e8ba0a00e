/** After a loss: what a node has forgotten, who could give it back, and what only an operator can decide. */
import { ConfigError } from '../config.ts'
import { bringBack } from '../exchange/append.ts'
import { showAnyway } from '../exchange/catch-up.ts'
import { type Holder, hasNothingMore } from '../exchange/holders.ts'
import { explain } from '../exchange/reasons.ts'
import { acceptEnd, type Recovery } from '../exchange/recover.ts'
import { signingStatus } from '../exchange/signing-status.ts'
import { FeedName, feedNames } from '../federation/statement.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { say } from './say.ts'
import { absenceLines, feedLabels, standingLine } from './signing-lines.ts'
import { withCentre } from './with-hub.ts'

type Env = Record<string, string | undefined>

interface RecoverOptions {
  centre: string
  /** The operator knows that nothing was signed in this feed … */
  feed?: string
  /** … after this entry. */
  nothingAfter?: string
  /** Shows again what is here, though not all feeds were pulled. */
  show?: boolean
}

/** Answers 1 while something is left that only an operator can decide. */
export const recoverCentre = async (env: Env, options: RecoverOptions): Promise<number> => {
  const accepted = acceptedIn(options)
  return withCentre(env, options.centre, async (hub, iss) => {
    if (accepted) await acceptEnd(hub, iss, accepted.feed, accepted.seq)
    let stuck = false
    for (const feed of feedNames) {
      const recovery = await tryToBringBack(hub, iss, feed)
      for (const line of linesOf(feed, recovery, options.centre)) say(line)
      stuck ||= recovery instanceof Problem || recovery.standing.is !== 'even'
    }
    if (options.show) await showAnyway(hub)
    const absent = await sayAbsence(hub, options.centre)
    return stuck || absent ? 1 : 0
  })
}

/** Of a feed that cannot be signed on in any case, such as a forked one: why. */
const tryToBringBack = (hub: Hub, iss: string, feed: FeedName) =>
  bringBack(hub, iss, feed).catch((error) => {
    if (error instanceof Problem) return error
    throw error
  })

const acceptedIn = ({ feed, nothingAfter }: RecoverOptions) => {
  if (feed === undefined && nothingAfter === undefined) return undefined
  const name = FeedName.safeParse(feed).data
  if (!name) throw new ConfigError('Als Beitragsfolge gilt nur --feed public oder --feed members.')
  if (!/^(0|[1-9]\d{0,9})$/.test(nothingAfter ?? '')) {
    throw new ConfigError('--nothing-after muss die Nummer des letzten Eintrags nennen.')
  }
  return { feed: name, seq: Number(nothingAfter) }
}

const linesOf = (name: FeedName, recovery: Recovery | Problem, slug: string): string[] => {
  const label = `Beitragsfolge „${feedLabels[name]}“`
  if (recovery instanceof Problem) return [`${label}: ${recovery.message}`]
  const { standing, holders } = recovery
  return [
    `${label}: ${standingLine(standing)}`,
    ...holders.map((holder) => `  ${holder.names.join(', ')}: ${heldLine(holder)}`),
    ...(standing.is === 'even' ? [] : decisionLines(recovery, slug).map((line) => `  ${line}`)),
  ]
}

const heldLine = (holder: Holder) => {
  const { holds, gave } = holder
  const back = gave ? `${gave.received} Einträge zurückgeholt` : ''
  if (hasNothingMore(holder)) return back || 'hat nichts, was hier fehlt'
  if (holds === 'other') return 'hat an derselben Stelle einen anderen Eintrag'
  if (holds === 'more')
    return `${back || 'hat mehr'}${gave?.reason ? `, dann ${explain(gave.reason)}` : ''}`
  return explain(holds)
}

/** What can be decided, and what is lost by it. */
const decisionLines = ({ standing }: Recovery, slug: string) => {
  const { feed, last, is } = standing
  if (is === 'uncertain') {
    return [
      'Sobald alle Zentren geantwortet haben, geht es von selbst weiter.',
      `Wissen Sie sicher, dass nach Eintrag ${feed.size} nichts mehr unterschrieben wurde, bestätigen Sie es mit:`,
      `  transfernetz recover --centre ${slug} --feed ${feed.feed} --nothing-after ${feed.size}`,
      'Stimmt es nicht, tragen zwei Einträge dieselbe Nummer, und alle Knoten halten die Beitragsfolge an.',
    ]
  }
  if (is === 'incomplete') {
    return ['Sobald ein Knoten die fehlenden Einträge hat, werden sie von selbst geholt.']
  }
  const lost = is === 'forgotten' && last?.epoch === feed.epoch ? last.seq - feed.size : 0
  return [
    'Sobald ein Knoten die fehlenden Einträge hat, werden sie von selbst geholt.',
    'Hat sie niemand mehr, kann nur der Vertrauensanker helfen: mit einer neuen Epoche, die auf dem letzten vorhandenen Eintrag beruht:',
    `  Epoche ${feed.epoch}, Eintrag ${feed.size}, Fingerabdruck ${feed.dig || '(keiner)'}`,
    ...(lost > 0
      ? [`Verloren sind dann ${lost} Einträge (${feed.size + 1} bis ${last?.seq}).`]
      : []),
  ]
}

const sayAbsence = async (hub: Hub, slug: string) => {
  const { absence } = await signingStatus(hub)
  for (const line of absenceLines(absence)) say(line)
  if (!absence) return false
  say(
    `Soll trotzdem angezeigt werden, was hier ist – auch wenn es inzwischen gelöscht wurde: transfernetz recover --centre ${slug} --show`,
  )
  return true
}
