import { Icon } from '../web/icons.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { dateOf } from '../web/texts.ts'
import type { Kind } from './kind.ts'

/** What is left of a record that is gone. `at` in seconds since 1970. */
export interface Tombstone {
  op: 'withdraw' | 'erase'
  /** Name of the centre that took it back. */
  centre: string
  at: number
  reason?: string
  /** It goes on among the centres. */
  continued?: boolean
  /** Path of the record that stands in its place. */
  replacedBy?: string
}

const reasons: Record<string, string> = {
  'consent-revoked': 'Eine Einwilligung wurde widerrufen.',
  legal: 'Es gab rechtliche Gründe.',
  incorrect: 'Der Inhalt war nicht richtig.',
  outdated: 'Der Inhalt war überholt.',
  duplicate: 'Der Beitrag war doppelt vorhanden.',
}

type TombstoneViewProps = { site: Site; kind: Kind; tombstone: Tombstone }

/** The page of a record that was withdrawn or erased; goes with HTTP 410. */
export const TombstoneView = ({ site, kind, tombstone }: TombstoneViewProps) => {
  const { op, centre, at, reason = 'other', continued, replacedBy } = tombstone
  const title =
    op === 'erase' ? 'Dieser Beitrag wurde gelöscht' : 'Dieser Beitrag wurde zurückgezogen'
  return (
    <Page site={site} title={title} hidden>
      <article class="tn-notice-page">
        <p class="tn-kicker">{kind.label}</p>
        <h1>{title}</h1>
        <p class="tn-lead">
          {op === 'erase' ? 'Gelöscht' : 'Zurückgezogen'} am {dateOf(at)} von: <bdi>{centre}</bdi>.{' '}
          {reasons[reason] ?? 'Ein Grund ist nicht angegeben.'}
        </p>
        <p>{continued ? narrowed : op === 'erase' ? erased : withdrawn}</p>
        <p class="tn-actions">
          {replacedBy && (
            <a class="kern-btn kern-btn--primary" href={replacedBy}>
              <span class="kern-label">Zum Beitrag, der ihn ersetzt</span>
              <Icon name="arrow-forward" />
            </a>
          )}
          <a class="kern-btn kern-btn--secondary" href={`/${kind.path}`}>
            <span class="kern-label">Alle {kind.plural}</span>
          </a>
        </p>
      </article>
    </Page>
  )
}

const erased =
  'Alle Knoten müssen seinen Inhalt löschen. Geblieben ist nur die Unterschrift des Zentrums, die belegt, dass es ihn gab und dass er gelöscht wurde.'
const narrowed =
  'Seine Inhalte sind nicht mehr öffentlich; alle Knoten müssen die öffentlichen Fassungen löschen. Unter den Zentren gibt es ihn weiter.'
const withdrawn =
  'Sein Inhalt ist nicht mehr öffentlich. Geblieben ist die Unterschrift des Zentrums, die belegt, dass es ihn gab und dass er zurückgezogen wurde.'
