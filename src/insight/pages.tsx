/** The nationwide view in figures, and the report for the funder. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { audienceOf } from '../publications/pages.tsx'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { isoDateOf } from '../web/texts.ts'
import { asCsv, asXlsx, figuresTable, reportTable, type Table } from './export.ts'
import { Cut, figuresOf } from './figures.ts'
import { FiguresView } from './figures-view.tsx'
import { referredPairs } from './pairs.ts'
import { indicators, reportOf } from './report.ts'
import { ReportView } from './report-view.tsx'

type App = { Bindings: Hub }

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const Period = z.object({ von: z.iso.date().optional(), bis: z.iso.date().optional() })
const Shown = z.array(z.enum(indicators.map(({ id }) => id))).optional()

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
  .get('/zahlen.csv', async (c) => sendCsv(c, await figuresFor(c), 'zahlen'))
  .get('/zahlen.xlsx', async (c) => sendXlsx(c, await figuresFor(c), 'zahlen'))
  .get('/zahlen/bericht', async (c) => {
    const { report, indicators } = await reportFor(c)
    return c.html(<ReportView site={siteOf(c)} report={report} indicators={indicators} />)
  })
  .get('/zahlen/bericht.csv', async (c) => {
    const { report, indicators } = await reportFor(c)
    return sendCsv(c, reportTable(report, indicators), 'bericht')
  })
  .get('/zahlen/bericht.xlsx', async (c) => {
    const { report, indicators } = await reportFor(c)
    return sendXlsx(c, reportTable(report, indicators), 'bericht')
  })

const figuresFor = async (c: Context<App>) => {
  const cut = readQuery(c, Cut)
  const [figures, pairs] = await Promise.all([
    figuresOf(c.env, audienceOf(c), cut),
    pairsFor(c, cut),
  ])
  return figuresTable(figures, cut, pairs)
}

/** The report that is asked for: of this year and with every indicator, unless others are named. */
const reportFor = async (c: Context<App>) => {
  const { von, bis } = readQuery(c, Period)
  const asked = parseInput(Shown, c.req.queries('zeigt'))
  const today = isoDateOf(c.env.now() / 1000)
  const period = { von: von ?? `${today.slice(0, 4)}-01-01`, bis: bis ?? today }
  return {
    report: await reportOf(c.env, audienceOf(c), period),
    indicators: indicators.filter(({ id }) => asked?.includes(id) ?? true),
  }
}

/** The counts were sent to the umbrella, to be seen by its staff; nowhere else are there any. */
const pairsFor = async (c: Context<App>, cut: Cut) =>
  c.get('visitor')?.post?.umbrella ? referredPairs(c.env, cut) : undefined

const sendCsv = (c: Context<App>, table: Table, name: string) =>
  send(c, asCsv(table), 'text/csv; charset=utf-8; header=present', `${name}.csv`)

const sendXlsx = async (c: Context<App>, table: Table, name: string) =>
  send(c, await asXlsx(table), xlsx, `${name}.xlsx`)

const send = (c: Context<App>, body: string | ArrayBuffer, type: string, name: string) => {
  c.header('content-disposition', `attachment; filename="transfernetz-${name}"`)
  return c.body(body, 200, { 'content-type': type })
}
