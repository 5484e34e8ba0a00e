import type { FeedName } from '../federation/statement.ts'
import { DataTable } from '../web/data-table.tsx'
import { Icon } from '../web/icons.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf, minuteOf, numberOf } from '../web/texts.ts'
import type { Copy, NodeAnswer, OwnFeed, PeerState } from './node-answer.ts'
import {
  audienceOf,
  entriesOf,
  erasureWords,
  feedName,
  heldWords,
  isWell,
  nodeName,
  openErasures,
  ownTrouble,
  peerTrouble,
  peerWords,
  sinceWords,
  standingWords,
  troublesOf,
} from './node-words.tsx'
import type { Sentence } from './sentence.ts'

/** `others`: what other rooms have to say. */
type NodeViewProps = { site: Site; state: NodeAnswer; audience: FeedName; others?: Sentence[] }

/** Who holds what this node writes, whether erasures reached everybody, and how its copies stand. */
export const NodeView = ({ site, state, audience, others = [] }: NodeViewProps) => (
  <Page
    site={site}
    title="Stand des Knotens"
    {...(audience === 'public' ? { json: '/api/node' } : { hidden: true })}
  >
    <header class="tn-intro">
      <h1>Stand des Knotens</h1>
      <p class="tn-lead">
        Sind die eigenen Beiträge bei den anderen Zentren angekommen, sind Löschungen überall
        ausgeführt, sind die Kopien der anderen aktuell? Was andere Knoten über sich sagen, haben
        sie unterschrieben.
      </p>
    </header>
    <Overview sentences={[spread(state), erasing(state), copying(state), ...others]} />
    <div class="tn-node">
      {state.own.map((feed, n) => (
        <OwnFeedSection feed={feed} id={`eigene-${n + 1}`} peers={state.peers} />
      ))}
      <Copies copies={state.mirrored} />
      <Peers peers={state.peers} />
    </div>
    <p class="tn-node__foot">
      Stand: <Moment at={state.at} />.{' '}
      {audience === 'public' ? (
        <>
          Ohne Anmeldung sehen Sie nur öffentliche Beitragsfolgen.{' '}
          <a href="/api/node">Dasselbe als JSON</a>
        </>
      ) : (
        'Sie sehen auch die Beitragsfolgen, die nur Zentren lesen.'
      )}
    </p>
  </Page>
)

const Overview = ({ sentences }: { sentences: Sentence[] }) => (
  <div class="tn-panel tn-overview">
    <ul class="tn-checks">
      {sentences.map(({ good, title, text }) => (
        <li class={good ? undefined : 'tn-overview__warning'}>
          <Icon name={good ? 'success' : 'warning'} />
          <span>
            <strong>{title}</strong> {text}
          </span>
        </li>
      ))}
    </ul>
  </div>
)

const spread = ({ own, peers }: NodeAnswer): Sentence => {
  const title = 'Eigene Beiträge:'
  if (peers.length === 0) return { good: false, title, text: 'noch kein anderer Knoten bekannt.' }
  const forked = own.filter(({ forkedAt }) => forkedAt !== undefined).length
  if (forked > 0) {
    const which =
      forked === 1
        ? 'eine Beitragsfolge widerspricht sich'
        : `${numberOf(forked)} Beitragsfolgen widersprechen sich`
    const text = `${which}; dort wird nichts mehr veröffentlicht.`
    return { good: false, title, text }
  }
  const behind = peers.filter(({ node }) =>
    own.some(({ heldBy }) => heldBy.some((held) => held.node === node && held.missing > 0)),
  )
  const all = countOf(peers.length, 'anderer Knoten hat', 'andere Knoten haben')
  return behind.length === 0
    ? { good: true, title, text: `${all} alle Einträge.` }
    : {
        good: false,
        title,
        text: `${numberOf(behind.length)} von ${numberOf(peers.length)} anderen Knoten fehlen noch Einträge.`,
      }
}

const erasing = ({ own }: NodeAnswer): Sentence => {
  const title = 'Löschungen:'
  const erasures = own.flatMap((feed) => feed.erasures)
  const open = erasures.filter(({ openAt }) => openAt.length > 0).length
  if (erasures.length === 0) return { good: true, title, text: 'bisher keine.' }
  return open === 0
    ? { good: true, title, text: `${numberOf(erasures.length)}, überall bestätigt.` }
    : {
        good: false,
        title,
        text: `${numberOf(open)} von ${numberOf(erasures.length)} noch nicht überall bestätigt.`,
      }
}

const copying = ({ mirrored }: NodeAnswer): Sentence => {
  const title = 'Kopien anderer Zentren:'
  const late = mirrored.filter(({ state }) => state !== 'current').length
  if (mirrored.length === 0) return { good: true, title, text: 'noch keine.' }
  return late === 0
    ? { good: true, title, text: `${numberOf(mirrored.length)}, alle aktuell.` }
    : {
        good: false,
        title,
        text: `${numberOf(late)} von ${numberOf(mirrored.length)} sind nicht aktuell.`,
      }
}

const erasureBadge = (feed: OwnFeed, node: string) =>
  feed.erasures.length === 0 ? (
    erasureWords(feed, node)
  ) : (
    <Badge good={openErasures(feed, node).length === 0}>{erasureWords(feed, node)}</Badge>
  )

