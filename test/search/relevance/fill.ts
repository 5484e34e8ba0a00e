/** Puts records into a database as if they had been pulled: what the index reads, without a signature. */
import type { Db } from '../../../src/hub.ts'
import { complete, type Record, teaserOf } from '../../../src/publications/record.ts'

export interface FilledRecord {
  rid: string
  /** A content that its kind's schema accepts. */
  record: Record
}

/** Who publishes them, unless told otherwise. */
const berlin = {
  iss: 'https://berlin.example/centres/berlin',
  slug: 'berlin',
  name: 'Zukunftszentrum Berlin',
}

/** A record id of version 7 that says its number. */
export const numbered = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const asRecord = (input: object) => complete(input as never, [], Date.parse('2026-03-02'))

/** Makes a centre with an empty public feed, unless it is there. */
export const openFeed = async (sql: Db, { iss, slug, name } = berlin) => {
  await sql`
    insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
    values (${iss}, ${slug}, ${name}, '', 1, 4102444800, '{}')
    on conflict (entity_id) do nothing
  `
  const [feed] = await sql<{ id: number; size: number }[]>`
    insert into feeds (iss, feed, epoch, dig) values (${iss}, 'public', 1, '')
    on conflict (iss, feed, epoch) do update set dig = '' returning id, size
  `
  if (!feed) throw new Error('no feed')
  return feed
}

/** Adds entries that publish these records, one after the other, with positions in the log. */
export const fillFeed = async (sql: Db, records: FilledRecord[], centre = berlin) => {
  const { iss } = centre
  const { id, size } = await openFeed(sql, centre)
  const rows = records.map(({ rid, record }, n) => ({
    ...{ rid, seq: size + n + 1, kind: record.kind, changed: 1_750_000_000 + size + n },
    ...{ content: JSON.stringify(record), teaser: { ...teaserOf(record) } },
  }))
  await sql`
    with given as (
      select * from jsonb_to_recordset(${sql.json(JSON.parse(JSON.stringify(rows)))}) as r (
        rid uuid, seq bigint, kind text, changed bigint, content text, teaser jsonb
      )
    ),
    logged as (
      update log_end set position = position + ${rows.length}
      returning position - ${rows.length} as base
    ),
    grown as (update feeds set size = size + ${rows.length} where id = ${id}),
    noted as (
      insert into records (
        iss, feed, rid, ver, state, closed, kind, feed_id, seq, changed, first_published, teaser
      )
      select ${iss}, 'public', rid, 1, 'published', false, kind, ${id}, seq, changed, changed, teaser
      from given
    )
    insert into entries (
      feed_id, seq, position, dig, jws, op, rid, ver, kind, iat, kid, key_number, status, content,
      salt, received_at
    )
    select ${id}, seq, base + seq - ${size}, seq::text, '', 'publish', rid, 1, kind, changed, '', 1,
      'present', convert_to(content, 'UTF8'), '', now()
    from given, logged
  `
}
