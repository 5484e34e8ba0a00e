/** Sending somebody else's file: whole or in part (RFC 9110, section 14), to be kept, never to be shown here. */
import type { Context } from 'hono'
import { Problem } from '../problem.ts'

export interface FileToSend {
  /** What it is to be called on the reader's disk. */
  name: string
  type: string
  /** Bytes. */
  size: number
  /** Changes whenever the bytes do. */
  tag: string
  read(from: number, length: number): Promise<Uint8Array>
}

/** From where to where, both included. */
interface Range {
  first: number
  last: number
}

/** Answers 200, 206 or 304. Problem `range-not-satisfiable` where the file ends before the part asked for. */
export const sendFile = (c: Context, file: FileToSend): Response => {
  const tag = `"${file.tag}"`
  for (const [name, value] of Object.entries(headersOf(file, tag))) c.header(name, value)
  if (listsTag(c.req.header('if-none-match'), tag)) return c.body(null, 304)

  const ifRange = c.req.header('if-range')
  const asked = ifRange === undefined || ifRange === tag ? c.req.header('range') : undefined
  const part = asked === undefined ? undefined : rangeIn(asked, file.size)
  if (part === 'beyond') {
    throw new Problem('range-not-satisfiable', undefined, { size: file.size })
  }
  const { first, last } = part ?? { first: 0, last: file.size - 1 }
  c.header('content-type', file.type)
  c.header('content-length', String(last - first + 1))
  if (part) c.header('content-range', `bytes ${first}-${last}/${file.size}`)
  return c.body(streamOf(file, first, last), part ? 206 : 200)
}

/** Neither browser nor cache may take it for a page of ours, or keep it longer than we do. */
const headersOf = ({ name }: FileToSend, tag: string) => ({
  'accept-ranges': 'bytes',
  etag: tag,
  'cache-control': 'private, no-store',
  'content-disposition': dispositionOf(name),
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
})

const listsTag = (header: string | undefined, tag: string) =>
  header?.split(',').some((each) => [tag, `W/${tag}`, '*'].includes(each.trim())) ?? false

/** RFC 9110, 14.1.2. What is no range of bytes, or several, counts as not asked. */
export const rangeIn = (header: string, size: number): Range | 'beyond' | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header.trim()) ?? []
  if (from === '' && to === '') return undefined
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'beyond' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return undefined
  if (first >= size) return 'beyond'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

/** RFC 6266: the name in ASCII for old readers, and as it is for others. */
export const dispositionOf = (name: string) => {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}

/** Bytes held in memory for each reader, however slow. */
const partSize = 256 * 1024

const streamOf = (file: FileToSend, first: number, last: number) => {
  let next = first
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: async (controller) => {
        const part = await file.read(next, Math.min(partSize, last - next + 1))
        controller.enqueue(new Uint8Array(part))
        next += part.length
        if (next > last) controller.close()
      },
    },
    // Nothing is read before somebody wants it: not for HEAD.
    { highWaterMark: 0 },
  )
}
