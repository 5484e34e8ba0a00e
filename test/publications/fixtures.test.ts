import { describe, expect, test } from 'vitest'
import { kindOf } from '../../src/publications/kinds.ts'
import { readPublished, readRecord } from '../../src/publications/record.ts'
import { walk } from '../../src/publications/walk.ts'
import { demo, endorsements, files, inputOf, recordOf } from './fixtures.ts'

const proseIn = (file: string) => {
  const record = recordOf(file)
  return [...walk(kindOf(record.kind).own, record)].flatMap((leaf) =>
    leaf.as === 'text' || leaf.as === 'line' ? [leaf.value] : [],
  )
}

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
    expect(words).toBeGreaterThan(200)
    expect(words).toBeLessThan(620)
    expect(record.contact.mailbox).toMatch(new RegExp(`@(zukunftszentrum-)?${centre}\\.example$`))
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

test('the demo endorses what asks for it: as a party that is named, for the shelf as the umbrella', () => {
  const rows = endorsements()

  expect(rows.map(({ role }) => role).sort()).toEqual(['party', 'shelf'])
  for (const { file, of, centre, role } of rows) {
    expect(file).toMatch(new RegExp(`^${of}-`))
    if (role === 'party') expect(inputOf(file).parties).toContain(centre)
    else expect(centre).toBe('kiww')
  }
})

test('there are enough records that stay, of both kinds, some of them for members only', () => {
  const staying = demo().filter(({ then }) => !then)
  const records = staying.map(({ file }) => recordOf(file))

  expect(records.filter(({ kind }) => kind === 'case-example').length).toBeGreaterThanOrEqual(12)
  expect(records.filter(({ kind }) => kind === 'round-table').length).toBeGreaterThanOrEqual(4)
  expect(records.filter(({ visibility }) => visibility === 'members')).toHaveLength(3)
})

test('no passage occurs twice', () => {
  const passages = files.flatMap(proseIn).filter((passage) => passage.length > 60)

  expect(new Set(passages).size).toBe(passages.length)
})
