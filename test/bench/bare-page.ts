/**
 * The least that can answer with a page of 20 records: one route, one query, hono's JSX, and filled up so that it has
 * as many elements and bytes. `node bare-page.ts DATABASE_URL ELEMENTS BYTES`.
 */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { jsx } from 'hono/jsx/jsx-runtime'
import postgres from 'postgres'

const [, , url = '', elements = '0', bytes = '0'] = process.argv
const sql = postgres(url, { fetch_types: false })

interface Row {
  rid: string
  title: string
  summary: string
  centre: string
}

/** So many more elements in each record, each with such a text. */
const filling = { count: 0, text: '' }

const Filling = () => jsx('p', { children: filling.text })

const Item = ({ rid, title, summary, centre }: Row) =>
  jsx('li', {
    children: [
      jsx('h2', { children: jsx('a', { href: `/${rid}`, children: title }) }),
      jsx('p', { children: summary }),
      jsx('p', { class: 'centre', children: centre }),
      Array.from({ length: filling.count }, () => jsx(Filling, {})),
    ],
  })

const page = async () => {
  const rows = await sql<Row[]>`
    select rid, title, summary, centre from bare_rows order by rid limit 20
  `
  return jsx('html', {
    lang: 'de',
    children: [
      jsx('head', { children: jsx('title', { children: '20 Beiträge' }) }),
      jsx('body', { children: jsx('ul', { children: rows.map(Item) }) }),
    ],
  })
}

const bare = String(await page())
const items = bare.split('<li>').length - 1
filling.count = Math.round((Number(elements) - (bare.match(/<[a-z]/g) ?? []).length) / items)
const missing = (Number(bytes) - Buffer.byteLength(bare)) / (items * filling.count)
filling.text = 'x'.repeat(Math.max(0, Math.round(missing - '<p></p>'.length)))

const app = new Hono().get('/', async (c) => c.html(String(await page())))

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
  console.log(port)
})
