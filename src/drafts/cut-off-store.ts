/** The table `cut_off`: what no longer counts of the feeds that are written here. */
import type { JSONValue } from 'postgres'
import type { Db } from '../hub.ts'
import type { JsonObject } from '../signing/json.ts'
import type { NewDraft } from './store.ts'

export interface CutOff {
  iss: string
  rid: string
  kind: string
  content: string
  local: JsonObject | null
  /** The newest version that is left; 0 where there is none. */
  base: number
  /** Who wrote the record as far as that is known, or an editor of its centre. */
  author: string
}

/** What can be a draft again: somebody has to be there who goes on with it. */
export const cutOffOf = (sql: Db, iss: string, centre: string) => sql<CutOff[]>`
  select c.iss, c.rid, c.kind, convert_from(c.content, 'UTF8') as content, c.local, a.author,
    (select coalesce(max(r.ver), 0) from records r where r.iss = c.iss and r.rid = c.rid) as base
  from cut_off c
  cross join lateral (
    select d.author, d.changed_at as at from drafts d
    where d.iss = c.iss and d.rid = c.rid and d.state = 'published'
    union all
    select p.id, '-infinity' from grants g join people p on p.id = g.person
    where g.centre = ${centre} and g.role = 'editor' and p.closed_at is null
    order by at desc limit 1
  ) a
  where c.iss = ${iss}
`

export const takeUp = (sql: Db, draft: NewDraft, told: { subject: string; text: string }) => sql`
  select take_up_cut_off(
    ${draft.id}, ${draft.centre}, ${draft.iss}, ${draft.kind}, ${draft.rid}, ${draft.base_ver},
    ${sql.json(draft.written as JSONValue)}, ${sql.json(draft.files as JSONValue)}, ${draft.by},
    ${sql.json(told)}, ${draft.now}
  )
`

/** Deletes what is left of a record that is published nowhere: answers how much that was. */
export const forget = (sql: Db, iss: string, rid: string) => sql<{ left: number }[]>`
  with kept as (delete from cut_off where iss = ${iss} and rid = ${rid} returning 1),
  drafted as (
    delete from drafts d
    where d.iss = ${iss} and d.rid = ${rid} and d.state <> 'published'
      and not exists (select from records r where r.iss = d.iss and r.rid = d.rid)
    returning 1
  )
  select ((select count(*) from kept) + (select count(*) from drafted))::int as left
`
