/** A signed feed for benchmarks: entries whose content is about 2 KB, in pages as a peer serves them. */
import { readFile } from 'node:fs/promises'
import type { EntriesPage, TravellingEntry } from '../../src/exchange/entry.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { saltedDigest, tokenDigest } from '../../src/signing/digest.ts'
import { type SigningKey, seal } from '../../src/signing/seal.ts'

const contentBytes = 2048

/** A record of a kind that passes its schema, filled up to 2 KB. */
const contentOf = (base: Record<string, unknown>, number: number) => {
  const record = { ...base, title: `Messung ${number}`, results: '' }
  const room = contentBytes - Buffer.byteLength(JSON.stringify(record))
  record.results = 'Der Betrieb plant seine Dienste nun vier Wochen im Voraus. '
    .repeat(40)
    .slice(0, room)
    .trim()
  return Buffer.from(JSON.stringify(record))
}

/** The least that a case example must have. */
const smallRecord = async () => {
  const url = new URL('../../fixtures/records/berlin-hotel-dienstplan.json', import.meta.url)
  const full = JSON.parse(await readFile(url, 'utf8')) as Record<string, unknown>
  const wanted = [
    'kind visibility language summary contact topics licence funding initialSituation challenge solution',
    'employeeParticipation lessons transferability maturity outcome',
  ].flatMap((names) => names.split(' '))
  const short = Object.fromEntries(wanted.map((name) => [name, full[name]]))
  const texts = ['initialSituation', 'challenge', 'solution', 'employeeParticipation']
  for (const name of texts) short[name] = String(short[name]).slice(0, 120).trim()
  return { ...short, reviewBy: '2027-12-01' }
}

export interface Corpus {
  entries: TravellingEntry[]
  dig: string
}

export const signCorpus = async (iss: string, key: SigningKey, count: number): Promise<Corpus> => {
  const base = await smallRecord()
  const entries: TravellingEntry[] = []
  let prev = ''
  for (let seq = 1; seq <= count; seq++) {
    const content = contentOf(base, seq)
    const salt = crypto.getRandomValues(Buffer.alloc(16))
    const payload = {
      iss,
      feed: 'public',
      epoch: 1,
      seq,
      prev,
      iat: 1_770_000_000 + seq,
      op: 'publish',
      rid: newRecordId(1_770_000_000_000 + seq),
      ver: 1,
      kind: 'case-example',
      len: content.length,
      dig: saltedDigest(salt, content),
    }
    const entry = await seal('transfernetz-entry+jwt', payload, key)
    prev = tokenDigest(entry)
    const bytes = { content: content.toString('base64url'), salt: salt.toString('base64url') }
    entries.push({ entry, ...bytes, status: 'present' })
  }
  return { entries, dig: prev }
}

/** The page after a number, as the entries endpoint answers it. */
export const pageAfter = (iss: string, { entries }: Corpus, after: number): EntriesPage => {
  const page = entries.slice(after, after + 200)
  return {
    iss,
    feed: 'public',
    epoch: 1,
    entries: page,
    head: null,
    next_after: after + page.length,
    more: after + page.length < entries.length,
  }
}
