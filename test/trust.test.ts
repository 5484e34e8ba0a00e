import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestDatabase, temporaryDirectory } from './support/database.ts'
import { type Env, endAll, freePorts, type Program, runCli, startCli } from './support/program.ts'

// Processes of their own need time where the machine is busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

type Database = Awaited<ReturnType<typeof openTestDatabase>>

let place: string
let databases: Database[]
let kiww: Env
let bremen: Env
let id: string
let served: Program
/** All that any command printed. */
let printed = ''

beforeAll(async () => {
  place = await temporaryDirectory()
  databases = [await openTestDatabase(), await openTestDatabase()]
  const [first, second] = databases.map(({ url }) => url) as [string, string]
  const base = await freePorts(2)
  kiww = {
    ORIGIN: `http://localhost:${base}`,
    PORT: String(base),
    CENTRES: '[{"slug":"kiww","name":"KIWW","regions":[]}]',
    DATABASE_URL: first,
    DATA_DIR: join(place, 'kiww'),
  }
  bremen = {
    ORIGIN: `http://localhost:${base + 1}`,
    PORT: String(base + 1),
    CENTRES: '[{"slug":"bremen","name":"Zukunftszentrum Bremen","regions":["DE-HB"]}]',
    TRUST_ANCHOR: `${kiww.ORIGIN}/trust-anchor`,
    DATABASE_URL: second,
    DATA_DIR: join(place, 'bremen'),
    LOG_LEVEL: 'trace',
  }
  id = `${bremen.ORIGIN}/centres/bremen`
})
afterAll(async () => {
  await endAll()
  for (const database of databases ?? []) await database.close()
  await rm(place, { recursive: true, force: true })
})

/** Runs a command and answers its exit code and all it said. */
const tn = async (env: Env, ...args: string[]) => {
  const { code, out, err } = await runCli(args, env)
  printed += out + err
  return { code, said: out + err }
}
const thumbprintAfter = (text: string, words: string) =>
  new RegExp(`${words}\\s+(\\S{43})`).exec(text)?.[1] ?? ''

test('a centre joins by a fingerprint that two people compare', async () => {
  const anchor = await tn(kiww, 'init')
  bremen.TRUST_ANCHOR_PINS = /TRUST_ANCHOR_PINS=(\S{43})\n/.exec(anchor.said)?.[1] ?? ''
  const own = await tn(bremen, 'init')
  const fingerprint = thumbprintAfter(own.said, 'Fingerabdruck')
  const nodes = [startCli(['serve'], kiww), startCli(['serve'], bremen)]
  for (const node of nodes) await node.says('Transfernetz läuft')
  served = nodes[1] as Program

  const joined = await tn(kiww, 'vouch', id, '--fingerprint', fingerprint)

  expect(own.said).toContain(`transfernetz vouch ${id} --fingerprint ${fingerprint}\n`)
  expect(joined).toMatchObject({ code: 0, said: expect.stringContaining('sig Nr. 1 ') })
})

test('its signing key is replaced, and the old one cut because somebody else had it', async () => {
  const before = await tn(bremen, 'keys')
  const old = thumbprintAfter(before.said, 'Signaturschlüssel')
  const rotated = await tn(bremen, 'rotate', '--centre', 'bremen', '--key', 'sig')
  const kid = thumbprintAfter(rotated.said, 'Neuer Signaturschlüssel:')
  const vouched = await tn(kiww, 'vouch', id)

  const cut = ['compromise', id, '--kid', old]
  const shown = await tn(kiww, ...cut)
  const exactly = /denselben Befehl mit „(.*)“/.exec(shown.said)?.[1]?.split(' ') ?? []
  const done = await tn(kiww, ...cut, ...exactly)
  const after = await tn(bremen, 'keys')

  expect(before.said).toContain(`${old}  bestätigt als Nr. 1, unterschreibt`)
  expect(vouched.said).toContain(`sig Nr. 2 ${kid}`)
  expect(shown).toMatchObject({ code: 1, said: expect.stringContaining('Nichts wurde geändert') })
  expect(exactly).toEqual(['--cut', 'public=0', '--cut', 'members=0', '--confirm'])
  expect(done).toMatchObject({ code: 0, said: expect.stringContaining('neue Epoche') })
  expect(after.said).toContain(`${kid}  bestätigt als Nr. 2, unterschreibt`)
  expect(after.said).not.toContain(old)
})

test('its keys are taken away under a passphrase only, and come back under another secret', async () => {
  const path = join(place, 'keys.jwe')
  const withPassphrase = { ...bremen, KEY_PASSPHRASE: 'vier Wörter sind besser' }
  await served.end('SIGTERM')

  const refused = await tn(bremen, 'export-keys', path)
  const exported = await tn(withPassphrase, 'export-keys', path)
  const secret = join(place, 'bremen/secret')
  const old = await readFile(secret, 'utf8')
  await rm(secret)
  const imported = await tn(withPassphrase, 'import-keys', path)

  expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/^Ohne Passphrase/) })
  expect(exported.code).toBe(0)
  expect(imported).toMatchObject({ code: 0, said: expect.stringMatching(/^3\sSchlüssel/) })
  const now = await readFile(secret, 'utf8')
  expect(now).not.toBe(old)
  const all = printed + served.said()
  for (const text of [old, now, withPassphrase.KEY_PASSPHRASE]) expect(all).not.toContain(text)
})

test('it moves to another address under the same id, and in the end it is ended', async () => {
  const [centre] = JSON.parse(bremen.CENTRES ?? '')
  const CENTRES = JSON.stringify([{ ...centre, id }])
  const moved = { ...bremen, ORIGIN: 'http://127.0.0.1:9', CENTRES }
  const path = join(place, 'bremen.jwt')
  await writeFile(path, (await tn(moved, 'configuration', '--centre', 'bremen')).said)

  const stated = await tn(kiww, 'vouch', id, '--file', path)
  const shown = await tn(kiww, 'end', id)
  const ended = await tn(kiww, 'end', id, '--confirm')

  expect(stated).toMatchObject({ code: 0, said: expect.stringContaining('http://127.0.0.1:9/') })
  expect(shown).toMatchObject({ code: 1, said: expect.stringContaining('(unreachable)') })
  expect(ended).toMatchObject({ code: 0, said: expect.stringContaining('ist beendet.') })
})
