/** The draft of a newsletter, for whoever writes one. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { only } from '../staff/guard.ts'
import { parseInput, readForm, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { calendarDateOf, isoDateOf } from '../web/texts.ts'
import { asHtml, asText, draftNewsletter } from './newsletter.ts'
import { NewsletterView } from './newsletter-view.tsx'

type App = { Bindings: Hub }

const day = z.iso.date().optional()
const Asked = z.strictObject({ von: day, bis: day })

const Edited = z.object({ text: z.string().max(200_000), form: z.enum(['html', 'txt']) })

const month = 30 * 24 * 3_600

export const newsletterPages = new Hono<App>()
  .use('/zahlen/rundbrief', only('editor', 'curator'))
  .get('/zahlen/rundbrief', async (c) => {
    const period = periodOf(c)
    const title = `Neues aus den Zukunftszentren, ${calendarDateOf(period.von)} bis ${calendarDateOf(period.bis)}`
    const text = await draftNewsletter(c.env, period, title)
    return c.html(<NewsletterView site={siteOf(c)} period={period} text={text} />)
  })
  .post('/zahlen/rundbrief', async (c) => {
    const { text, form } = parseInput(Edited, await readForm(c))
    // Browsers send lines as forms have them.
    const lines = text.replaceAll('\r\n', '\n')
    c.header('content-disposition', `attachment; filename="rundbrief.${form}"`)
    return form === 'html'
      ? c.body(asHtml(lines), 200, { 'content-type': 'text/html; charset=utf-8' })
      : c.body(asText(lines), 200, { 'content-type': 'text/plain; charset=utf-8' })
  })

/** The last thirty days, unless others are asked for. */
const periodOf = (c: Context<App>) => {
  const { von, bis } = readQuery(c, Asked)
  const now = c.env.now() / 1000
  return { von: von ?? isoDateOf(now - month), bis: bis ?? isoDateOf(now) }
}
