/** Pictures that a server draws. Each stands beside its table, and none says anything by colour alone. */
import { type LandId, lands } from '../places/lands.ts'
import { landShapes, mapCredit, mapViewBox } from '../places/map.tsx'
import { DataTable } from '../web/data-table.tsx'
import { numberOf } from '../web/texts.ts'
import type { Cell, Figure } from './figures.ts'

type BarsProps = {
  /** What is counted: the head of the first column. */
  title: string
  figures: Figure[]
  /** What the figures are of. */
  unit?: string
  /** Where one finds what a figure counts. */
  href?: ((value: string) => string) | undefined
}

/** A table whose last column is a bar: long ones are much. */
export const Bars = ({ title, figures, unit = 'Beiträge', href }: BarsProps) => {
  const most = Math.max(1, ...figures.map(({ count }) => count))
  return (
    <table class="tn-bars">
      <thead class="kern-sr-only">
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{unit}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {figures.map(({ value, label, count }) => (
          <tr class={count === 0 ? 'tn-bars__none' : undefined}>
            <th scope="row">
              {href && count > 0 ? <a href={href(value)}>{label}</a> : <bdi>{label}</bdi>}
            </th>
            <td class="tn-bars__count">{numberOf(count)}</td>
            <td class="tn-bars__bar">
              <Bar share={count / most} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Bar = ({ share }: { share: number }) => (
  <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect width={rounded(share * 100)} height="10" />
  </svg>
)

const rounded = (value: number) => Math.round(value * 100) / 100

/** Units of the drawing, which grows with the page. */
const line = { width: 640, height: 220, left: 36, bottom: 24, top: 12 } as const

/** How a count went from month to month, with the table to unfold. */
export const Months = ({ figures }: { figures: Figure[] }) => {
  if (figures.length < 2) return <Single figure={figures[0]} />
  const most = Math.max(1, ...figures.map(({ count }) => count))
  const points = figures.map((figure, n) => ({
    ...figure,
    x: xOf(n, figures.length),
    y: yOf(figure.count / most),
  }))
  const [first, last] = [points[0], points.at(-1)]
  return (
    <figure class="tn-line">
      <svg viewBox={`0 0 ${line.width} ${line.height}`} role="img" aria-label={describe(figures)}>
        {[0, 1].map((share) => (
          <g class="tn-line__grid">
            <line x1={line.left} x2={line.width} y1={yOf(share)} y2={yOf(share)} />
            <text x={line.left - 8} y={yOf(share) + 5} text-anchor="end">
              {share * most}
            </text>
          </g>
        ))}
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {points.map(({ x, y }) => (
          <circle cx={x} cy={y} r="3.5" />
        ))}
        <text x={line.left} y={line.height - 4}>
          {first?.label}
        </text>
        <text x={line.width} y={line.height - 4} text-anchor="end">
          {last?.label}
        </text>
      </svg>
      <figcaption>
        <details class="tn-details">
          <summary>Als Tabelle</summary>
          <DataTable
            caption="Beiträge je Monat"
            columns={['Monat', 'Beiträge']}
            rows={figures.map(({ label, count }) => [label, numberOf(count)])}
          />
        </details>
      </figcaption>
    </figure>
  )
}

/** One month is no course of time. */
const Single = ({ figure }: { figure: Figure | undefined }) =>
  figure ? (
    <p>
      {figure.label}: {numberOf(figure.count)}
    </p>
  ) : (
    <p class="tn-empty">Für diese Auswahl gibt es nichts.</p>
  )

const xOf = (n: number, of: number) =>
  rounded(line.left + 6 + (n / (of - 1)) * (line.width - line.left - 12))

const yOf = (share: number) =>
  rounded(line.top + (1 - share) * (line.height - line.top - line.bottom))

const describe = (figures: Figure[]) => {
  const most = [...figures].sort((a, b) => b.count - a.count)[0]
  return `Verlauf von ${figures[0]?.label} bis ${figures.at(-1)?.label}; am meisten: ${most?.label} mit ${most?.count}`
}

/** The Länder, darker where there is more; the number stands in each, and all of them in the table beside it. */
export const LandFigures = ({ figures }: { figures: Figure[] }) => {
  const most = Math.max(1, ...figures.map(({ count }) => count))
  const count = (land: LandId) => figures.find(({ value }) => value === land)?.count ?? 0
  return (
    <figure class="tn-map tn-map--figures">
      <svg viewBox={mapViewBox} role="img" aria-label="Karte: Beiträge je Land, wie in der Tabelle">
        {landShapes.map(({ land, path }) => (
          <path d={path} class={`tn-map__land tn-map__land--${stepOf(count(land) / most)}`} />
        ))}
        {landShapes.map(({ land, middle }) => (
          <text
            class={`tn-map__count tn-map__count--${stepOf(count(land) / most)}`}
            x={middle[0]}
            y={middle[1]}
          >
            {count(land)}
          </text>
        ))}
      </svg>
      <figcaption class="tn-muted">{mapCredit}</figcaption>
    </figure>
  )
}

/** None, then four steps of equal size. */
const stepOf = (share: number) => Math.ceil(share * 4)

type CoverageProps = {
  /** `Themen und Länder` */
  title: string
  terms: readonly { id: string; de: string }[]
  coverage: Cell[]
}

/** Who has written about what, by Land: the empty places are where something is missing. */
export const Coverage = ({ title, terms, coverage }: CoverageProps) => {
  const counts = new Map(coverage.map(({ land, value, count }) => [`${land} ${value}`, count]))
  return (
    <section class="tn-scroll" aria-label={`Tabelle: ${title}`} tabindex={0}>
      <table class="tn-matrix">
        <caption class="kern-sr-only">{title}</caption>
        <thead>
          <tr>
            <td />
            {lands.map(({ id, name }) => (
              <th scope="col">
                <abbr title={name}>{id.slice(3)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {terms.map(({ id, de }) => (
            <tr>
              <th scope="row">{de}</th>
              {lands.map((land) => (
                <Count count={counts.get(`${land.id} ${id}`) ?? 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Count = ({ count }: { count: number }) =>
  count > 0 ? (
    <td class="tn-matrix__some">{numberOf(count)}</td>
  ) : (
    <td>
      <span aria-hidden="true">–</span>
      <span class="kern-sr-only">keiner</span>
    </td>
  )
