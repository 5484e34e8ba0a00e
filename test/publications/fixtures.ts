import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { complete, type Record, readRecord } from '../../src/publications/record.ts'

const folder = join(import.meta.dirname, '../../fixtures')

/** Noon on the day the tests pretend it is. */
export const today = Date.parse('2026-11-23T12:00:00Z')

// Tests bend these objects into every wrong shape there is.
// biome-ignore lint/suspicious/noExplicitAny: the point of a bad input is that it has no type
export type Loose = any

const read = (path: string): Loose => JSON.parse(readFileSync(join(folder, path), 'utf8'))

export const files = readdirSync(join(folder, 'records'))
export const inputOf = (file: string): Loose => read(`records/${file}`)
export const demo = (): Loose[] => read('demo.json')
export const endorsements = (): Loose[] => read('endorsements.json')

/** The record of a fixture as the publish act would sign it. */
export const recordOf = (file: string): Record => {
  const reading = readRecord(inputOf(file))
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return complete(reading.record, today)
}

export const caseFile = 'berlin-getraenkegrosshandel-belege.json'
export const tableFile = 'berlin-runder-tisch-ki-kleinbetriebe.json'
