/** Lists that are longer than anybody would publish in a test. */
import type { Hub } from '../../src/hub.ts'
import type { Browser } from './browser.ts'

/** So many more records like this one, each older than the one before; `word` of its teaser is numbered. */
export const copy = (
  { sql }: Pick<Hub, 'sql'>,
  { iss, rid }: { iss: string; rid: string },
  count: number,
  word: string,
) => sql`
  insert into records (iss, feed, rid, ver, state, closed, kind, feed_id, seq, changed, first_published, teaser)
  select iss, feed, overlay(gen_random_uuid()::text placing '7' from 15)::uuid, ver, state, closed, kind, feed_id, seq, changed - n, first_published - n,
    replace(teaser::text, ${word}, ${word} || ' Nr. ' || n)::jsonb
  from records, generate_series(1, ${count}::int) n
  where iss = ${iss} and rid = ${rid} and teaser is not null
`

export const forgetCopies = ({ sql }: Pick<Hub, 'sql'>) => sql`
  delete from records where teaser::text ~ ' Nr\\. \\d'
`

/** The pages of a list, from the first to the last. */
export const pagesOf = async (browser: Browser, path: string): Promise<string[]> => {
  const pages: string[] = []
  for (let next: string | undefined = path; next && pages.length < 100; ) {
    const { html } = await browser.get(next)
    pages.push(html)
    next = html
      .match(/href="([^"]*)">\s*<span class="kern-label">Weitere anzeigen/)?.[1]
      ?.replaceAll('&amp;', '&')
  }
  return pages
}

/** What the titles in a list lead to. */
export const listedIn = (html: string) =>
  [...html.matchAll(/<h[234][^>]*>\s*<a href="([^"]+)"/g)].map(([, href = '']) => href)
