/** Reporting a barrier, and what the administration sees of it. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { attempt } from '../staff/attempts.ts'
import { postOf, readStaffForm } from '../staff/guard.ts'
import { readForm } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { AccessibilityView } from './accessibility-view.tsx'
import { propsOf } from './pages.tsx'
import { ReportsView } from './reports-view.tsx'
import { forgetReport, keepReport, openReports } from './store.ts'

type App = { Bindings: Hub }

const Report = z.object({
  page: z.string().trim().max(500).default(''),
  report: z.string().trim().min(1).max(4_000),
  contact: z.string().trim().max(200).default(''),
})

export const reportPages = new Hono<App>()
  .post('/barrierefreiheit', async (c) => {
    await attempt(c.env, 'report', c.env.network?.() ?? 'unknown')
    const fields = await readForm(c)
    const report = Report.safeParse(fields).data
    if (!report) return showAgain(c, fields)
    const made_at = new Date(c.env.now())
    await keepReport(c.env.sql, { id: crypto.randomUUID(), made_at, ...report })
    return c.redirect('/barrierefreiheit?said=reported', 303)
  })
  .get('/verwaltung/rueckmeldungen', async (c) => {
    const post = operatorPost(c)
    const reports = await openReports(c.env.sql)
    return c.html(<ReportsView site={siteOf(c)} post={post} reports={reports} />)
  })
  .post('/verwaltung/rueckmeldungen/:id/erledigt', async (c) => {
    await readStaffForm(c)
    operatorPost(c)
    const id = z.uuid().safeParse(c.req.param('id')).data
    const [forgotten] = id ? await forgetReport(c.env.sql, id) : []
    if (!forgotten) throw new Problem('not-found')
    return c.redirect('/verwaltung/rueckmeldungen', 303)
  })

/** The node's pages are the business of the centre that runs it. */
const operatorPost = (c: Context<App>) => {
  const post = postOf(c)
  if (post.centre !== c.env.config.centres[0]?.slug) throw new Problem('not-found')
  return post
}

/** What she wrote stays in the form. */
const showAgain = (c: Context<App>, fields: Record<string, string | string[]>) => {
  const text = (name: string) => String(fields[name] ?? '').slice(0, 4_000)
  const entered = { page: text('page'), report: text('report'), contact: text('contact') }
  return c.html(
    <AccessibilityView {...propsOf(c, 'barrierefreiheit')} entered={entered} faulty />,
    400,
  )
}
