/** Searches that staff keep: the list of them, what is new in one, and keeping another. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { itemOf } from '../publications/pages.tsx'
import { postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { addressOf } from '../staff/message-store.ts'
import type { WaitingSource } from '../staff/waiting.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { countOf } from '../web/texts.ts'
import { centreNames } from './api.ts'
import { readRecords } from './hits-store.ts'
import { SearchQuery } from './query.ts'
import { save } from './save.ts'
import { keptOf, most, SavedInput, searchIn } from './saved.ts'
import { NewsView } from './saved-news-view.tsx'
import {
  changeSearch,
  dropSearch,
  type News,
  newsOf,
  savedSearchesOf,
  seeNews,
} from './saved-store.ts'
import {
  KeepView,
  type KeepViewProps,
  Said,
  SavedView,
  savedPath,
  type Wishes,
} from './saved-views.tsx'
import { titleOf } from './views.tsx'

type App = { Bindings: Hub }

const path = savedPath

export const savedPages = new Hono<App>()
  .get(path, async (c) => {
    const { said } = readQuery(c, z.object({ said: Said.optional() }))
    const searches = await savedSearchesOf(c.env.sql, ownerIn(c))
    return c.html(<SavedView site={siteOf(c)} post={postOf(c)} searches={searches} said={said} />)
  })
  .get(`${path}/neu`, (c) => showForm(c, readQuery(c, SearchQuery)))
  .post(path, keep)
  .get(`${path}/:id`, showNews)
  .get(`${path}/:id/aendern`, async (c) => {
    const search = found(await savedSearchesOf(c.env.sql, ownerIn(c), idIn(c)))
    return c.html(
      <KeepView site={siteOf(c)} post={postOf(c)} {...search} mail={await hasMail(c)} />,
    )
  })
  .post(`${path}/:id`, change)
  .post(`${path}/:id/gesehen`, async (c) => {
    const { upto } = parseInput(
      z.object({ upto: z.coerce.number().min(0) }),
      await readStaffForm(c),
    )
    await seeNews(c.env.sql, ownerIn(c), idIn(c), Math.min(upto, c.env.now()))
    return c.redirect(`${path}?said=seen`, 303)
  })
  .post(`${path}/:id/loeschen`, async (c) => {
    await readStaffForm(c)
    found(await dropSearch(c.env.sql, ownerIn(c), idIn(c)))
    return c.redirect(`${path}?said=dropped`, 303)
  })

/** What is news in somebody's searches, for her start page. */
export const waitingNews: WaitingSource = async (hub, { person, post }) => {
  const searches = post ? await savedSearchesOf(hub.sql, person) : []
  return searches
    .filter(({ news }) => news > 0)
    .map(({ id, name, news }) => ({
      title: `Neues zu „${name}“`,
      text: `${countOf(news, 'Beitrag ist', 'Beiträge sind')} neu, geändert oder zurückgenommen.`,
      path: `${path}/${id}`,
      action: 'Ansehen',
    }))
}

/** Who keeps them; only who works for a centre finds what is for the centres. */
const ownerIn = (c: Context<App>) => {
  postOf(c)
  return visitorOf(c).person
}

const idIn = (c: Context<App>) => {
  const id = z.uuid().safeParse(c.req.param('id')).data
  if (!id) throw new Problem('not-found')
  return id
}

const found = <T,>([row]: readonly T[]): T => {
  if (row === undefined) throw new Problem('not-found')
  return row
}

type Form = Partial<Pick<KeepViewProps, 'id' | 'said' | 'faults'>> & { wishes?: Wishes }

/** The form before anything is kept: named after what is looked for. */
const showForm = async (
  c: Context<App>,
  query: SearchQuery,
  { wishes, ...form }: Form = {},
  status: 200 | 400 | 409 = 200,
) => {
  const centres = await centreNames(c.env)
  const mail = await hasMail(c)
  const name = titleOf(query, centres)
    .replace(/^Suche nach /, '')
    .slice(0, 120)
  const props = { ...(wishes ?? { name, rhythm: 'daily', message: mail }), ...form, mail }
  return c.html(
    <KeepView site={siteOf(c)} post={postOf(c)} query={keptOf(query)} {...props} />,
    status,
  )
}

const hasMail = async (c: Context<App>) => {
  const [address] = await addressOf(c.env.sql, ownerIn(c))
  return c.env.mail !== undefined && Boolean(address?.email)
}

/** What somebody wishes for, or what is wrong with it, to be mended where she wrote it. */
const readWishes = (fields: Record<string, string | string[]>) => {
  const { success, data, error } = SavedInput.safeParse(fields)
  if (success) return { ok: true, input: data } as const
  const faults = error.issues.map(({ path: [name], message }) => ({ name: String(name), message }))
  if (faults.some(({ name }) => name !== 'name' && name !== 'rhythm'))
    throw new Problem('invalid-input')
  const wishes = {
    name: [fields.name ?? ''].flat().join(' '),
    rhythm: [fields.rhythm ?? ''].flat().join(),
    message: fields.message === 'yes',
  }
  return {
    ok: false,
    form: { wishes, faults: Object.fromEntries(faults.map((each) => [each.name, each.message])) },
  } as const
}

async function keep(c: Context<App>) {
  const { query: kept, ...fields } = await readStaffForm(c)
  const query = searchIn(typeof kept === 'string' ? kept : '')
  if (!query) throw new Problem('invalid-input')
  const read = readWishes(fields)
  if (!read.ok) return showForm(c, query, read.form, 400)
  const saved = await save(c.env, ownerIn(c), query, read.input)
  if (saved.ok) return c.redirect(`${path}?said=saved`, 303)
  return showForm(c, query, { said: saved.reason, wishes: read.input }, 409)
}

async function change(c: Context<App>) {
  const read = readWishes(await readStaffForm(c))
  if (read.ok) {
    found(await changeSearch(c.env.sql, ownerIn(c), idIn(c), read.input))
    return c.redirect(`${path}?said=changed`, 303)
  }
  const search = found(await savedSearchesOf(c.env.sql, ownerIn(c), idIn(c)))
  const { wishes, faults } = read.form
  const props = { ...search, ...wishes, faults, mail: await hasMail(c) }
  return c.html(<KeepView site={siteOf(c)} post={postOf(c)} {...props} />, 400)
}

async function showNews(c: Context<App>) {
  // Before they are read: what is told meanwhile has not been seen.
  const now = c.env.now()
  const search = found(await savedSearchesOf(c.env.sql, ownerIn(c), idIn(c)))
  const news = await newsOf(c.env.sql, search.id, most.shown)
  const shown = await readRecords(c.env.sql, 'members', news.flatMap(keyOf))
  const items = shown.map(itemOf)
  const props = { site: siteOf(c), post: postOf(c), search, now }
  return c.html(
    <NewsView
      {...props}
      news={news.map((one) => ({
        ...one,
        record: items.find(({ iss, rid }) => iss === one.iss && rid === one.rid),
      }))}
    />,
  )
}

const keyOf = ({ iss, rid, feed }: News) => (feed === null ? [] : [{ iss, rid, feed }])