type OwnFeedProps = { feed: OwnFeed; id: string; peers: PeerState[] }

const OwnFeedSection = ({ feed, id, peers }: OwnFeedProps) => (
  <section aria-labelledby={id}>
    <h2 id={id}>
      <bdi>{feed.name}</bdi>, {audienceOf(feed)}
    </h2>
    <p>Eigene Beitragsfolge, {entriesOf(feed.size)}.</p>
    {feed.forkedAt !== undefined && (
      <p class="tn-overdue">
        <Icon name="warning" />
        <span>{ownTrouble(feed)}</span>
      </p>
    )}
    {feed.heldBy.length > 0 && (
      <DataTable
        caption={`Wer die Beitragsfolge hält: ${feedName(feed)}`}
        columns={['Knoten', 'Hält', 'Seit wann', 'Löschungen']}
        rows={feed.heldBy.map((held) => [
          <bdi>{nodeName(held)}</bdi>,
          <Badge good={held.missing === 0}>{heldWords(held, feed.size)}</Badge>,
          sinceWords(held),
          erasureBadge(feed, held.node),
        ])}
      />
    )}
    {feed.erasures.length > 0 && <Erasures feed={feed} peers={peers} />}
  </section>
)

const Erasures = ({ feed, peers }: { feed: OwnFeed; peers: PeerState[] }) => {
  const open = feed.erasures.filter(({ openAt }) => openAt.length > 0)
  return (
    <details class="tn-details" open={open.length > 0}>
      <summary>
        {countOf(feed.erasures.length, 'Löschung', 'Löschungen')}
        {open.length > 0 && `, davon ${numberOf(open.length)} offen`}
      </summary>
      <DataTable
        caption={`Löschungen in der Beitragsfolge: ${feedName(feed)}`}
        columns={['Löschung', 'Unterschrieben', 'Bestätigt von', 'Noch offen bei']}
        rows={feed.erasures.map(({ seq, rid, at, confirmedBy, openAt }) => [
          <>
            Eintrag {numberOf(seq)} <code class="tn-rid">{rid}</code>
          </>,
          <Moment at={at} />,
          namesOf(confirmedBy, peers),
          namesOf(openAt, peers),
        ])}
      />
    </details>
  )
}

const namesOf = (nodes: string[], peers: PeerState[]) => {
  if (nodes.length === 0) return 'niemandem'
  if (nodes.length === peers.length && nodes.length > 2) return `allen ${nodes.length} Knoten`
  return peers
    .filter(({ node }) => nodes.includes(node))
    .map(nodeName)
    .join(', ')
}

const Copies = ({ copies }: { copies: Copy[] }) => (
  <section aria-labelledby="kopien">
    <h2 id="kopien">Kopien anderer Zentren</h2>
    {copies.length === 0 ? (
      <p class="tn-empty">Noch ist hier kein anderes Zentrum bekannt.</p>
    ) : (
      <DataTable
        caption="Kopien der Beitragsfolgen anderer Zentren"
        columns={['Beitragsfolge', 'Einträge', 'Zustand', 'Zuletzt geprüft', 'Stand des Zentrums']}
        rows={copies.map((copy) => [
          <>
            <bdi>{copy.name}</bdi>, {audienceOf(copy)}
          </>,
          numberOf(copy.size),
          <>
            <Badge good={isWell(copy)}>{standingWords(copy)}</Badge>
            <Troubles copy={copy} />
          </>,
          momentOrNone(copy.lastSuccess),
          momentOrNone(copy.headIat),
        ])}
      />
    )}
  </section>
)

const Troubles = ({ copy }: { copy: Copy }) => {
  const troubles = troublesOf(copy)
  return troubles.length > 0 ? (
    <ul class="tn-troubles">
      {troubles.map((trouble) => (
        <li>
          <bdi>{trouble}</bdi>
        </li>
      ))}
    </ul>
  ) : null
}

const Peers = ({ peers }: { peers: PeerState[] }) =>
  peers.length > 0 ? (
    <section aria-labelledby="partnerknoten">
      <h2 id="partnerknoten">Partnerknoten</h2>
      <DataTable
        caption="Partnerknoten und ob sie antworten"
        columns={['Knoten', 'Adresse', 'Zuletzt geantwortet', 'Zustand']}
        rows={peers.map((peer) => [
          <bdi>{nodeName(peer)}</bdi>,
          <code>{peer.node}</code>,
          momentOrNone(peer.lastSuccess),
          <>
            <Badge good={peer.lastSuccess !== undefined && !peer.reason}>{peerWords(peer)}</Badge>
            {peer.reason && <p class="tn-troubles">{peerTrouble(peer)}</p>}
          </>,
        ])}
      />
    </section>
  ) : null

const momentOrNone = (at: number | undefined) => (at === undefined ? '–' : <Moment at={at} />)

const Moment = ({ at }: { at: number }) => (
  <time datetime={new Date(at * 1000).toISOString()}>{minuteOf(at)}</time>
)

const Badge = ({ good, children }: { good: boolean; children: string }) => (
  <span class={`tn-badge tn-badge--${good ? 'success' : 'warning'}`}>{children}</span>
)
