/** Files that belong to a record: as a content lists them, and as they are submitted. */
import { z } from 'zod'
import { blobLimit } from '../exchange/blob.ts'
import type { ListedBlob } from '../hub.ts'
import { code, groups, line, number, term } from './field.ts'
import { mediaTypes } from './vocabularies/media-types.ts'

// base64url without padding: the last character has bits that must be zero.
const sha256 = /^[\w-]{42}[AEIMQUYcgkosw048]$/
const salt128 = /^[\w-]{21}[AQgw]$/

/** It becomes a file name on somebody's disk: no path, nothing hidden, no letters that turn others around. */
const fileName = /^(?!\.)[^/\\:*?"<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/

/** A file's own name, made one that a record may list; files of some systems are called what others cannot keep. */
export const listableName = (name: string) => {
  const plain = name
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cc}]/gu, '')
    .replaceAll(/[/\\:*?"<>|]/g, '-')
    .replace(/^[.\s]+/, '')
    .trim()
  const dot = plain.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, '']
  return [...stem].slice(0, longestName - [...ending].length).join('') + ending
}

/** Characters. */
const longestName = 120

/** What stands for a file where nobody sees it. */
export const alt = line({
  label: 'Alternativtext',
  question: 'Was ist in der Datei zu sehen oder zu lesen?',
  max: 500,
  required: true,
})

/** At most so many files in a record. */
const most = 10

/** As signed. What proves the bytes is exact: a reader of another make must not have to guess blanks away. */
export const attachments = groups({
  label: 'Anlagen',
  question: 'Welche Dateien gehören dazu?',
  most,
  fields: {
    name: line({
      label: 'Dateiname',
      question: 'Wie heißt die Datei?',
      max: longestName,
      pattern: fileName,
      required: true,
    }),
    alt,
    type: term({
      label: 'Dateityp',
      question: 'Von welchem Typ ist die Datei?',
      from: mediaTypes,
      required: true,
      weight: false,
    }),
    len: number({
      label: 'Größe',
      question: 'Wie groß ist die Datei in Byte?',
      min: 1,
      max: blobLimit,
      whole: true,
      unit: 'Byte',
      required: true,
      weight: false,
    }),
    dig: {
      ...code({
        label: 'Fingerabdruck',
        question: 'Wie lautet der Fingerabdruck (SHA-256 über Salz und Datei, base64url)?',
        pattern: sha256,
        required: true,
      }),
      schema: z.string().regex(sha256),
    },
    salt: {
      ...code({
        label: 'Salz',
        question: 'Wie lautet das Salz (16 zufällige Byte, base64url)?',
        pattern: salt128,
        required: true,
      }),
      schema: z.string().regex(salt128),
    },
  },
})
export type Attachment = z.infer<typeof attachments.schema>[number]

/** As submitted: the file lies beside, and says the rest itself. */
export const submittedAttachments = groups({
  label: 'Anlagen',
  question: 'Welche Dateien gehören dazu?',
  most,
  fields: {
    file: line({
      label: 'Datei',
      question: 'Wie heißt die Datei, die neben dem Beitrag liegt?',
      max: 120,
      pattern: fileName,
      required: true,
    }),
    alt,
  },
})
export type SubmittedAttachment = z.infer<typeof submittedAttachments.schema>[number]

/** What a content lists, for those who carry its bytes. */
export const blobsOf = (listed: Attachment[] = []): ListedBlob[] =>
  listed.map(({ dig, salt, len, type, name }) => ({
    ...{ dig, salt, len, type },
    name: endingRightly(name, type) ? name : `${name}${endingsOf(type)[0]}`,
  }))

/** Whoever opens a file goes by the end of its name. */
export const endingRightly = (name: string, type: Attachment['type']) =>
  endingsOf(type).some((ending) => name.toLowerCase().endsWith(ending))

export const endingsOf = (type: Attachment['type']): readonly string[] =>
  mediaTypes.terms.find(({ id }) => id === type)?.endings ?? []

/** The type of a file by what is in it; undefined for any other than those that may be attached. */
export const typeOf = (bytes: Buffer): Attachment['type'] | undefined => {
  const begins = (...start: number[]) => bytes.subarray(0, start.length).equals(Buffer.from(start))
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  return begins(0x50, 0x4b, 0x03, 0x04) && isDocument(bytes)
    ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    : undefined
}

/** A zip archive names its members in clear. One with macros is no document. */
const isDocument = (bytes: Buffer) =>
  bytes.includes('[Content_Types].xml') &&
  bytes.includes('word/document.xml') &&
  !bytes.includes('vbaProject.bin')
