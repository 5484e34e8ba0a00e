import { expect, test } from 'vitest'
import { Markdown } from '../../src/web/markdown.tsx'
import { dangersOf, headingsOf, render } from '../support/page.ts'

const show = (text: string, level = 2) => render(<Markdown text={text} level={level} />)

test('paragraphs, emphasis and lists are set', async () => {
  const html = await show('Erst **reden**.\n\n- dann\n- handeln')

  expect(html).toContain('<p>Erst <strong>reden</strong>.</p>')
  expect(html).toContain('<li>dann</li>')
})

test('raw HTML stays text', async () => {
  const html = await show(
    '<script>alert(1)</script>\n\n<p onclick="x()" style="y">hier <b>da</b></p>',
  )

  expect(dangersOf(html)).toEqual([])
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).toContain('&lt;b&gt;')
})

test.each([
  '[hier](javascript:alert(1))',
  '[hier](JaVaScRiPt:alert(1))',
  '[hier](&#106;avascript:alert(1))',
  '[hier](data:text/html,x)',
  '[hier](http://example.org)',
  '[hier](//example.org)',
  '[hier](/fallbeispiele)',
  '[hier][1]\n\n[1]: javascript:alert(1)',
  '<javascript:alert(1)>',
])('a link that is not https stays text: %s', async (text) => {
  expect(await show(text)).not.toContain('<a')
})

test('an https link says that we do not vouch for it', async () => {
  const html = await show('[Handreichung](https://example.org/a?b=1&c="x") <https://example.org>')

  expect(html.match(/<a [^>]*rel="noopener nofollow"/g)).toHaveLength(2)
  expect(dangersOf(html)).toEqual([])
})

test('an address in the text is no link', async () => {
  expect(await show('siehe https://example.org')).not.toContain('<a')
})

test('an image is replaced by its description', async () => {
  const html = await show('![Ein "Bild" <b>](https://example.org/a.png)')

  expect(html).not.toContain('<img')
  expect(html).toContain('Ein &quot;Bild&quot; &lt;b&gt;')
})

test('a table brings no inline style', async () => {
  expect(dangersOf(await show('| a | b |\n|--:|:-:|\n| 1 | 2 |'))).toEqual([])
})

test('headings stand below the page’s own, without gaps', async () => {
  expect(headingsOf(await show('# a\n\n### b\n\n# c\n\n###### d'))).toEqual([3, 4, 3, 4])
  expect(headingsOf(await show('#### a\n\n## b', 3))).toEqual([4, 4])
  expect(headingsOf(await show('# a\n\n## b', 6))).toEqual([6, 6])
})
