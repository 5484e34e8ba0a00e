import { describe, expect, test } from 'vitest'
import { kindOf, kinds } from '../../src/publications/kinds.ts'
import { readPublished, readRecord, referencesOf } from '../../src/publications/record.ts'
import { walk } from '../../src/publications/walk.ts'
import { demo, endorsements, files, fixtureId, inputOf, issOf, recordOf } from './fixtures.ts'

const proseIn = (file: string) => {
  const record = recordOf(file)
  return [...walk(kindOf(record.kind).own, record)].flatMap((leaf) =>
    leaf.as === 'text' || leaf.as === 'line' ? [leaf.value] : [],
  )
}

/** Those that tell a story. */
const longKinds = ['case-example', 'round-table']

describe.each(files)('%s', (file) => {
  test('is accepted as it stands', () => {
    expect(readRecord(inputOf(file))).toMatchObject({ ok: true })
  })

  test('is read by peers exactly as it was signed', () => {
    const record = recordOf(file)

    expect(readPublished(JSON.parse(JSON.stringify(record)), record.kind)).toEqual({
      ok: true,
      record,
    })
  })

  test('has something to say, in the centre of its file name', () => {
    const record = recordOf(file)
    const centre = file.split('-')[0]

    const words = [record.summary, ...proseIn(file)].join(' ').split(/\s+/).length
    expect(words).toBeGreaterThan(longKinds.includes(record.kind) ? 200 : 30)
    expect(words).toBeLessThan(620)
    // An offer's own people are asked first.
    const mailbox = record.kind === 'offer' ? record.contact.deputy : record.contact.mailbox
    expect(mailbox).toMatch(new RegExp(`@(zukunftszentrum-)?${centre}\\.example$`))
  })
})

test('the demo publishes every record once, in its own centre', () => {
  const rows = demo()

  expect(rows.map(({ file }) => file).sort()).toEqual(files)
  for (const { file, centre } of rows) expect(file).toMatch(new RegExp(`^${centre}-`))
  expect(rows.flatMap(({ then }) => then ?? [])).toEqual([
    { op: 'withdraw', reason: 'outdated' },
    { op: 'erase', reason: 'consent-revoked' },
  ])
})

test('whatever a fixture names is the record of another one', () => {
  const known = files.map((file) => `${issOf(file.split('-')[0] ?? '')} ${fixtureId(file)}`)
  const names = files.flatMap((file) =>
    referencesOf(recordOf(file)).map(({ iss, rid }) => `${iss} ${rid}`),
  )

  expect(names.length).toBeGreaterThan(5)
  expect(names.filter((name) => !known.includes(name))).toEqual([])
})

test('the demo endorses what asks for it: as a party that is named, for the shelf as the umbrella', () => {
  const rows = endorsements()

  expect(rows.map(({ role }) => role).sort()).toEqual(['party', 'shelf'])
  for (const { file, of, centre, role } of rows) {
    expect(file).toMatch(new RegExp(`^${of}-`))
    if (role === 'party') expect(inputOf(file).parties).toContain(centre)
    else expect(centre).toBe('kiww')
  }
})

test('there are enough records that stay, of each kind and from each centre, some of them for members only', () => {
  const staying = demo().filter(({ then }) => !then)
  const records = staying.map(({ file }) => recordOf(file))
  const least = { 'case-example': 12, 'round-table': 4 } as { [kind: string]: number }

  for (const { id } of kinds) {
    const own = staying.filter(({ file }) => inputOf(file).kind === id)
    expect({ id, enough: own.length >= (least[id] ?? 6) }).toEqual({ id, enough: true })
    expect(new Set(own.map(({ centre }) => centre)).size).toBe(3)
  }
  expect(records.filter(({ visibility }) => visibility === 'members').length).toBeGreaterThan(2)
})

test('no passage occurs twice', () => {
  const passages = files.flatMap(proseIn).filter((passage) => passage.length > 60)

  expect(new Set(passages).size).toBe(passages.length)
})
