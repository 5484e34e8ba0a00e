/** The second implementation: what Python makes of the documentation alone, held against ours. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { app } from '../src/app.tsx'
import { compromise } from '../src/exchange/compromise.ts'
import { startNewEpoch } from '../src/exchange/new-epoch.ts'
import { pullDue } from '../src/exchange/pulls.ts'
import { refreshStatements } from '../src/federation/anchor.ts'
import { federationKey } from '../src/federation/keys.ts'
import { learnTrust } from '../src/federation/learn.ts'
import { centreById } from '../src/federation/store.ts'
import { vouch } from '../src/federation/vouch.ts'
import { publish } from '../src/publications/publish.ts'
import { erase, withdraw } from '../src/publications/take-back.ts'
import { followLog } from '../src/search/follow.ts'
import { caseFile, inputOf, recordOf } from './publications/fixtures.ts'
import type { TestHub } from './support/hub.ts'
import { outcomeOf } from './support/outcome.ts'
import { eventually, freePorts } from './support/program.ts'
import { runPython, startPython } from './support/python.ts'
import { questions } from './support/questions.ts'
import { openServedHub } from './support/served.ts'
import { payloadOf } from './support/token.ts'
import type { Vector } from './vectors/vector.ts'

const fixtures = join(import.meta.dirname, '../fixtures/exchange')

/** Where CI has no Python these tests run and fail. */
const skipped = inject('python') === null && process.env.CI !== 'true'

let kiww: TestHub
let berlin: TestHub
let pin: string
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tn-python-'))
  kiww = await openServedHub('kiww')
  await refreshStatements(kiww)
  pin = (await federationKey(kiww, kiww.config.anchor.id)).kid
  berlin = await openServedHub('berlin', { id: kiww.config.anchor.id, pins: [pin] })
  for (const hub of [kiww, berlin]) {
    const { kid: fingerprint } = await federationKey(hub, hub.iss)
    await admit(hub.iss, fingerprint, hub === kiww)
  }
})
afterAll(async () => {
  await Promise.all([kiww.close(), berlin.close()])
  await rm(directory, { recursive: true })
})

const admit = async (entityId: string, fingerprint: string, umbrella = false) => {
  const answer = await vouch(kiww, { entityId, fingerprint, umbrella })
  if (!answer.ok) throw new Error(answer.reason)
  for (const hub of [kiww, berlin]) await learnTrust(hub)
}

const filesOf = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((name) => /\/.*\.json$/.test(name))

const vectorIn = async (file: string): Promise<Vector> =>
  JSON.parse(await readFile(join(fixtures, file), 'utf8'))

const verify = (centre: string, ...more: string[]) =>
  runPython('verify.py', [
    'feed',
    centre,
    '--anchor',
    kiww.config.anchor.id,
    `--pin=${pin}`,
    ...more,
  ])

const jsonLines = (values: object[]) => values.map((value) => JSON.stringify(value)).join('\n')

