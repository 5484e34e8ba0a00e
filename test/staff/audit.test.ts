import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../src/staff/audit.ts'
import { recordEvent } from '../../src/staff/audit-store.ts'
import { invite } from '../../src/staff/invite.ts'
import { offerRoles } from '../../src/staff/offer.ts'
import type { Role } from '../../src/staff/roles.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openTestHub('berlin')
})
afterAll(() => hub.close())

const join = async (roles: Role[], name = 'Jens Kuhl') => {
  const browser = openBrowser(hub)
  await browser.join(await invite(hub, { centre: 'berlin', roles, by: 'operator' }), name)
  return browser
}

const note = (centre: string, event = 'test.noted', details = {}) =>
  recordEvent(hub.sql, { centre, at: hub.now(), actor: 'operator', event, subject: 'x', details })

/** A centre with so many entries of its own. */
const chain = async (count: number) => {
  const centre = `c-${crypto.randomUUID()}`
  for (let n = 0; n < count; n++) await note(centre, 'test.noted', { n })
  return centre
}

/** What somebody with all rights on the database could do. */
const tamper = async (change: () => Promise<unknown>) => {
  await hub.sql`alter table audit disable trigger audit_is_final`
  await change()
  await hub.sql`alter table audit enable trigger audit_is_final`
}

const eventsOf = async (centre = 'berlin') =>
  (
    await hub.sql<
      { event: string }[]
    >`select event from audit where centre = ${centre} order by seq`
  ).map(({ event }) => event)

const administer = (admin: Browser, person: string, what: string, fields = {}) =>
  admin.post(`/verwaltung/personen/${person}/${what}`, { zentrum: 'berlin', ...fields })

test('whatever is done about people is on record, in the order in which it was done', async () => {
  const admin = await join(['administrator'])
  const colleague = await join(['editor'], 'Ute Neumann')
  const [passkey] = await hub.sql`select person from passkeys where id = ${colleague.passkey.id}`
  const before = (await eventsOf()).length

  await administer(admin, passkey?.person, 'rollen', { roles: ['editor', 'auditor'] })
  await administer(admin, passkey?.person, 'zugang')
  await administer(admin, passkey?.person, 'schliessen')
  await colleague.signIn()
  await administer(admin, passkey?.person, 'oeffnen')
  await colleague.signIn()
  await colleague.post('/abmelden')

  expect((await eventsOf()).slice(0, 3)).toEqual([
    'invitation.made',
    'person.joined',
    'session.began',
  ])
  expect((await eventsOf()).slice(before)).toEqual([
    'roles.changed',
    'invitation.made',
    'person.closed',
    'sign-in.refused',
    'person.reopened',
    'session.began',
    'session.ended',
  ])
})

test('a link that a later start replaces is on record as taken back', async () => {
  await offerRoles(hub, 'berlin', ['curator'])
  const before = (await eventsOf()).length

  await offerRoles(hub, 'berlin', ['curator'])

  expect((await eventsOf()).slice(before)).toEqual(['invitation.revoked', 'invitation.made'])
})

test('it names nobody and holds no link, no cookie and no address', async () => {
  const browser = await join(['editor'], 'Hannelore Unverwechselbar')
  const rows = JSON.stringify(await hub.sql`select * from audit`)

  expect(rows).not.toContain('Unverwechselbar')
  for (const secret of [...browser.cookies.values(), browser.passkey.id]) {
    expect(rows).not.toContain(secret)
  }
})

test('the database lets nobody change or remove an entry', async () => {
  const centre = await chain(1)

  for (const change of [
    hub.sql`update audit set event = 'test.other' where centre = ${centre}`,
    hub.sql`delete from audit where centre = ${centre}`,
    hub.sql`truncate audit`,
  ]) {
    await expect(change).rejects.toThrow('the audit is only ever added to')
  }
  expect(await eventsOf(centre)).toEqual(['test.noted'])
})

test('many who write at once make one chain without gaps', async () => {
  const centre = await chain(0)

  await Promise.all(Array.from({ length: 40 }, (_, n) => note(centre, 'test.noted', { n })))

  expect(await verifyAudit(hub, centre)).toMatchObject({ ok: true, entries: 40, known: true })
})

test('a chain longer than is read at a time is verified to its end', async () => {
  const centre = await chain(0)
  await hub.sql`
    select audit_event(${centre}, now(), 'operator', 'test.noted', '', jsonb_build_object('n', n))
    from generate_series(1, 2001) as n
  `

  expect(await verifyAudit(hub, centre)).toMatchObject({ ok: true, entries: 2001 })
})

