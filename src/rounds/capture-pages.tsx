/** The pages on which moderators capture what is said, while it is said. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { readStaffForm } from '../staff/guard.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { CaptureSaid, CaptureView, Items, ItemView } from './capture-view.tsx'
import { emptyForm, type Item, type ItemForm, readItem } from './item.ts'
import { actorIn, mustModerate, roundIn } from './pages.tsx'
import type { Round } from './round.ts'
import { dropItem, type ItemAct, itemsOf, keepItem } from './store.ts'

type App = { Bindings: Hub }

const place = '/runden/:id/mitschrift'

const Told = z.object({ said: CaptureSaid.optional() })

const Act = z.object({
  eintrag: z.uuid(),
  akt: z.uuid(),
  fassung: z.coerce.number().int().min(0).max(2_000_000_000),
  do: z.literal('loeschen').optional(),
})

export const capturePages = new Hono<App>()
  .get(place, async (c) => {
    mustModerate(c)
    const round = await roundIn(c)
    if (c.req.header('x-part') !== 'eintraege') return show(c, round, {})
    const items = await itemsOf(c.env.sql, round.id)
    return c.html(<Items round={round} items={items} />)
  })
  .post(place, async (c) => {
    mustModerate(c)
    const fields = await readStaffForm(c)
    const round = await roundIn(c)
    const { eintrag: item, akt: act, fassung: revision, do: what } = parseInput(Act, fields)
    const target = { act, item, round: round.id, revision }
    return what === 'loeschen' ? drop(c, target) : keep(c, round, target, fields)
  })
  .get(`${place}/:item`, async (c) => {
    const { post, person } = mustModerate(c)
    const round = await roundIn(c)
    const items = await itemsOf(c.env.sql, round.id)
    const item = items.find(({ id }) => id === c.req.param('item'))
    if (!item) throw new Problem('not-found')
    return c.html(<ItemView {...{ site: siteOf(c), post, person, round, item }} />)
  })

const keep = async (
  c: Context<App>,
  round: Round,
  target: ItemAct,
  fields: Record<string, string | string[]>,
) => {
  const read = readItem(fields)
  if (!read.ok) return refuse(c, round, target, fields, read.fault)
  const [row] = await keepItem(c.env.sql, target, read.item, actorIn(c))
  return answer(c, target, row?.outcome)
}

const drop = async (c: Context<App>, target: ItemAct) => {
  const [row] = await dropItem(c.env.sql, target, actorIn(c))
  return answer(c, target, row?.outcome)
}

/** The script is told what became of it; whoever has none is led back to the list. */
const answer = (
  c: Context<App>,
  { round }: ItemAct,
  outcome: 'kept' | 'gone' | CaptureSaid | 'unknown' | undefined,
) => {
  if (outcome === undefined || outcome === 'unknown') throw new Problem('not-found')
  if (isByScript(c)) return c.json({ outcome })
  const said = CaptureSaid.safeParse(outcome).data
  return c.redirect(`/runden/${round}/mitschrift${said ? `?said=${said}` : ''}`, 303)
}

const isByScript = (c: Context<App>) => c.req.header('x-part') === 'gespeichert'

/** What was typed stays in the form. */
const refuse = async (
  c: Context<App>,
  round: Round,
  { item: id, revision }: ItemAct,
  fields: Record<string, string | string[]>,
  fault: string,
) => {
  if (isByScript(c)) throw new Problem('invalid-input', fault)
  const typed = Object.fromEntries(
    Object.keys(emptyForm).map((name) => [name, String(fields[name] ?? '')]),
  ) as ItemForm
  if (revision === 0) return show(c, round, { typed, fault })
  const { post, person } = mustModerate(c)
  const item: Pick<Item, 'id' | 'revision'> = { id, revision }
  return c.html(<ItemView {...{ site: siteOf(c), post, person, round, item, typed, fault }} />, 400)
}

const show = async (
  c: Context<App>,
  round: Round,
  { typed = emptyForm, fault }: { typed?: ItemForm; fault?: string },
) => {
  const { post, person } = mustModerate(c)
  const items = await itemsOf(c.env.sql, round.id)
  const { said } = readQuery(c, Told)
  return c.html(
    <CaptureView {...{ site: siteOf(c), post, person, round, items, typed, fault, said }} />,
    fault === undefined ? 200 : 400,
  )
}
