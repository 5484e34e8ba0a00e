import {
  CentreSelect,
  KindSelect,
  LandSelect,
  TopicSelect,
} from '../publications/filter-selects.tsx'
import { kindOf } from '../publications/kinds.ts'
import { pairLabel } from '../referrals/figures-view.tsx'
import { addressOf } from '../web/address.ts'
import { DateField } from '../web/choices.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { countOf } from '../web/texts.ts'
import { Bars, Coverage, LandFigures, Months } from './charts.tsx'
import {
  type Cut,
  type Dimension,
  dimensions,
  type Figures,
  gapsIn,
  termsAcross,
} from './figures.ts'
import type { Pair } from './pairs.ts'
import { coveredKind } from './store.ts'

type FiguresViewProps = {
  site: Site
  cut: Cut
  figures: Figures
  /** Referrals from Land to Land; absent for those whom the counts were not sent to. */
  pairs: Pair[] | undefined
  centres: { slug: string; name: string }[]
}

export const FiguresView = (props: FiguresViewProps) => {
  const { site, cut, figures } = props
  return (
    <Page site={site} title="Zahlen">
      <header class="tn-intro">
        <h1>Zahlen</h1>
        <p class="tn-lead">
          Was die Zentren miteinander teilen: wie viel, wozu und für wen. Ein Beitrag mit zwei
          Themen zählt bei beiden. Gezählt sind veröffentlichte Beiträge, die jeder einzeln
          nachlesen kann; deshalb stehen hier auch kleine Werte.
        </p>
      </header>
      <div class="tn-columns">
        <aside class="tn-side" aria-labelledby="auswahl">
          <CutForm {...props} />
        </aside>
        <div class="tn-figures">
          <p class="tn-figures__total" aria-live="polite">
            <strong>{countOf(figures.total, 'Beitrag', 'Beiträge')}</strong>
          </p>
          <Section name="month">
            <Months figures={figures.by.month} />
          </Section>
          <Section name="land">
            <div class="tn-figures__land">
              <LandFigures figures={figures.by.land} />
              <BarsOf {...props} name="land" />
            </div>
          </Section>
          {(['kind', 'topic', 'sector', 'size', 'outcome', 'maturity', 'centre'] as const).map(
            (name) => (
              <Section name={name}>
                <BarsOf {...props} name={name} />
              </Section>
            ),
          )}
          <Gaps {...props} />
          <Overdue figures={figures} />
          <Adopted figures={figures} />
          {props.pairs && <Pairs pairs={props.pairs} />}
          <p class="tn-figures__forms">
            Dieselben Zahlen als <a href={addressOf('/zahlen.csv', cut)}>CSV</a> und als{' '}
            <a href={addressOf('/zahlen.xlsx', cut)}>Excel-Datei</a>; für Zuwendungsgeber gibt es
            den <a href="/zahlen/bericht">Bericht je Zentrum</a>.
          </p>
        </div>
      </div>
    </Page>
  )
}

const CutForm = ({ cut, centres }: FiguresViewProps) => (
  <FilterPanel title="Auswählen" id="auswahl" action="/zahlen" label="Zählen">
    <KindSelect chosen={cut.kind} />
    <CentreSelect centres={centres} chosen={cut.centre} />
    <LandSelect name="land" chosen={cut.land} />
    <TopicSelect chosen={cut.topic} />
    <DateField name="von" label="Veröffentlicht ab" value={cut.von} />
    <DateField name="bis" label="Veröffentlicht bis" value={cut.bis} />
  </FilterPanel>
)

const Section = ({ name, children }: { name: Dimension; children: unknown }) => (
  <section aria-labelledby={`nach-${name}`}>
    <h2 id={`nach-${name}`}>{headings[name]}</h2>
    {children}
  </section>
)

const headings: Record<Dimension, string> = {
  month: 'Im Lauf der Zeit',
  land: 'Nach Land',
  kind: 'Nach Beitragsart',
  topic: 'Nach Thema',
  sector: 'Nach Wirtschaftszweig',
  size: 'Nach Betriebsgröße',
  outcome: 'Nach Ausgang',
  maturity: 'Nach Reifegrad',
  centre: 'Nach Zentrum',
}

/** Values that one may narrow these figures to. */
const narrowing = ['kind', 'centre', 'land', 'topic'] as const

const BarsOf = ({ name, figures, cut }: FiguresViewProps & { name: Dimension }) => {
  const rows = figures.by[name].filter(({ count }) => count > 0 || name !== 'sector')
  if (rows.length === 0) return <p class="tn-empty">Für diese Auswahl gibt es nichts.</p>
  const narrows = narrowing.some((one) => one === name)
  return (
    <Bars
      title={dimensions[name]}
      figures={rows}
      href={narrows ? (value) => addressOf('/zahlen', { ...cut, [name]: value }) : undefined}
    />
  )
}

const Gaps = ({ figures, cut }: FiguresViewProps) => {
  const what = kindOf(coveredKind(cut))
  return (
    <section aria-labelledby="flecken">
      <h2 id="flecken">Weiße Flecken</h2>
      <p>
        {what.plural} nach Land. Wo noch nichts vorliegt, steht ein Strich.{' '}
        {gapsIn(figures).length === 0 && 'Zurzeit gibt es zu jedem Thema aus jedem Land etwas.'}
      </p>
      {(['topic', 'sector'] as const).map((name) => (
        <>
          <h3>{dimensions[name]}</h3>
          <Coverage
            title={`${what.plural}: ${dimensions[name]} und Land`}
            terms={termsAcross(name)}
            coverage={figures.coverage[name]}
          />
        </>
      ))}
    </section>
  )
}

const Overdue = ({ figures: { overdue } }: { figures: Figures }) => (
  <section aria-labelledby="pruefung">
    <h2 id="pruefung">Überprüfung überfällig</h2>
    {overdue.length > 0 ? (
      <Bars title="Zentrum" figures={overdue} />
    ) : (
      <p>Jeder Beitrag ist so aktuell, wie sein Zentrum es zugesagt hat.</p>
    )}
  </section>
)

const Adopted = ({ figures: { adopted } }: { figures: Figures }) => (
  <section aria-labelledby="uebernommen">
    <h2 id="uebernommen">Von anderen übernommen</h2>
    {adopted.length > 0 ? (
      <>
        <p>Was andere Zentren am häufigsten übernommen und an ihre Region angepasst haben.</p>
        <Bars title="Beitrag" unit="Übernahmen" figures={adopted} href={(path) => path} />
      </>
    ) : (
      <p>Für diese Auswahl ist keine Übernahme verzeichnet.</p>
    )}
  </section>
)

const Pairs = ({ pairs }: { pairs: Pair[] }) => (
  <section aria-labelledby="verweise">
    <h2 id="verweise">Verweise von Land zu Land</h2>
    <p>
      Abgeschlossene Monate, wie die Zentren sie unterschrieben gemeldet haben. Werte unter fünf in
      einem Monat fehlen.
    </p>
    {pairs.length > 0 ? (
      <Bars
        title="Von – nach"
        unit="Verweise"
        figures={pairs.map(({ pair, count }) => ({ value: pair, label: pairLabel(pair), count }))}
      />
    ) : (
      <p>Für diese Auswahl wurde nichts gemeldet, was sich zeigen ließe.</p>
    )}
  </section>
)
