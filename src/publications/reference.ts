/** Where another record is. */
import { recordIdPattern } from '../exchange/entry.ts'
import { code, group, groups, number } from './field.ts'

/** Entity id of a centre; plain http on this very machine only. */
const entityId =
  /^(https:\/\/[a-z\d.-]+(:\d+)?|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)\/centres\/[a-z\d-]+$/

/** A record is (iss, rid). */
export const reference = {
  iss: code({
    label: 'Zentrum',
    question: 'Von welchem Zentrum stammt der Beitrag (Kennung des Zentrums)?',
    pattern: entityId,
    required: true,
  }),
  rid: code({
    label: 'Kennung des Beitrags',
    question: 'Welche Kennung hat der Beitrag?',
    pattern: recordIdPattern,
    required: true,
  }),
}

/** A certain version of a record. */
const versionOf = {
  ...reference,
  ver: number({
    label: 'Fassung',
    question: 'Auf welche Fassung des Beitrags bezieht es sich?',
    min: 1,
    whole: true,
    required: true,
  }),
}

interface Words<R extends boolean> {
  label: string
  question: string
  required?: R
}

export const record = <const R extends boolean = false>(words: Words<R>) =>
  group({ ...words, fields: reference, means: 'record' })

export const records = <const R extends boolean = false>(words: Words<R> & { most?: number }) =>
  groups({ ...words, fields: reference, means: 'record' })

export const recordVersion = <const R extends boolean = false>(words: Words<R>) =>
  group({ ...words, fields: versionOf, means: 'record' })

export const recordVersions = <const R extends boolean = false>(
  words: Words<R> & { most?: number },
) => groups({ ...words, fields: versionOf, means: 'record' })