test.each([
  [
    'an entry is changed',
    'digest',
    2,
    (c: string) => hub.sql`update audit set details = '{"n": 7}' where centre = ${c} and seq = 2`,
  ],
  [
    'an entry is said to be older',
    'digest',
    2,
    (c: string) =>
      hub.sql`update audit set at = at - interval '1 ms' where centre = ${c} and seq = 2`,
  ],
  [
    'an entry is removed',
    'gap',
    2,
    (c: string) => hub.sql`delete from audit where centre = ${c} and seq = 2`,
  ],
  [
    'the last ones are removed',
    'end',
    4,
    (c: string) => hub.sql`delete from audit where centre = ${c} and seq > 2`,
  ],
  ['all are removed', 'end', 4, (c: string) => hub.sql`delete from audit where centre = ${c}`],
] as const)('%s, and it is found out', async (_, reason, seq, change) => {
  const centre = await chain(4)

  await tamper(() => change(centre))

  expect(await verifyAudit(hub, centre)).toEqual({ ok: false, seq, reason })
})

test('a whole chain written anew is found out by whoever noted a digest of the old one', async () => {
  const centre = await chain(3)
  const noted = await verifyAudit(hub, centre)
  if (!noted.ok) throw new Error(noted.reason)
  await note(centre)
  const later = await verifyAudit(hub, centre, noted.dig)
  await tamper(() => hub.sql`delete from audit where centre = ${centre}`)
  await hub.sql`delete from audit_ends where centre = ${centre}`
  for (let n = 0; n < 4; n++) await note(centre, 'test.other')

  expect(later).toMatchObject({ ok: true, known: true })
  expect(await verifyAudit(hub, centre)).toMatchObject({ ok: true, entries: 4 })
  expect(await verifyAudit(hub, centre, noted.dig)).toMatchObject({ ok: true, known: false })
})

test('an auditor reads it with names, in German, the latest first, page by page', async () => {
  const auditor = await join(['auditor'], 'Dr. Ina Sicht')
  for (let n = 0; n < 51; n++) await note('berlin', 'test.noted')
  await note('hessen', 'test.secret')
  const [there, named] = ['https://hessen.example/centres/hessen', 'Zukunftszentrum Hessen']
  await hub.sql`
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    values (${there}, 'hessen', ${named}, '', 0, 0, '{}')
  `
  const sent = { centre: 'berlin', at: hub.now(), actor: there, event: 'referral.sent' }
  await recordEvent(hub.sql, { ...sent, subject: 'x', details: {} })

  const { html } = await auditor.get('/audit')
  const next = html.match(/href="(\/audit\?before=\d+)"/)?.[1] ?? ''
  const older = (await auditor.get(next)).html

  expect(html.match(/<li><p class="tn-audit__what">/g)).toHaveLength(50)
  expect(html).toContain('test.noted')
  expect(html).toContain(`Durch: <bdi>${named}</bdi>`)
  expect(older).toContain('Angemeldet')
  expect(older).toContain('Durch: <bdi>Dr. Ina Sicht</bdi>')
  expect(html + older).not.toContain('test.secret')
  expect((await auditor.get('/audit?before=x')).status).toBe(400)
})

test('an auditor verifies the chain in the browser, also against a digest noted earlier', async () => {
  const auditor = await join(['auditor'])
  const proof = await verifyAudit(hub, 'berlin')
  const dig = proof.ok ? proof.dig : ''

  const good = (await auditor.get(`/audit/pruefung?known=${dig}`)).html
  const other = (await auditor.get(`/audit/pruefung?known=${'x'.repeat(43)}`)).html

  expect(good).toContain('Die Kette ist unversehrt')
  expect(good).toContain('Der frühere Fingerabdruck steht darin.')
  expect(other).toContain('steht nicht mehr in der Kette')
})

/** As the export says that it is done, by somebody who has nothing but the export. */
const verifiesByItself = (centre: string, entries: Record<string, unknown>[]) => {
  let prev = ''
  for (const { seq, at, actor, event, subject, details, dig } of entries) {
    const text = [prev, centre, seq, at, actor, event, subject, details].join('\n')
    if (createHash('sha256').update(text).digest('base64url') !== dig) return false
    prev = dig as string
  }
  return entries.length > 0
}

test('it is downloaded as JSON and as CSV, each enough to verify it by; that is on record, too', async () => {
  const auditor = await join(['auditor'])

  const json = await auditor.get('/audit/protokoll.json')
  const csv = await auditor.get('/audit/protokoll.csv')

  const { entries } = JSON.parse(json.html)
  const [head, ...lines] = csv.html.trimEnd().split('\r\n')
  const names = head?.split(',') ?? []
  const rows = lines.map((line) => {
    const values = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, v = '']) =>
      v.replaceAll('""', '"'),
    )
    return Object.fromEntries(names.map((name, n) => [name, values[n]]))
  })
  expect(json.headers.get('content-disposition')).toBe(
    'attachment; filename="protokoll-berlin.json"',
  )
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(verifiesByItself('berlin', entries)).toBe(true)
  expect(verifiesByItself('berlin', rows)).toBe(true)
  expect(rows).toHaveLength(entries.length + 1)
  expect(rows.at(-1)).toMatchObject({ event: 'audit.exported', details: '{"format": "csv"}' })
})
