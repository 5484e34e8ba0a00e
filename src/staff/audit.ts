/** What was done for a centre, as a chain that nobody changes unnoticed. */
import { createHash } from 'node:crypto'
import type { Hub } from '../hub.ts'
import { type AuditEntry, auditAfter, auditEnd } from './audit-store.ts'

/** Entries asked for at a time. */
const step = 1_000

async function* entriesOf(hub: Hub, centre: string) {
  for (let after = 0; ; ) {
    const entries = await auditAfter(hub.sql, centre, after, step)
    yield* entries
    if (entries.length < step) return
    after = entries.at(-1)?.seq ?? after
  }
}

/** What an entry is digested from; `prev` is the digest before. Described in every export. */
const linesOf = (centre: string, prev: string, entry: AuditEntry) => {
  const { seq, at, actor, event, subject, details } = entry
  return [prev, centre, seq, at.toISOString(), actor, event, subject, details].join('\n')
}

export const auditFormula =
  'dig = base64url(SHA-256(dig of the entry before (empty at seq 1), centre, seq, at, actor, event, subject, details; joined by line feeds)), UTF-8'

const digestOf = (text: string) => createHash('sha256').update(text).digest('base64url')

export type AuditProof =
  | { ok: true; entries: number; dig: string; known: boolean }
  | {
      ok: false
      /** Where the chain breaks. */
      seq: number
      reason: 'gap' | 'digest' | 'end'
    }

/**
 * Goes through a centre's chain from its beginning. Whoever can write to the database can also write a whole new
 * chain: `known` is a digest noted down earlier, and the answer says whether it still stands in this one.
 */
export const verifyAudit = async (hub: Hub, centre: string, known = ''): Promise<AuditProof> => {
  // First the end, then the entries: what is added meanwhile is beyond it.
  const [end = { seq: 0, dig: '' }] = await auditEnd(hub.sql, centre)
  let seq = 0
  let dig = ''
  let found = known === ''
  let atEnd = dig
  for await (const entry of entriesOf(hub, centre)) {
    if (entry.seq !== seq + 1) return { ok: false, seq: seq + 1, reason: 'gap' }
    if (digestOf(linesOf(centre, dig, entry)) !== entry.dig) {
      return { ok: false, seq: entry.seq, reason: 'digest' }
    }
    seq = entry.seq
    dig = entry.dig
    found ||= dig === known
    if (seq === end.seq) atEnd = dig
  }
  if (seq < end.seq || atEnd !== end.dig) return { ok: false, seq: end.seq, reason: 'end' }
  return { ok: true, entries: seq, dig, known: found }
}

/** The whole chain of a centre, to be kept or verified elsewhere. */
export const exportAudit = async (hub: Hub, centre: string): Promise<AuditEntry[]> =>
  Array.fromAsync(entriesOf(hub, centre))
