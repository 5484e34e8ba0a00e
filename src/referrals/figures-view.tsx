import { regions } from '../publications/vocabularies/regions.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { Post } from '../staff/visitor.ts'
import { DataTable } from '../web/data-table.tsx'
import { Submit, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { numberOf } from '../web/texts.ts'
import { type Figures, type Table, tables } from './figures.ts'
import { reasonLabel } from './reasons.ts'
import type { State } from './referral.ts'
import { stateLabels } from './words.ts'

interface Sent {
  iss: string
  month: string
  figures: Figures
}

type FiguresViewProps = {
  site: Site
  post: Post
  own: Figures
  /** What other centres have sent, at the umbrella. */
  sent: Sent[]
  names: Map<string, string>
  month: string
}

export const FiguresView = ({ site, post, own, sent, names, month }: FiguresViewProps) => (
  <Page site={site} title="Zahlen zu Verweisen" hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href="/verweise">Verweise</a> · <bdi>{post.name}</bdi>
      </p>
      <h1>Zahlen zu Verweisen</h1>
      <p class="tn-lead">
        Was Ihr Zentrum verwiesen hat und was beendet ist. Werte unter fünf fehlen, und mit ihnen
        solche, aus denen sie sich im selben Zeitraum errechnen ließen. Geben Sie deshalb nicht die
        Zahlen mehrerer Zeiträume zugleich weiter.
      </p>
      <form class="tn-form tn-place" method="get" action="/verweise/zahlen">
        <TextField name="monat" label="Monat" hint="Etwa 2026-03" value={month} most={7} />
        <div>
          <Submit label="Zeigen" />
        </div>
      </form>
    </header>
    <div class="tn-stack">
      <All figures={own} />
      {post.umbrella && (
        <section aria-labelledby="zentren">
          <h2 id="zentren">Was die Zentren gemeldet haben</h2>
          {sent.length === 0 ? (
            <p class="tn-empty">Noch nichts.</p>
          ) : (
            <DataTable
              caption="Gemeldete Verweise"
              columns={['Zentrum', 'Monat', 'Beendet', 'Abgeschlossen']}
              rows={sent.map(({ iss, month: of, figures }) => [
                <bdi>{names.get(iss) ?? iss}</bdi>,
                of,
                figures.total === null ? 'unter 5' : numberOf(figures.total),
                completedIn(figures),
              ])}
            />
          )}
        </section>
      )}
    </div>
  </Page>
)

const completedIn = ({ rows }: Figures) => {
  const told = rows.filter(({ table, key }) => table === 'outcome' && key.startsWith('completed'))
  if (told.length === 0) return 'nicht ausgewiesen'
  return `mindestens ${numberOf(told.reduce((sum, { n }) => sum + n, 0))}`
}

const All = ({ figures: { total, rows } }: { figures: Figures }) => {
  if (total === null)
    return <p class="tn-empty">Weniger als fünf: nichts, was sich zeigen ließe.</p>
  return (
    <>
      <p>
        Beendet: <strong>{numberOf(total)}</strong>
      </p>
      {tables.map((table) => {
        const told = rows.filter((row) => row.table === table)
        if (told.length === 0) return null
        return (
          <section aria-label={titles[table]}>
            <h2>{titles[table]}</h2>
            <DataTable
              caption={titles[table]}
              columns={[columns[table], 'Anzahl']}
              rows={told.map(({ key, n }) => [labels[table](key), numberOf(n)])}
            />
          </section>
        )
      })}
    </>
  )
}

const titles: Record<Table, string> = {
  pair: 'Von Land zu Land',
  topic: 'Themen',
  outcome: 'Wie sie endeten',
  reason: 'Warum abgelehnt wurde',
  answer: 'Bis zur ersten Antwort',
}

const columns: Record<Table, string> = {
  pair: 'Von – nach',
  topic: 'Thema',
  outcome: 'Ende',
  reason: 'Grund',
  answer: 'Tage',
}

const landOf = (text: string) =>
  text
    .split('+')
    .map((id) => (id === 'DE' ? 'bundesweit' : labelOf(regions, id)))
    .join(', ')

const spans: Record<string, string> = {
  'within-2': 'höchstens 2',
  'within-5': '3 bis 5',
  'within-10': '6 bis 10',
  more: 'mehr als 10',
  none: 'keine Antwort',
}

/** `Berlin – Brandenburg`: from where to where. */
export const pairLabel = (key: string) => key.split(' ').map(landOf).join(' – ')

const labels: Record<Table, (key: string) => string> = {
  pair: pairLabel,
  topic: (key) => labelOf(topics, key),
  outcome: (key) => {
    const [state = '', outcome] = key.split(' ')
    const label = stateLabels[state as State] ?? state
    return outcome ? `${label}: ${reasonLabel(outcome)}` : label
  },
  reason: reasonLabel,
  answer: (key) => spans[key] ?? key,
}
