import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixtureId, withReferences } from '../../src/demo/fixtures.ts'
import { type Attachment, typeOf } from '../../src/publications/attachment.ts'
import { complete, type Record, readRecord } from '../../src/publications/record.ts'
import { saltedDigest } from '../../src/signing/digest.ts'

const folder = join(import.meta.dirname, '../../fixtures')

/** Noon on the day the tests pretend it is. */
export const today = Date.parse('2026-11-23T12:00:00Z')

// Tests bend these objects into every wrong shape there is.
// biome-ignore lint/suspicious/noExplicitAny: the point of a bad input is that it has no type
export type Loose = any

const read = (path: string): Loose => JSON.parse(readFileSync(join(folder, path), 'utf8'))

export const files = readdirSync(join(folder, 'records')).filter((name) => name.endsWith('.json'))
/** What `transfernetz publish` would take, the records that it names being those of other fixtures. */
export const inputOf = (file: string): Loose => withReferences(read(`records/${file}`), issOf)
export const issOf = (slug: string) => `https://${slug}.example/centres/${slug}`
export { fixtureId }
export const demo = (): Loose[] => read('demo.json')
export const endorsements = (): Loose[] => read('endorsements.json')

/** The record of a fixture as the publish act would sign it. */
export const recordOf = (file: string): Record => {
  const reading = readRecord(inputOf(file))
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return complete(reading.record, (reading.record.attachments ?? []).map(attached), today)
}

/** A file that lies beside the records. */
export const fileOf = async (name: string) => readFileSync(join(folder, 'records', name))

/** As the publish act would list it, with a salt that anybody can guess. */
const attached = ({ file, alt }: { file: string; alt: string }): Attachment => {
  const bytes = readFileSync(join(folder, 'records', file))
  const [salt, type] = [Buffer.alloc(16), typeOf(bytes)]
  if (!type) throw new Error(`${file} cannot be attached`)
  const dig = saltedDigest(salt, bytes)
  return { name: file, alt, type, len: bytes.length, dig, salt: salt.toString('base64url') }
}

export const caseFile = 'berlin-getraenkegrosshandel-belege.json'
export const tableFile = 'berlin-runder-tisch-ki-kleinbetriebe.json'
