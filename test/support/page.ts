import type { JSX } from 'hono/jsx/jsx-runtime'

/** What a view sends. */
export const render = async (view: JSX.Element) => String(await view)

export const tagsOf = (html: string) => html.match(/<[a-z][^>]*>/gi) ?? []

/** Whatever in a page could run, load or look like something that we did not write. */
export const dangersOf = (html: string) =>
  tagsOf(html).flatMap((tag) => {
    const names = tag.replace(/"[^"]*"/g, '""')
    const dangers = []
    if (/^<script src="\/assets\/[\w.]+" defer(="")?>$/.test(tag)) return []
    if (/^<(script|style|img|iframe|object|embed|base|form [^>]*action="[^/])/i.test(tag))
      dangers.push(tag)
    if (/\s(style|on\w+)\s*=/i.test(names)) dangers.push(tag)
    const [, url] = tag.match(/\s(?:href|src|action)="([^"]*)"/i) ?? []
    if (url !== undefined && !/^(https:\/\/|\/(?!\/)|#|mailto:)/.test(url)) dangers.push(tag)
    return dangers
  })

/** The levels of the headings, in the order of reading. */
export const headingsOf = (html: string) =>
  [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level))

/** The headings that stand more than one level below the one before. */
export const leapsOf = (levels: number[]) =>
  levels.filter((level, n) => level > (levels[n - 1] ?? 0) + 1)
