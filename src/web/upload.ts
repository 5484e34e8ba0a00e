/** Reading a form with a file. */
import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import { fieldsOf, readBody } from './input.ts'

/** Bytes of a file, and of all that comes with it. */
const fileLimit = 10 * 1024 * 1024
const bodyLimit = fileLimit + 64 * 1024

export interface Upload {
  fields: Record<string, string | string[]>
  /** Absent where none was chosen. */
  file: { name: string; bytes: Buffer } | undefined
}

/** The fields of a form, and the file that it sends as `name`. Problems as of a form without one. */
export const readUpload = async (c: Context, name: string): Promise<Upload> => {
  const type = c.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) throw new Problem('unsupported-media-type')
  const body = await readBody(c.req.raw, bodyLimit)
  const form = await parse(body, type)
  const sent = form.get(name)
  const isText = (field: [string, unknown]): field is [string, string] =>
    typeof field[1] === 'string'
  const file = sent instanceof File && sent.name !== '' ? sent : undefined
  const { [name]: _, ...fields } = fieldsOf([...[...form].filter(isText), [name, file?.name ?? '']])
  const bytes = file && Buffer.from(await file.arrayBuffer())
  return { fields, file: file && bytes && { name: nameOf(file.name), bytes } }
}

const parse = async (body: Buffer, type: string) => {
  try {
    return await new Response(new Uint8Array(body), {
      headers: { 'content-type': type },
    }).formData()
  } catch {
    throw new Problem('invalid-input')
  }
}

/** Some browsers tell where on the disk it lay. */
const nameOf = (name: string) => name.split(/[/\\]/).at(-1)?.normalize() ?? ''
