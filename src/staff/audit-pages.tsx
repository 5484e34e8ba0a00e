/** The audit: reading, verifying and downloading it. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { auditFormula, exportAudit, verifyAudit } from './audit.ts'
import { type AuditEntry, auditBefore, recordEvent } from './audit-store.ts'
import { AuditView, ProofView } from './audit-views.tsx'
import { postOf, visitorOf } from './guard.ts'

type App = { Bindings: Hub }

const pageSize = 50

const Place = z.object({
  before: z.coerce.number().pipe(z.int().min(1)).default(Number.MAX_SAFE_INTEGER),
})

const Known = z.object({
  known: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'Ein Fingerabdruck hat 43 Zeichen.')
    .optional(),
})

export const auditPages = new Hono<App>()
  .get('/audit', async (c) => {
    const { before } = readQuery(c, Place)
    const post = postOf(c)
    const rows = await auditBefore(c.env.sql, post.centre, before, pageSize + 1)
    const entries = rows.slice(0, pageSize)
    const next = rows.length > pageSize ? entries.at(-1)?.seq : undefined
    return c.html(<AuditView site={siteOf(c)} post={post} entries={entries} next={next} />)
  })
  .get('/audit/pruefung', async (c) => {
    const { known } = readQuery(c, Known)
    const post = postOf(c)
    const proof = await verifyAudit(c.env, post.centre, known)
    return c.html(<ProofView site={siteOf(c)} post={post} proof={proof} known={known} />)
  })
  .get('/audit/protokoll.json', async (c) => {
    const entries = await download(c, 'json')
    return c.json({ centre: postOf(c).iss, formula: auditFormula, entries: entries.map(asJson) })
  })
  .get('/audit/protokoll.csv', async (c) => {
    const entries = await download(c, 'csv')
    const lines = [columns.join(','), ...entries.map(asCsv)]
    return c.body(`${lines.join('\r\n')}\r\n`, 200, { 'content-type': 'text/csv; charset=utf-8' })
  })

/** Who takes a copy is on record, in the copy that she takes already. */
const download = async (c: Context<App>, format: 'json' | 'csv') => {
  const { centre } = postOf(c)
  await recordEvent(c.env.sql, {
    centre,
    at: c.env.now(),
    actor: visitorOf(c).person,
    event: 'audit.exported',
    subject: '',
    details: { format },
  })
  c.header('content-disposition', `attachment; filename="protokoll-${centre}.${format}"`)
  return exportAudit(c.env, centre)
}

const columns = ['seq', 'at', 'actor', 'event', 'subject', 'details', 'dig'] as const

/** `details` stay a text: the digest is over its bytes. */
const asJson = (entry: AuditEntry) => ({ ...entry, at: entry.at.toISOString() })

/** RFC 4180. */
const asCsv = (entry: AuditEntry) => {
  const json = asJson(entry)
  return columns.map((column) => `"${String(json[column]).replaceAll('"', '""')}"`).join(',')
}
