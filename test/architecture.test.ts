import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const src = join(import.meta.dirname, '../src')

/** From the doors down to the ground: a room may import what stands below it, and itself. */
const levels: string[][] = [
  ['cli', 'worker', 'write-schemas'],
  ['commands'],
  ['demo'],
  ['node'],
  ['open-hub', 'open-worker-hub'],
  ['app', 'chores'],
  ['openapi'],
  ['schemas'],
  ['insight', 'rounds'],
  ['search', 'referrals', 'drafts', 'advice', 'events', 'learning', 'questions', 'overview'],
  ['publications'],
  ['exchange'],
  ['places', 'notices'],
  ['federation', 'staff'],
  ['web'],
  ['database', 'mailer'],
  ['hub'],
  ['signing', 'problem', 'config', 'csv'],
  ['operator'],
]

interface Import {
  from: string
  to: string
  typeOnly: boolean
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
)

const migrations = readdirSync(join(src, '../migrations')).map((name) => `migrations/${name}`)

const textOf = (file: string) => readFileSync(join(src, file), 'utf8')

const importPattern =
  /^(?:import|export)\s(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('(\.[^']+)'\)/gm

const importsOf = (file: string): Import[] =>
  [...textOf(file).matchAll(importPattern)].flatMap((match) => {
    const target = match[2] ?? match[3] ?? match[4] ?? ''
    const to = target.startsWith('.') ? relative(src, join(src, dirname(file), target)) : target
    return [{ from: file, to, typeOnly: match[1] !== undefined }]
  })

const imports = files.flatMap(importsOf)
const own = imports.filter(({ to }) => /\.tsx?$/.test(to))

const roomOf = (file: string) => file.split('/')[0]?.replace(/\.tsx?$/, '') ?? ''
const levelOf = (file: string) => levels.findIndex((rooms) => rooms.includes(roomOf(file)))

test('every room has its place in the house', () => {
  expect(files.filter((file) => levelOf(file) === -1)).toEqual([])
  expect(own.length).toBeGreaterThan(200)
})

test('imports point down, or stay in their room', () => {
  const upward = own.filter(
    ({ from, to }) => roomOf(from) !== roomOf(to) && levelOf(from) >= levelOf(to),
  )

  expect(upward).toEqual([])
})

test('no file imports itself over others', () => {
  const next = new Map<string, string[]>()
  for (const { from, to, typeOnly } of own) {
    if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to])
  }
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (path.includes(file) || done.has(file)) return
    for (const target of next.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])

  expect(cycles).toEqual([])
})

/** Who speaks HTTP or HTML: routes, pages and views. Acts and stores know nothing of either. */
const speaksHttp = (file: string) =>
  file.endsWith('.tsx') ||
  file.endsWith('api.ts') ||
  file.endsWith('guard.ts') ||
  ['web', 'worker', 'node', 'commands'].includes(roomOf(file))

test('acts and stores import neither web nor Hono', () => {
  const http = imports.filter(
    ({ to }) => to === 'hono' || to.startsWith('hono/') || roomOf(to) === 'web',
  )

  expect(http.length).toBeGreaterThan(20)
  expect(http.filter(({ from }) => !speaksHttp(from))).toEqual([])
})

test('nothing is imported on the way, where these rules would not see it', () => {
  const hidden = files.filter((file) => /\bimport\s*\((?!'\.)|\brequire\s*\(/.test(textOf(file)))

  expect(hidden).toEqual([])
  // On the way, but seen.
  expect(imports).toContainEqual({ from: 'cli.ts', to: 'commands/run.ts', typeOnly: false })
})

test('whoever cites the protocol cites a section that is there', () => {
  const root = join(src, '..')
  const headings = readFileSync(join(root, 'schemas/EXCHANGE.md'), 'utf8').match(/^## \d+/gm) ?? []
  const cited = [...files.map((file) => `src/${file}`), ...migrations].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8').replaceAll(/\s*\n\s*(\*|--|\/\/)\s*/g, ' ')
    return [...text.matchAll(/[\w/.]*exchange\.md, section \d*/gi)].map(([place]) => place)
  })
  const known = headings.map((heading) => `schemas/EXCHANGE.md, section ${heading.slice(3)}`)

  expect(cited.length).toBeGreaterThanOrEqual(10)
  expect(cited.filter((place) => !known.includes(place))).toEqual([])
})

test('only the command line hands over the environment, for config.ts to read', () => {
  const readers = files.filter((file) => /process\.env|\benv\b.*= process/.test(textOf(file)))

  // The second hands PATH on to the database server that it starts.
  expect(readers.sort()).toEqual(['cli.ts', 'database/account.ts'])
})

test('transactions of postgres.js are not used', () => {
  const users = files.filter((file) => /\.begin\(/.test(textOf(file)))

  expect(users).toEqual([])
})

test('other nodes are asked in one place only, which is guarded', () => {
  const asks = files.filter((file) => /\.fetch\(/.test(textOf(file)))
  const global = files.filter((file) =>
    /(?<![.\w])(?<!async )fetch\(|(?<![.\w])fetch,/.test(textOf(file)),
  )
  const guards = imports.filter(({ to }) => to === 'undici' || to.endsWith('/guarded-fetch.ts'))

  // The doors hand requests to the app by the same word.
  expect(asks.sort()).toEqual(['federation/peer.ts', 'node.ts', 'worker.ts'])
  // A Worker has no other way to ask; an issuer of sign-ins is the operator's; the Node door hands on the app.
  expect(global.sort()).toEqual(['node.ts', 'open-hub.ts', 'open-worker-hub.ts'])
  expect([...new Set(guards.map(({ from }) => from))].sort()).toEqual([
    'commands/verify.ts',
    'federation/answering.ts',
    'federation/guarded-connector.ts',
    'federation/guarded-fetch.ts',
    'open-hub.ts',
  ])
})
