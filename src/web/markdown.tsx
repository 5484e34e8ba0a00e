import { raw } from 'hono/html'
import MarkdownIt, { type Token } from 'markdown-it'

/**
 * Safe by construction: raw HTML, images and linkify are off, the preset knows no tables (which
 * would bring inline styles), and a link that is not https stays the text it is.
 */
const markdown = new MarkdownIt('commonmark', { html: false, xhtmlOut: false })
markdown.validateLink = (url) => /^https:\/\//i.test(url)
markdown.renderer.rules.image = (tokens, index) =>
  markdown.utils.escapeHtml(tokens[index]?.content ?? '')
markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  tokens[index]?.attrSet('rel', 'noopener nofollow')
  return renderer.renderToken(tokens, index, options)
}

/** Puts the text's headings below the page's own level, without gaps. */
const demote = (tokens: Token[], level: number) => {
  const open: number[] = []
  for (const token of tokens) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue
    const depth = Number(token.tag.slice(1))
    if (token.type === 'heading_open') {
      while ((open.at(-1) ?? 0) >= depth) open.pop()
      open.push(depth)
    }
    token.tag = `h${Math.min(6, level + open.length)}`
  }
}

/** A body text. `level` is the level of the heading it stands under. */
export const Markdown = ({ text, level }: { text: string; level: number }) => {
  const tokens = markdown.parse(text, {})
  demote(tokens, level)
  return <div class="tn-prose">{raw(markdown.renderer.render(tokens, markdown.options, {}))}</div>
}
