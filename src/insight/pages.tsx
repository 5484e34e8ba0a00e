/** The nationwide view in figures, and the report for the funder. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { audienceOf } from '../publications/pages.tsx'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { isoDateOf } from '../web/texts.ts'
import { asCsv, asXlsx } from './export.ts'
import { Cut, figuresOf } from './figures.ts'
import { FiguresView } from './figures-view.tsx'
import { referredPairs } from './pairs.ts'
import { indicators, reportOf } from './report.ts'
import { ReportView } from './report-view.tsx'

type App = { Bindings: Hub }

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const Report = z.object({ von: z.iso.date().optional(), bis: z.iso.date().optional() })

export const insightPages = new Hono<App>()
  .get('/zahlen', async (c) => {
    const cut = readQuery(c, Cut)
    const [figures, pairs, centres] = await Promise.all([
      figuresOf(c.env, audienceOf(c), cut),
      pairsFor(c, cut),
      allCentres(c.env.sql),
    ])
    return c.html(
      <FiguresView
        site={siteOf(c)}
        cut={cut}
        figures={figures}
        pairs={pairs}
        centres={centres.map(({ slug, organization_name: name }) => ({ slug, name }))}
      />,
    )
  })
  .get('/zahlen.csv', async (c) => {
    const cut = readQuery(c, Cut)
    const figures = await figuresOf(c.env, audienceOf(c), cut)
    return file(
      c,
      asCsv(figures, await pairsFor(c, cut)),
      'text/csv; charset=utf-8; header=present',
      'csv',
    )
  })
  .get('/zahlen.xlsx', async (c) => {
    const cut = readQuery(c, Cut)
    const figures = await figuresOf(c.env, audienceOf(c), cut)
    return file(c, await asXlsx(figures, await pairsFor(c, cut)), xlsx, 'xlsx')
  })
  .get('/zahlen/bericht', async (c) => {
    const { von, bis } = readQuery(c, Report)
    const today = isoDateOf(c.env.now() / 1000)
    const period = { von: von ?? `${today.slice(0, 4)}-01-01`, bis: bis ?? today }
    const asked = c.req.queries('zeigt')
    const chosen = indicators.filter(({ id }) => asked?.includes(id) ?? true)
    const report = await reportOf(c.env, audienceOf(c), period)
    return c.html(<ReportView site={siteOf(c)} report={report} indicators={chosen} />)
  })

/** The counts were sent to the umbrella, to be seen by its staff; nowhere else are there any. */
const pairsFor = async (c: Context<App>, cut: Cut) =>
  c.get('visitor')?.post?.umbrella ? referredPairs(c.env, cut) : undefined

const file = (c: Context<App>, body: string | ArrayBuffer, type: string, ending: string) => {
  c.header('content-disposition', `attachment; filename="transfernetz-zahlen.${ending}"`)
  return c.body(body, 200, { 'content-type': type })
}
