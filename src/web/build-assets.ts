import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import { dirname, extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

// Run after tsc: node dist/web/build-assets.js

const own = new URL('../../src/web/assets/', import.meta.url)
const root = new URL('../public/', import.meta.url)
/** The folder of a package, also of one that does not export its package.json. */
const packageOf = (name: string) =>
  pathToFileURL(`${dirname(findPackageJSON(name, import.meta.url) ?? name)}/`)

const kern = packageOf('@kern-ux/native')

const { version } = JSON.parse(await readFile(new URL('package.json', kern), 'utf8')) as {
  version: string
}
const notice = `/*! KERN Design-System, @kern-ux/native ${version}, KERN-Team, kern-ux.de.
    Lizenziert unter der EUPL 1.2, siehe kern-lizenz. Unverändert bis auf diese Zeilen. */\n`

/** The bundle names neither its authors nor its licence, which asks for both. */
const webauthnLicence = `/*! @simplewebauthn/browser\n${await readFile(
  new URL('LICENSE.md', packageOf('@simplewebauthn/browser')),
  'utf8',
)}*/\n`
const webauthn = new URL('dist/bundle/index.umd.min.js', packageOf('@simplewebauthn/browser'))

/** The same here. */
const turndownLicence = `/*! turndown\n${await readFile(
  new URL('LICENSE', packageOf('turndown')),
  'utf8',
)}*/\n`
const turndown = new URL('dist/turndown.js', packageOf('turndown'))

/** As a script of a page: it has no imports, and what it exports is known to the script behind it. */
const fromHtml = (
  await readFile(new URL('../drafts/from-html.js', import.meta.url), 'utf8')
).replaceAll(/^export /gm, '')

const sources = {
  kern: ['kern.css', notice + (await readFile(new URL('dist/kern.min.css', kern), 'utf8'))],
  own: ['transfernetz.css', await readFile(new URL('transfernetz.css', own), 'utf8')],
  webauthn: ['simplewebauthn.js', webauthnLicence + (await readFile(webauthn, 'utf8'))],
  passkeys: ['passkeys.js', await readFile(new URL('passkeys.js', own), 'utf8')],
  search: ['search.js', await readFile(new URL('search.js', own), 'utf8')],
  turndown: ['turndown.js', turndownLicence + (await readFile(turndown, 'utf8'))],
  markdown: ['markdown.js', fromHtml + (await readFile(new URL('markdown.js', own), 'utf8'))],
  drafts: ['drafts.js', await readFile(new URL('drafts.js', own), 'utf8')],
  records: ['records.js', await readFile(new URL('records.js', own), 'utf8')],
  capture: ['capture.js', await readFile(new URL('capture.js', own), 'utf8')],
  live: ['live.js', await readFile(new URL('live.js', own), 'utf8')],
  ask: ['ask.js', await readFile(new URL('ask.js', own), 'utf8')],
  icon: ['icon.svg', await readFile(new URL('icon.svg', own), 'utf8')],
  licence: ['kern-lizenz.txt', await readFile(new URL('LICENSE.md', kern), 'utf8')],
} as const

/** Cloudflare reads this file; the Node door sets the same headers itself. */
const headers = `/assets/*
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff
  Cross-Origin-Resource-Policy: same-origin
`

/** Stores the text under a name that carries its digest, plain and compressed; returns its path. */
const store = async ([name, text]: readonly [string, string]) => {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const type = extname(name)
  const path = `/assets/${name.slice(0, -type.length)}.${digest}${type}`
  await writeFile(new URL(`.${path}`, root), text)
  await writeFile(new URL(`.${path}.br`, root), await promisify(brotliCompress)(text))
  await writeFile(new URL(`.${path}.gz`, root), await promisify(gzip)(text))
  return path
}

await rm(root, { recursive: true, force: true })
await mkdir(new URL('assets/', root), { recursive: true })
const paths: Record<string, string> = {}
for (const [key, source] of Object.entries(sources)) paths[key] = await store(source)
await writeFile(new URL('_headers', root), headers)
// Cloudflare compresses by itself.
await writeFile(new URL('.assetsignore', root), '*.br\n*.gz\n')
await writeFile(
  new URL('assets.js', import.meta.url),
  `export const assets = ${JSON.stringify(paths)}\n`,
)
