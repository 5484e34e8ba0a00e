/** Reading what a request brings, before any schema of a room sees it. */
import type { Context } from 'hono'
import { z } from 'zod'
import { type Fault, Problem } from '../problem.ts'
import { fatalUtf8, jsonFault } from '../signing/json.ts'

/** Bytes of a request's body (schemas/EXCHANGE.md, section 14). */
const bodyLimit = 1024 * 1024

/**
 * The JSON body of a request. Problems: `unsupported-media-type`, `too-large`, `invalid-json` – also for
 * strings that are no well-formed Unicode or hold U+0000, which no database of ours could keep.
 */
export const readJsonBody = async (c: Context): Promise<unknown> => {
  const [type] = (c.req.header('content-type') ?? '').split(';')
  if (type?.trim().toLowerCase() !== 'application/json') throw new Problem('unsupported-media-type')
  const value = parse(fatalUtf8(await readBody(c.req.raw)))
  const fault = jsonFault(value, false)
  if (fault) throw new Problem('invalid-json', undefined, { reason: fault })
  return value
}

/** A body of one type as text, at most so many bytes. Problems: `unsupported-media-type`, `too-large`, `invalid-input`. */
export const readTextBody = async (c: Context, type: string, most: number): Promise<string> => {
  const [given] = (c.req.header('content-type') ?? '').split(';')
  if (given?.trim().toLowerCase() !== type) throw new Problem('unsupported-media-type')
  const text = fatalUtf8(await readBody(c.req.raw, most))
  if (text === undefined) throw new Problem('invalid-input')
  return text
}

const parse = (text: string | undefined): unknown => {
  try {
    if (text !== undefined) return JSON.parse(text)
  } catch {}
  throw new Problem('invalid-json')
}

/**
 * The fields of a form. A field sent more than once, as ticked boxes are, is a list; one that is left out is absent.
 * Problems as of a JSON body; `invalid-input` where a text is no well-formed Unicode or holds U+0000.
 */
export const readForm = async (c: Context): Promise<Record<string, string | string[]>> => {
  const [type] = (c.req.header('content-type') ?? '').split(';')
  if (type?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw new Problem('unsupported-media-type')
  }
  const text = fatalUtf8(await readBody(c.req.raw))
  if (text === undefined || !isDecodable(text.replaceAll('+', ' ')))
    throw new Problem('invalid-input')
  return fieldsOf([...new URLSearchParams(text)])
}

/** Fields by their names; Problem `invalid-input` as above. */
export const fieldsOf = (sent: [name: string, value: string][]) => {
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of sent) {
    const before = fields[name]
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  if (jsonFault(fields, false))
    throw new Problem('invalid-input', 'Ein Feld enthält ungültige Zeichen.')
  return fields
}

/** Counted while it streams in: what a header says about its length is only a hint. */
export const readBody = async (request: Request, most = bodyLimit) => {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new Problem('too-large')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > most) throw new Problem('too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const inGerman = { error: z.locales.de().localeError }

/** An input by a schema. Problem `invalid-input` with every fault, member by member, in German. */
export const parseInput = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  const parsed = schema.safeParse(input, inGerman)
  if (parsed.success) return parsed.data
  const faults: Fault[] = parsed.error.issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message,
  }))
  throw new Problem('invalid-input', undefined, { faults })
}

/** The query of a request by a schema. An empty member, as forms send them, counts as absent. */
export const readQuery = <S extends z.ZodType>(c: Context, schema: S): z.output<S> => {
  refuseBadEncoding(c.req.url)
  const filled = Object.entries(c.req.query()).filter(([, value]) => value !== '')
  return parseInput(schema, Object.fromEntries(filled))
}

/** What is no percent-encoded UTF-8 would be read as something that nobody wrote. */
const refuseBadEncoding = (url: string) => {
  if (isDecodable(url.slice(url.indexOf('?') + 1).replaceAll('+', ' '))) return
  throw new Problem('invalid-input', 'Die Adresse enthält ungültige Zeichen.')
}

const isDecodable = (text: string) => {
  if (!text.includes('%')) return true
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
