/** Publishing and taking back from the command line. */
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ConfigError } from '../config.ts'
import { forgetCutOff } from '../drafts/cut-off.ts'
import { blobLimit } from '../exchange/blob.ts'
import { Reason, RecordId, reasons } from '../exchange/entry.ts'
import type { Hub } from '../hub.ts'
import { type Fault, Problem } from '../problem.ts'
import type { FileReader } from '../publications/attach.ts'
import { kindOf } from '../publications/kinds.ts'
import { narrow } from '../publications/narrow.ts'
import { publish } from '../publications/publish.ts'
import { erase, type TakeBack, withdraw } from '../publications/take-back.ts'
import { fatalUtf8, hasDuplicateMembers } from '../signing/json.ts'
import { complain, say } from './say.ts'
import { withSigner } from './with-hub.ts'

type Env = Record<string, string | undefined>

/** Answers the exit code. */
export const publishFile = async (
  env: Env,
  path: string,
  { centre, record }: { centre: string; record?: string },
): Promise<number> => {
  const input = await readInput(path)
  if (!input.ok) return report(path, [input.fault])
  const rid = record === undefined ? undefined : readRecordId(record)
  const { origin, ...answer } = await withSigner(env, centre, async (hub, iss) => ({
    origin: hub.config.origin,
    ...(await publish(hub, { iss, input: input.value, rid, fileOf: filesBeside(path) })),
  }))
  if (!answer.ok) return report(path, answer.faults)
  const { published } = answer
  say(`Veröffentlicht: ${origin}/${kindOf(published.kind).path}/${centre}/${published.rid}`)
  say(
    `Beitrag ${published.rid}, Fassung ${published.ver}; Eintrag ${published.seq}, Fingerabdruck ${published.dig}`,
  )
  if (published.narrowed !== undefined) sayErased(published.narrowed)
  return 0
}

/** Of what was public. */
const sayErased = (erased: { seq: number } | null | undefined) =>
  say(
    erased
      ? `Was öffentlich war, ist gelöscht: Eintrag ${erased.seq}.`
      : 'Was öffentlich war, wird gelöscht, sobald dort wieder unterschrieben werden kann.',
  )

export const narrowRecord = async (
  env: Env,
  rid: string,
  options: { centre: string; reason: string },
): Promise<number> => {
  const reason = readReason(options.reason)
  const { ver, published, erased } = await withSigner(env, options.centre, (hub, iss) =>
    narrow(hub, { iss, rid: readRecordId(rid), reason }),
  )
  say(`Nur noch für Zentren: Beitrag ${rid}, Fassung ${ver}; Eintrag ${published.seq}.`)
  sayErased(erased)
  return 0
}

/** Of a file: more than any record can have. */
const mostBytes = 1024 * 1024

const readInput = async (
  path: string,
): Promise<{ ok: true; value: unknown } | { ok: false; fault: Fault }> => {
  const bytes = await readFile(path).catch(() => {
    throw new ConfigError(`Die Datei ${path} lässt sich nicht lesen.`)
  })
  if (bytes.length > mostBytes) return fault('Die Datei ist zu groß: mehr als 1 MiB.')
  const text = fatalUtf8(bytes)?.replace(/^\ufeff/, '')
  if (text === undefined) return fault('Die Datei ist nicht in UTF-8 gespeichert.')
  try {
    const value = JSON.parse(text) as unknown
    const twice = hasDuplicateMembers(text)
    return twice ? fault('Ein Feld ist mehrfach angegeben.') : { ok: true, value }
  } catch (error) {
    return fault(`Das ist kein gültiges JSON${placeIn(error as Error)}.`)
  }
}

/** The files in the folder of a submission; of one too large no more than shows that. */
const filesBeside =
  (path: string): FileReader =>
  async (name) => {
    const file = join(dirname(path), name)
    const found = await stat(file).catch(absent)
    if (!found?.isFile()) return undefined
    return found.size > blobLimit ? Buffer.alloc(blobLimit + 1) : readFile(file)
  }

const absent = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined
  throw new ConfigError(`Die Datei ${error.path} lässt sich nicht lesen.`)
}

const fault = (message: string) => ({ ok: false, fault: { path: '', message } }) as const

/** V8 says the place in English, and not always. */
const placeIn = ({ message }: Error) => {
  if (message.includes('end of JSON input')) return ': Das Ende fehlt'
  const [, line, column] = message.match(/line (\d+) column (\d+)/) ?? []
  return line ? ` (Zeile ${line}, Spalte ${column})` : ''
}

const report = (file: string, faults: Fault[]) => {
  const count = faults.length === 1 ? 'ein Fehler' : `${faults.length} Fehler`
  complain(`${file}: ${count}, nichts wurde veröffentlicht.`)
  for (const { path, message } of faults) complain(path ? `  ${path}: ${message}` : `  ${message}`)
  return 1
}

interface TakeBackOptions {
  centre: string
  reason: string
  replacedBy?: string
}

export const withdrawRecord = async (
  env: Env,
  rid: string,
  options: TakeBackOptions,
): Promise<number> => {
  const { seq } = await withSigner(env, options.centre, (hub, iss) =>
    withdraw(hub, takeBackOf(iss, rid, options)),
  )
  say(`Zurückgezogen: Beitrag ${rid}, Eintrag ${seq}.`)
  return 0
}

export const eraseRecord = async (
  env: Env,
  rid: string,
  options: TakeBackOptions,
): Promise<number> => {
  const entries = await withSigner(env, options.centre, async (hub, iss) => {
    const what = takeBackOf(iss, rid, options)
    // There may be nothing to sign: what was cut off the feed counts nowhere.
    return (await forgetCutOff(hub, iss, what.rid)) ? eraseIfKnown(hub, what) : erase(hub, what)
  })
  const signed = entries.map(({ seq }) => `Eintrag ${seq}`).join(' und ')
  say(`Gelöscht: Beitrag ${rid}, ${signed || 'der an keinem Knoten mehr galt'}.`)
  return 0
}

const eraseIfKnown = (hub: Hub, what: TakeBack) =>
  erase(hub, what).catch((error) => {
    if (error instanceof Problem && error.code === 'not-found') return []
    throw error
  })

const takeBackOf = (iss: string, rid: string, options: TakeBackOptions): TakeBack => {
  const reason = readReason(options.reason)
  const replacedBy =
    options.replacedBy === undefined ? undefined : { iss, rid: readRecordId(options.replacedBy) }
  return { iss, rid: readRecordId(rid), reason, replacedBy }
}

const readReason = (text: string) => {
  const reason = Reason.safeParse(text).data
  if (reason) return reason
  throw new ConfigError(`Als Grund gilt nur: ${reasons.join(', ')}.`)
}

const readRecordId = (text: string) => {
  const rid = RecordId.safeParse(text).data
  if (rid) return rid
  throw new ConfigError(`„${text}“ ist keine Kennung eines Beitrags (UUID der Version 7).`)
}
