/** Taking in the files that a submission names. */

import { repeatOnLoss } from '../database/connect.ts'
import { type BlobName, blobLimit, isBlob } from '../exchange/blob.ts'
import { stageBlob, unstageBlob } from '../exchange/blobs-store.ts'
import type { Hub, ListedBlob } from '../hub.ts'
import { type Fault, Problem } from '../problem.ts'
import { saltedDigest } from '../signing/digest.ts'
import {
  type Attachment,
  endingRightly,
  endingsOf,
  type SubmittedAttachment,
  typeOf,
} from './attachment.ts'
import { bareImage } from './images/bare-image.ts'
import { mediaTypes } from './vocabularies/media-types.ts'
import { labelOf } from './vocabulary.ts'

/** The bytes of a file beside the submission, or undefined where there is none. One too large may be cut off. */
export type FileReader = (name: string) => Promise<Buffer | undefined>

/** An attachment as it will be listed, with its bytes. */
export interface Attached {
  attachment: Attachment
  bytes: Buffer
}

export type Attaching = { ok: true; attached: Attached[] } | { ok: false; faults: Fault[] }

/**
 * Reads and judges the files; pictures lose what their camera wrote beside them. One that an earlier version has already
 * listed stays the blob that it is.
 */
export const attach = async (
  submitted: SubmittedAttachment[],
  fileOf: FileReader,
  before: Pick<ListedBlob, 'dig' | 'salt' | 'len'>[],
): Promise<Attaching> => {
  const attached: Attached[] = []
  const faults: Fault[] = []
  for (const [n, { file, alt }] of submitted.entries()) {
    const read = judgeFile(file, await fileOf(file))
    if (read.ok)
      attached.push({
        attachment: { name: file, alt, type: read.type, ...proofOf(read.bytes, before) },
        bytes: read.bytes,
      })
    else
      faults.push({
        path: `attachments[${n}].file`,
        message: `Die Datei „${file}“ ${read.complaint}`,
      })
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, attached }
}

type JudgedFile =
  | { ok: true; bytes: Buffer; type: Attachment['type'] }
  | { ok: false; complaint: string }

const no = (complaint: string) => ({ ok: false, complaint }) as const

const judgeFile = (name: string, bytes: Buffer | undefined): JudgedFile => {
  if (!bytes) return no('liegt nicht neben dem Beitrag.')
  if (bytes.length === 0) return no('ist leer.')
  if (bytes.length > blobLimit) return no(`ist größer als ${blobLimit / 1024 / 1024} MiB.`)
  const type = typeOf(bytes)
  if (!type) {
    const possible = mediaTypes.terms.map(({ de }) => de).join(', ')
    return no(`hat keinen Typ, der angehängt werden darf. Möglich sind: ${possible}.`)
  }
  if (!endingRightly(name, type)) {
    const endings = endingsOf(type).join(' oder ')
    return no(
      `ist ihrem Inhalt nach: ${labelOf(mediaTypes, type)}. Ihr Name muss auf ${endings} enden.`,
    )
  }
  const bare = bareImage(bytes, type)
  return bare ? { ok: true, bytes: bare, type } : no('ist beschädigt: Das Bild ist nicht ganz da.')
}

const proofOf = (bytes: Buffer, before: Pick<ListedBlob, 'dig' | 'salt' | 'len'>[]) => {
  const same = before.find((listed) => isBlob(bytes, listed))
  if (same) return same
  const salt = crypto.getRandomValues(Buffer.alloc(16))
  return { dig: saltedDigest(salt, bytes), salt: salt.toString('base64url'), len: bytes.length }
}

/**
 * Runs the act that lists these files, with their bytes laid down before. Where it refuses they go again; where
 * it broke off they stay, for the entry may have been signed and be stored later.
 */
export const withStaged = async <T>(
  hub: Hub,
  { iss, feed }: Pick<BlobName, 'iss' | 'feed'>,
  attached: Attached[],
  act: () => Promise<T>,
): Promise<T> => {
  const names = attached.map(({ attachment: { dig } }) => ({ iss, feed, dig }))
  try {
    for (const { attachment, bytes } of attached) {
      const name = { iss, feed, dig: attachment.dig }
      await repeatOnLoss(() => stageBlob(hub.sql, name, bytes, new Date(hub.now())))
    }
    return await act()
  } catch (error) {
    if (error instanceof Problem) await Promise.all(names.map((name) => unstageBlob(hub.sql, name)))
    throw error
  }
}
