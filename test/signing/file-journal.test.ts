import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileJournal } from '../../src/signing/file-journal.ts'
import type { Journal, Signed } from '../../src/signing/journal.ts'

const iss = 'https://berlin.example/centres/berlin'
const signed = (seq: number): Signed => ({
  epoch: 1,
  seq,
  prev: 'p',
  dig: `d${seq}`,
  jws: 'a.b.c',
  mark: { life: 1, position: seq },
})

let directory: string
let journal: Journal

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'tn-journal-')), 'journal')
  journal = fileJournal(directory)
})
afterEach(() => rm(join(directory, '..'), { recursive: true }))

test('a journal remembers the last signature of each feed, over a restart too', async () => {
  await journal.note(iss, 'public', signed(1))
  await journal.note(iss, 'public', { ...signed(2), content: 'e30', salt: 'AA' })
  await journal.note(iss, 'members', signed(7))

  const reopened = fileJournal(directory)

  expect(await reopened.last(iss, 'public')).toEqual({ ...signed(2), content: 'e30', salt: 'AA' })
  expect(await reopened.last(iss, 'members')).toEqual(signed(7))
  expect(await reopened.last('https://other.example', 'public')).toBeUndefined()
})

test('a journal that was never written knows nothing', async () => {
  expect(await journal.last(iss, 'public')).toBeUndefined()
  expect(await journal.statements()).toEqual([])
})

test('a journal remembers the newest that an anchor has stated of each subject', async () => {
  const stated = (sub: string, iat: number) => ({ sub, iat, exp: iat + 60, jws: `a.${iat}.c` })
  for (const iat of [1, 3, 2]) await journal.noteStatement(stated(iss, iat))
  await journal.noteStatement({ ...stated('https://other.example', 1), configuredAt: 1 })

  const reopened = fileJournal(directory)

  expect((await reopened.statements()).toSorted((a, b) => b.iat - a.iat)).toEqual([
    stated(iss, 3),
    { ...stated('https://other.example', 1), configuredAt: 1 },
  ])
  expect(await reopened.mark()).toEqual({ life: 0, position: 0 })
})

test('a feed that was started knows that nothing was signed in it; what is noted already stays', async () => {
  await journal.start(iss, 'public')
  expect(await journal.last(iss, 'public')).toBeNull()

  await journal.note(iss, 'public', signed(3))
  await journal.start(iss, 'public')

  expect(await journal.last(iss, 'public')).toEqual(signed(3))
  expect(await readdir(directory)).toHaveLength(1)
})

test('a journal remembers the furthest mark, of signatures and of other notes, and never goes back', async () => {
  expect(await journal.mark()).toEqual({ life: 0, position: 0 })
  await journal.start(iss, 'members')
  await journal.note(iss, 'public', signed(5))
  expect(await journal.mark()).toEqual({ life: 1, position: 5 })

  await journal.noteMark({ life: 1, position: 9 })
  await journal.noteMark({ life: 1, position: 7 })
  expect(await fileJournal(directory).mark()).toEqual({ life: 1, position: 9 })

  await journal.noteMark({ life: 2, position: 3 })
  await journal.noteMark({ life: 1, position: 99 })
  expect(await journal.mark()).toEqual({ life: 2, position: 3 })
})

test('marks noted all at once are kept, and the furthest stays', async () => {
  const positions = [3, 8, 1, 9, 4, 2, 7]

  await Promise.all(positions.map((position) => journal.noteMark({ life: 1, position })))

  expect(await journal.mark()).toEqual({ life: 1, position: 9 })
})

test('a journal that cannot be read is not taken for an empty one', async () => {
  await journal.note(iss, 'public', signed(1))
  const [file = ''] = await readdir(directory)
  await writeFile(join(directory, file), '{"seq":')

  await expect(journal.last(iss, 'public')).rejects.toThrow()
})

test('a note replaces the old one as a whole: whoever reads meanwhile sees the one or the other', async () => {
  await journal.note(iss, 'public', { ...signed(1), content: 'x'.repeat(100_000) })
  const [file = ''] = await readdir(directory)
  await using before = await open(join(directory, file))

  const notes = (async () => {
    for (let seq = 2; seq < 12; seq++) {
      await journal.note(iss, 'public', { ...signed(seq), content: 'x'.repeat(100_000) })
    }
  })()
  const seen: number[] = []
  for (let i = 0; i < 50; i++) seen.push((await journal.last(iss, 'public'))?.seq ?? 0)
  await notes

  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(await journal.last(iss, 'public')).toMatchObject({ seq: 11 })
  expect(JSON.parse(await before.readFile('utf8'))).toMatchObject({ seq: 1 })
  expect(await readdir(directory)).toEqual([file])
})

test('only its owner may read a journal: it holds contents of the members feed', async () => {
  await journal.note(iss, 'public', signed(1))
  const [file = ''] = await readdir(directory)

  expect((await stat(join(directory, file))).mode & 0o077).toBe(0)
  expect((await stat(directory)).mode & 0o077).toBe(0)
  expect(JSON.parse(await readFile(join(directory, file), 'utf8'))).toEqual(signed(1))
})

test('a note that cannot be kept is told', async () => {
  await writeFile(directory, 'a file where the directory should be')

  await expect(journal.note(iss, 'public', signed(1))).rejects.toThrow()
})

test('acts on one feed take turns; one that fails makes room for the next', async () => {
  const told: string[] = []
  const act = (name: string) => async () => {
    told.push(`${name} begins`)
    await new Promise(setImmediate)
    told.push(`${name} ends`)
    if (name === 'first') throw new Error('first failed')
    return name
  }

  const turns = ['first', 'second', 'third'].map((name) => journal.inTurn(iss, 'public', act(name)))
  const settled = await Promise.allSettled(turns)

  expect(told).toEqual(
    ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  )
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
})

test('feeds do not wait for each other', async () => {
  let release = () => {}
  const held = journal.inTurn(
    iss,
    'public',
    () => new Promise<void>((resolve) => (release = resolve)),
  )

  const other = await journal.inTurn(iss, 'members', async () => 'done')

  expect(other).toBe('done')
  release()
  await held
})
