import { expect, test } from 'vitest'
import { Problem } from '../../src/problem.ts'
import { Page } from '../../src/web/layout.tsx'
import { ProblemView } from '../../src/web/problem-view.tsx'
import { dangersOf, headingsOf, render, tagsOf } from '../support/page.ts'

const page = (path: string, title = 'Titel') =>
  render(
    <Page site={{ centre: 'Zukunftszentrum Berlin', path }} title={title}>
      <h1>Titel</h1>
    </Page>,
  )

test('a page is a German HTML document with its landmarks and a way past the navigation', async () => {
  const html = await page('/')

  expect(html).toMatch(/^<!doctype html><html lang="de">/)
  for (const landmark of ['header', 'nav', 'main', 'footer']) {
    expect(tagsOf(html).filter((tag) => tag.startsWith(`<${landmark}`))).toHaveLength(1)
  }
  expect(html).toContain('href="#inhalt"')
  expect(html).toContain('<main id="inhalt"')
  expect(html).toContain('Zukunftszentrum Berlin')
})

test('the navigation marks where one is', async () => {
  const current = async (path: string) =>
    tagsOf(await page(path)).filter((tag) => tag.includes('aria-current'))

  expect(await current('/')).toEqual(['<a href="/" aria-current="page">'])
  expect(await current('/fallbeispiele')).toEqual(['<a href="/fallbeispiele" aria-current="page">'])
  expect(await current('/fallbeispiele/berlin/x')).toEqual([
    '<a href="/fallbeispiele" aria-current="true">',
  ])
  expect(await current('/fallbeispiele-x')).toEqual([])
})

test('every page names all who fund the centres', async () => {
  const footer = (await page('/suche')).split('<footer')[1]

  for (const funder of ['Bundesministerium für Arbeit und Soziales', 'ESF Plus', 'Ländern']) {
    expect(footer).toContain(funder)
  }
})

test('a title is text', async () => {
  const html = await page('/', '</title><script>\u202e')

  expect(dangersOf(html)).toEqual([])
  expect(html).toContain('<title>&lt;/title&gt;&lt;script&gt; – Transfernetz</title>')
})

test.each([
  'invalid-input',
  'not-found',
  'gone',
  'too-many-requests',
  'internal',
  'unavailable',
] as const)('%s says what happened, what to do, and its code', async (code) => {
  const problem = new Problem(code)
  const site = { centre: 'Zukunftszentrum Berlin', path: '/' }

  const html = await render(<ProblemView site={site} problem={problem} />)

  expect(headingsOf(html).filter((level) => level === 1)).toHaveLength(1)
  expect(html).toContain(`<h1>${problem.title}</h1>`)
  expect(html).toContain(`Fehler ${problem.status}`)
  expect(html).toContain(`<code>${code}</code>`)
  expect(html).toContain('noindex')
})

test('the faults of an input are named, as text', async () => {
  const problem = new Problem('invalid-input', '<script>')
  const faults = [{ path: 'topic"><script>', message: '<img onerror=x>' }]

  const html = await render(
    <ProblemView site={{ centre: '<script>', path: '/' }} problem={problem} faults={faults} />,
  )

  expect(dangersOf(html)).toEqual([])
  expect(html).toContain('&lt;img onerror=x&gt;')
})
