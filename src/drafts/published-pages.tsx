/** The pages about what the own centre has published. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { Reason, reasons } from '../exchange/entry.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { kindOf } from '../publications/kinds.ts'
import { readOne } from '../publications/reading.ts'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { arrivalsOf } from './arrival.ts'
import { Arrivals, type OwnRecord, PublishedView } from './published-view.tsx'
import { TakeBackView } from './take-back-view.tsx'
import { How, TakeBackSaid, takeBack } from './taking-back.ts'

type App = { Bindings: Hub }

const Told = z.object({ said: TakeBackSaid.optional() })
const Wanted = z.object({ wie: How.optional(), grund: z.enum(reasons).optional() })

const place = '/entwuerfe/beitraege/:rid'

export const publishedPages = new Hono<App>()
  .get(place, async (c) => {
    const record = await ownRecord(c)
    const arrivals = await arrivalsOf(c.env, record.found)
    if (c.req.header('x-part') === 'live') return c.html(<Arrivals arrivals={arrivals} />)
    const { said } = readQuery(c, Told)
    const [site, visitor] = [siteOf(c), visitorOf(c)]
    return c.html(<PublishedView {...{ site, visitor, record, arrivals, said }} />)
  })
  .get(`${place}/zuruecknehmen`, async (c) => {
    const record = await takenBack(c)
    const { wie: how, grund: reason } = readQuery(c, Wanted)
    const [site, visitor] = [siteOf(c), visitorOf(c)]
    const arrivals = await arrivalsOf(c.env, record.found)
    const versions = record.found.ver
    return c.html(
      <TakeBackView
        {...{ site, visitor, record, arrivals, versions, files: filesIn(record), how, reason }}
      />,
    )
  })
  .post(`${place}/zuruecknehmen`, async (c) => {
    const fields = await readStaffForm(c)
    const { found } = await takenBack(c)
    const { wie: how, grund: reason } = parseInput(z.object({ wie: How, grund: Reason }), fields)
    const [{ centre, iss }, { person: by }] = [postOf(c), visitorOf(c)]
    await takeBack(c.env, { centre, iss, rid: found.rid, how, reason, by })
    return c.redirect(`/entwuerfe/beitraege/${found.rid}?said=${how}`, 303)
  })

/** A record that this centre has published, in whatever state it is. */
const ownRecord = async (c: Context<App>): Promise<OwnRecord> => {
  const { centre, iss } = postOf(c)
  const one = await readOne(c.env, 'members', centre, c.req.param('rid') ?? '')
  const { found } = one
  if (found.iss !== iss || !found.kind) throw new Problem('not-found')
  const kind = kindOf(found.kind)
  const title = one.state === 'published' ? titleIn(one.content) : kind.label
  return { found, title, path: `/${kind.path}/${centre}/${found.rid}` }
}

const titleIn = (content: string) => (JSON.parse(content) as { title: string }).title

/** The same, for who may take it back. */
const takenBack = async (c: Context<App>) => {
  if (!hasRole(visitorOf(c), ['editor'])) throw new Problem('role-needed')
  const record = await ownRecord(c)
  if (record.found.state !== 'published') throw new Problem('gone')
  return record
}

const filesIn = ({ found: { content } }: OwnRecord) =>
  ((JSON.parse(content ?? '{}') as { attachments?: unknown[] }).attachments ?? []).length