/** Members in one order, so that texts can be compared. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .map(([name, part]) => [name, inOrder(part)])
    .sort()
}

describe.skipIf(skipped)('verify.py', () => {
  test('comes to the same outcome for every test vector, and says where it does not', async () => {
    const { kind, given } = await vectorIn('valid/head.json')
    const wrong = { about: 'Not so.', kind, given, expect: { reason: 'signature' } }
    const path = join(directory, 'wrong.json')
    await writeFile(path, JSON.stringify(wrong))
    const files = await filesOf(fixtures)

    const { code, out, err } = await runPython('verify.py', ['vectors', fixtures, path])

    const [first, ...lines] = (out + err).trim().split('\n')
    expect(first).toBe(`${path}: Not so.`)
    expect(lines.at(0)).toBe('  expected {"reason":"signature"}')
    expect(lines.at(-1)).toBe(`${files.length + 1} vectors, 1 with another outcome than expected`)
    expect([lines.length, code]).toEqual([3, 1])
  })

  test('comes to our outcome for whatever else one may ask', async () => {
    const seed = Date.now() % 2 ** 31
    const asked = await questions(250, seed)
    const ours = await Promise.all(asked.map((question) => outcomeOf(question, kiww)))

    const { out, err } = await runPython('verify.py', ['outcomes'], jsonLines(asked))

    expect(err).toBe('')
    const theirs = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(theirs).toHaveLength(asked.length)
    const differing = asked.flatMap(({ given }, i) =>
      JSON.stringify(inOrder(ours[i])) === JSON.stringify(inOrder(theirs[i]))
        ? []
        : [{ given, ours: ours[i], theirs: theirs[i] }],
    )
    expect(differing, `seed ${seed}`).toEqual([])
  })

  test('proves a live feed, from its home and from a mirror', async () => {
    const { iss } = berlin
    const rids: string[] = []
    for (let i = 0; i < 3; i++) {
      const answer = await publish(berlin, { iss, input: inputOf(caseFile) })
      if (answer.ok) rids.push(answer.published.rid)
    }
    await withdraw(berlin, { iss, rid: rids[1] ?? '', reason: 'outdated' })
    await erase(berlin, { iss, rid: rids[2] ?? '', reason: 'legal' })
    await pullDue(kiww)

    const home = await verify(iss)
    const mirror = await verify(iss, '--from', kiww.config.origin)

    expect(home.err).toBe('')
    expect(home.out).toContain('Verified: Zukunftszentrum Berlin, feed public, epoch 1')
    expect(home.out).toContain('entries   5 without a gap')
    expect(home.out).toContain('contents  1 unchanged, 2 rightly missing')
    expect(home.out).toContain('records   1 published, 1 withdrawn, 1 erased')
    expect(mirror).toEqual(home)
  })

  test('says why it cannot prove a feed', async () => {
    const nowhere = await verify(berlin.iss, '--from', `http://127.0.0.1:${await freePorts()}`)

    expect(nowhere).toEqual({ code: 1, out: '', err: 'Not verified: unreachable\n' })
  })

  test('gives up on hosts that go on and on', async () => {
    const { out, err } = await runPython('../../test/support/endless_hosts.py', [])

    expect(err).toBe('')
    expect(out.trim().split('\n')).toEqual([
      ...['too-slow', 'too-slow', 'endless'],
      "{'reason': 'endless', 'epoch': 1, 'seq': 4}",
    ])
  })

  test('finds out a node that bends an entry', async () => {
    await berlin.sql`
      update entries set jws = overlay(jws placing 'AAAA' from length(jws) - 20)
      where seq = 2 and feed_id = (select id from feeds where iss = ${berlin.iss} and feed = 'public')
    `

    const { code, err } = await verify(berlin.iss)

    expect([code, err]).toEqual([1, 'Not verified at entry 2 of epoch 1: signature\n'])
  })
})

describe.skipIf(skipped)('publish.py', () => {
  let folder: string
  let centre: string

  const run = async (command: string, ...args: string[]) =>
    runPython('publish.py', [command, folder, ...args])

  /** What a node shows of the record, and whether it finds it. */
  const shownAt = async (hub: TestHub, rid: string, word: string) => {
    await followLog(hub)
    const record = await app.request(`/api/records/werkstatt/${rid}`, {}, hub)
    const found = await app.request(`/api/search?q=${word}`, {}, hub)
    const { total } = (await found.json()) as { total: number }
    return [record.status, total]
  }
  const pulledBy = async (hub: TestHub) => {
    await hub.sql`update pulls set due = '-infinity', not_before = '-infinity'`
    await pullDue(hub)
  }

  /** The anchor starts the feed anew after an entry of its present epoch. */
  const startAnew = async (seq: number) => {
    const answer = await startNewEpoch(kiww, {
      ...{ entityId: centre, feeds: ['public'], ends: { public: seq }, rejoins: false },
    })
    if (!answer.ok) throw new Error(answer.reason)
    for (const hub of [kiww, berlin]) await learnTrust(hub)
  }
  const journal = async (at = folder) =>
    JSON.parse(await readFile(join(at, 'journal.json'), 'utf8')) as {
      epochs: { epoch: number; entries: { entry: string }[] }[]
    }
  const operationsIn = async (epoch: number) => {
    const { epochs } = await journal()
    const entries = epochs.find((each) => each.epoch === epoch)?.entries ?? []
    return entries.map(({ entry }) => payloadOf(entry))
  }

  const content = (title: string) => JSON.stringify({ ...recordOf(caseFile), title })
  const ridIn = (out: string) => /Published ([0-9a-f-]{36}), version/.exec(out)?.[1] ?? ''

  beforeAll(async () => {
    folder = join(directory, 'signer')
    centre = `http://127.0.0.1:${await freePorts()}/centres/werkstatt`
    const at = ['--node', berlin.config.origin, '--operator', berlin.iss]
    const trust = ['--anchor', kiww.config.anchor.id, `--pin=${pin}`]
    const name = ['--name', 'Lernwerkstatt', '--region', 'DE-BE', '--centre', centre]
    const { out } = await run('init', ...name, ...at, ...trust)
    await writeFile(join(directory, 'content.json'), content('Drechselbank'))
    early = await run('publish', join(directory, 'content.json'))

    const server = startPython('publish.py', ['serve', folder])
    let said = ''
    server.stdout.on('data', (data) => {
      said += data
    })
    await eventually(() => expect(said).toContain('Serving'))
    await admit(centre, out.trim().split(' ').at(-1) ?? '')
    server.kill('SIGINT')
  })
  let early: { code: number | null; err: string }

  test('publishes nothing before the anchor vouches for its key', () => {
    expect(early.code).toBe(1)
    expect(early.err).toContain('does not vouch for this centre yet')
  })

  test('publishes, and its record is shown, found, mirrored, proved, and erased again', async () => {
    const { out, err } = await run('publish', join(directory, 'content.json'))
    const rid = ridIn(out)
    await pulledBy(kiww)
    const shown = [
      await shownAt(berlin, rid, 'Drechselbank'),
      await shownAt(kiww, rid, 'Drechselbank'),
    ]
    const proof = await verify(centre, '--from', kiww.config.origin)

    const erased = await run('erase', rid, '--reason', 'consent-revoked')
    await pulledBy(kiww)
    const gone = [
      await shownAt(berlin, rid, 'Drechselbank'),
      await shownAt(kiww, rid, 'Drechselbank'),
    ]

    expect([err, erased.err]).toEqual(['', ''])
    expect(shown).toEqual([
      [200, 1],
      [200, 1],
    ])
    expect(proof.out).toContain('Verified: Lernwerkstatt, feed public, epoch 1')
    expect(gone).toEqual([
      [410, 0],
      [410, 0],
    ])
    expect(await readFile(join(folder, 'journal.json'), 'utf8')).not.toContain(
      Buffer.from(content('Drechselbank')).toString('base64url').slice(0, 200),
    )
  })

  test('signs nothing with an old copy of its journal', async () => {
    const { out } = await run('publish', join(directory, 'content.json'))
    const copy = join(directory, 'copy')
    await cp(folder, copy, { recursive: true })
    await run('withdraw', ridIn(out), '--reason', 'outdated')

    const { code, err } = await runPython('publish.py', [
      'erase',
      copy,
      ridIn(out),
      '--reason',
      'legal',
    ])

    expect(code).toBe(1)
    expect(err).toContain('it is an old copy; sign nothing with it')
    expect(await journal(copy)).toMatchObject({ epochs: [{ entries: { length: 3 } }] })
  })

  test('signs nothing that nobody would show, and says what is wrong', async () => {
    await writeFile(join(directory, 'bad.json'), '{"kind":"case-example"}')
    const before = await readFile(join(folder, 'journal.json'), 'utf8')

    const { code, err } = await run('publish', join(directory, 'bad.json'))

    expect([code, err]).toEqual([1, 'Not done: content: invalid-content\n'])
    expect(await readFile(join(folder, 'journal.json'), 'utf8')).toBe(before)
  })

  test('gives its node back what it lost', async () => {
    const ids = berlin.sql`select id from feeds where iss = ${centre} and feed = 'public'`
    await berlin.sql`delete from entries where feed_id in (${ids})`
    await berlin.sql`delete from records where iss = ${centre}`
    await berlin.sql`
      update feeds set size = 0, dig = '', key_number = 0, head = null, head_size = null
      where id in (${ids})
    `

    const { out, err } = await run('head')

    expect([out, err]).toEqual(['The node holds 4 entries and a fresh head.\n', ''])
    const [feed] = await berlin.sql`select size, head_size from feeds where id in (${ids})`
    expect({ ...feed }).toEqual({ size: 4, head_size: 4 })
  })

  test('goes on in a new epoch: first it repeats what it took back, and builds on what counts', async () => {
    await pulledBy(kiww)
    const [withdrawn] = (await operationsIn(1)).slice(-1)
    await startAnew(3)

    const { out, err } = await run('publish', join(directory, 'content.json'))

    expect(err).toBe('')
    expect(out).toContain('version 1, as entry 2.')
    const { rid, ver, reason } = withdrawn as { rid: string; ver: number; reason: string }
    expect((await operationsIn(2))[0]).toMatchObject({
      epoch: 2,
      seq: 1,
      op: 'withdraw',
      rid,
      ver,
      reason,
    })
    await pulledBy(kiww)
    const proof = await verify(centre, '--from', kiww.config.origin)
    expect([proof.err, proof.out]).toEqual([
      '',
      expect.stringContaining('Lernwerkstatt, feed public, epoch 2'),
    ])
    expect(proof.out).toContain('records   1 published, 1 withdrawn, 1 erased')
  })

  test('fetches back what an old journal lacks of the epochs before, and goes on', async () => {
    await startAnew(2)
    const copy = join(directory, 'copy')

    const { out, err } = await runPython('publish.py', [
      'publish',
      copy,
      join(directory, 'content.json'),
    ])

    expect([err, out]).toEqual(['', expect.stringContaining('as entry 1.')])
    const { epochs } = await journal(copy)
    expect(epochs.map(({ epoch, entries }) => [epoch, entries.length])).toEqual([
      [1, 3],
      [2, 2],
      [3, 1],
    ])
    expect(epochs.slice(0, 2)).toMatchObject((await journal()).epochs)
    await pulledBy(kiww)
    expect((await verify(centre, '--from', kiww.config.origin)).out).toContain('epoch 3')
  })

  test('gets a new key where its own was cut, and goes on under it', async () => {
    const early = await run('rotate')
    const key = (await centreById(kiww.sql, centre))?.jwks.keys.find(({ use }) => use === 'sig')
    await compromise(kiww, { entityId: centre, kid: key?.kid ?? '', ends: {} })
    for (const hub of [kiww, berlin]) await learnTrust(hub)

    const { out } = await run('rotate')
    const { out: configuration } = await run('configuration')
    const vouched = await vouch(kiww, { entityId: centre, configuration: configuration.trim() })
    for (const hub of [kiww, berlin]) await learnTrust(hub)
    const published = await run('publish', join(directory, 'content.json'))

    expect(early.err).toContain('has not cut this signing key')
    expect(out).toContain('New signing key')
    expect(vouched.ok).toBe(true)
    expect([published.err, published.out]).toEqual(['', expect.stringContaining('Published')])
  })
})
