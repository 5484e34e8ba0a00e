/** The chore: tells staff that a result asks their centre to sign with it, and who answered their own. */
import { ownCentreId } from '../config.ts'
import type { Hub } from '../hub.ts'
import { roundTable } from '../publications/kinds/round-table.ts'
import { afterSignIn } from '../staff/after-sign-in.ts'
import {
  type Answer,
  type Ask,
  answersBetween,
  asksBetween,
  partyNewsAt,
  type Stretch,
  tellPartyNews,
} from './party-news-store.ts'

/** Entries of the log in one step. */
const step = 500

/** It follows the log, so that everybody hears of a thing once, and whatever came while a node was away. */
export const tellParties = async (hub: Hub) => {
  if (await hub.showsNothing?.()) return
  for (;;) {
    const [at] = await partyNewsAt(hub.sql)
    if (!at || at.position >= at.end) return
    await tellBetween(hub, { after: at.position, upto: Math.min(at.position + step, at.end) })
  }
}

const tellBetween = async (hub: Hub, stretch: Stretch) => {
  const news = hub.config.centres.map(async (own) => {
    const [slug, iss] = [own.slug, ownCentreId(hub.config, own)]
    const asks = await asksBetween(hub.sql, { slug, iss }, stretch)
    const answers = await answersBetween(hub.sql, iss, stretch)
    return {
      asks: asks.map((ask) => ({ ...ask, ...wordsOfAsk(ask), centre: slug })),
      answers: answers.map((answer) => ({ ...wordsOfAnswer(answer, slug), centre: slug })),
    }
  })
  const told = await Promise.all(news)
  const [asks, answers] = [told.flatMap((each) => each.asks), told.flatMap((each) => each.answers)]
  await tellPartyNews(hub.sql, stretch, asks, answers, hub.now())
}

/** Without a word of the result, for an e-mail passes through many hands. */
const wordsOfAsk = ({ slug, rid, before }: Ask) => ({
  subject: before
    ? 'Eine neue Fassung bittet Ihr Zentrum um Mitzeichnung'
    : 'Ein Runder Tisch bittet Ihr Zentrum um Mitzeichnung',
  text: before
    ? 'Das Ergebnis eines Runden Tischs, das ein anderes Zentrum Ihnen vorgelegt hatte, gibt es in neuer Fassung. Lesen Sie bitte auch diese und antworten Sie.'
    : 'Ein anderes Zentrum hat das Ergebnis eines Runden Tischs veröffentlicht und legt es Ihnen vor. Lesen Sie es bitte und antworten Sie.',
  path: `/runden/mitzeichnen/${slug}/${rid}`,
})

const said = {
  endorse: { subject: 'Ihr Ergebnis wurde mitgezeichnet', text: 'hat mitgezeichnet' },
  decline: {
    subject: 'Ihr Ergebnis wurde nicht mitgezeichnet',
    text: 'lehnt es ab, mitzuzeichnen',
  },
  retract: {
    subject: 'Eine Antwort wurde zurückgenommen',
    text: 'hat seine Antwort zurückgenommen',
  },
} as const

const wordsOfAnswer = ({ op, centre, rid, feed }: Answer, slug: string) => {
  const page = `/${roundTable.path}/${slug}/${rid}`
  return {
    subject: said[op].subject,
    text: `${centre} ${said[op].text}. Es geht um das Ergebnis eines Runden Tischs, das Ihr Zentrum veröffentlicht hat.`,
    path: feed === 'public' ? page : afterSignIn(page),
  }
}
