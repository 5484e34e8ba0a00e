/** All SQL about drafts. */
import type { JSONValue } from 'postgres'
import type { FeedName } from '../federation/statement.ts'
import type { Db } from '../hub.ts'
import type { Draft, DraftState, Rival, Written } from './draft.ts'
import type { FormValue } from './form-value.ts'
import { type Move, toldOf } from './told.ts'

/** What comes from a form is JSON, which the types of the driver cannot see. */
const json = (sql: Db, value: unknown) => sql.json(value as JSONValue)

export interface NewDraft {
  id: string
  centre: string
  iss: string
  kind: string
  rid: string
  base_ver: number
  written: Written
  /** The feed of the version that it follows, and the files that it lists there. */
  feed: FeedName
  files: { id: string; dig: string; name: string; type: string; len: number }[]
  by: string
  now: Date
}

/** Begins a draft; answers its id, or that of the one that the record has already; null where that was erased meanwhile. */
export const beginDraft = (sql: Db, draft: NewDraft) => sql<{ id: string | null }[]>`
  select begin_draft(
    ${draft.id}, ${draft.centre}, ${draft.iss}, ${draft.kind}, ${draft.rid}, ${draft.base_ver},
    ${json(sql, draft.written)}, ${draft.feed}, ${json(sql, draft.files)}, ${draft.by}, ${draft.now}
  ) as id
`

/** Begins a draft about another record; answers its id, or that of the one that its centre writes about it already. */
export const beginDraftAbout = (
  sql: Db,
  about: { iss: string; rid: string },
  draft: NewDraft,
) => sql<{ id: string; begun: boolean }[]>`
  select id, begun from begin_draft_about(
    ${json(sql, about)}, ${draft.id}, ${draft.centre}, ${draft.iss}, ${draft.kind}, ${draft.rid},
    ${json(sql, draft.written)}, ${draft.by}, ${draft.now}
  )
`

/** A draft of a centre, as the person sees it who asks. */
export const draftOf = (sql: Db, centre: string, id: string, person: string) => sql<Draft[]>`
  select d.id, d.centre, d.iss, d.kind, d.rid, d.base_ver, d.state, d.written, d.author,
    a.name as author_name, d.reviewer, r.name as reviewer_name, d.revision, d.made_at, d.changed_at,
    d.publish_at, d.publish_by, wrote_draft(d, ${person}::uuid) as own
  from drafts d
  join people a on a.id = d.author
  left join people r on r.id = d.reviewer
  where d.centre = ${centre} and d.id = ${id}
`

export interface ListedDraft extends Omit<Draft, 'written' | 'iss' | 'publish_by'> {
  title: string
  /** Comments that nobody has settled, and fields of which there are two versions. */
  comments: number
  rivals: number
  /** Whether its author may go on with it. */
  author_writes: boolean
}

export interface DraftFilter {
  state?: DraftState | undefined
  kind?: string | undefined
  /** Only what this person wrote. */
  author?: string | undefined
  /** Only what is with this reviewer, or with none. */
  reviewer?: string | undefined
  /** Only what was submitted. */
  submitted?: boolean
}

/** Drafts of a centre, what was changed last first; of published ones the newest. */
export const listDrafts = (sql: Db, centre: string, person: string, filter: DraftFilter) => sql<
  ListedDraft[]
>`
  select d.id, d.centre, d.kind, d.rid, d.base_ver, d.state, d.author, a.name as author_name,
    d.reviewer, r.name as reviewer_name, d.revision, d.made_at, d.changed_at, d.publish_at,
    wrote_draft(d, ${person}::uuid) as own, writes_for(d.author, d.centre) as author_writes,
    coalesce(
      d.written ->> 'title',
      (
        select p.teaser ->> 'title' from records p
        where p.iss = d.iss and p.rid = d.rid and p.teaser is not null
        order by p.ver desc limit 1
      ),
      ''
    ) as title,
    (select count(*)::int from draft_comments c where c.draft = d.id and c.settled_at is null) as comments,
    (select count(distinct field)::int from draft_rivals v where v.draft = d.id) as rivals
  from drafts d
  join people a on a.id = d.author
  left join people r on r.id = d.reviewer
  where d.centre = ${centre}
    and (${filter.state ?? null}::text is null or d.state = ${filter.state ?? null})
    and (${filter.state ?? null}::text is not null or d.state <> 'published')
    and (${filter.kind ?? null}::text is null or d.kind = ${filter.kind ?? null})
    and (${filter.author ?? null}::uuid is null or d.author = ${filter.author ?? null}::uuid)
    and (
      ${filter.reviewer ?? null}::uuid is null
      or coalesce(d.reviewer, ${filter.reviewer ?? null}::uuid) = ${filter.reviewer ?? null}::uuid
    )
    and (not ${filter.submitted ?? false} or d.state not in ('draft', 'changes-asked'))
  order by d.changed_at desc, d.id
  limit 200
`

/** What is written in the open drafts of a centre, what was changed last first. */
export const listWritten = (sql: Db, centre: string) => sql<
  Pick<Draft, 'id' | 'rid' | 'kind' | 'state' | 'written'>[]
>`
  select id, rid, kind, state, written
  from drafts
  where centre = ${centre} and state <> 'published'
  order by changed_at desc, id
  limit 200
`

/** The draft that is open for a record. */
export const openDraftOf = (sql: Db, iss: string, rid: string) => sql<
  { id: string; author: string; kind: string }[]
>`
  select id, author, kind from drafts where iss = ${iss} and rid = ${rid} and state <> 'published'
`

export interface Saving {
  id: string
  centre: string
  by: string
  /** The open page that it was written on, and the revision that it showed. */
  page: string
  revision: number
  /** By name; null for nothing. */
  fields: Record<string, FormValue | null>
  /** Of which fields the page knows that they are kept beside. */
  rivals: string[]
  now: Date
}

export interface Saved {
  outcome: 'saved' | 'unknown'
  revision: number
  state: DraftState
  /** Fields that others changed meanwhile: what was written here is kept beside them. */
  rivals: string[]
}

export const saveDraft = (sql: Db, { id, centre, by, page, revision, ...saving }: Saving) => sql<
  Saved[]
>`
  select outcome, revision, state, rivals from save_draft(
    ${id}, ${centre}, ${by}, ${page}, ${revision}, ${json(sql, saving.fields)},
    ${json(sql, saving.rivals)}, ${saving.now}
  )
`

/** What is kept beside the fields of a draft. */
export const rivalsOf = (sql: Db, draft: string) => sql<Rival[]>`
  select v.field, v.page, v.value, p.name, v.at
  from draft_rivals v join people p on p.id = v.by
  where v.draft = ${draft} order by v.at, v.field
`

export interface Choice {
  id: string
  centre: string
  field: string
  page: string
  take: boolean
  by: string
  now: Date
}

export const chooseRival = (sql: Db, { id, centre, field, page, take, by, now }: Choice) => sql<
  { outcome: 'taken' | 'given-up' | 'unknown' | 'locked' }[]
>`
  select choose_rival(${id}, ${centre}, ${field}, ${page}, ${take}, ${by}, ${now}) as outcome
`

export interface Moving {
  id: string
  centre: string
  act: Move
  by: string
  /** What the person has read: needed to hand it in and to decide about it. */
  revision?: number | undefined
  reviewer?: string | undefined
  /** When to publish. */
  at?: Date | undefined
  now: Date
}

export type Moved = 'done' | 'unknown' | 'state' | 'unread' | 'moved' | 'own' | 'reviewer'

export const moveDraft = (sql: Db, { id, centre, act, by, now, ...moving }: Moving) => sql<
  { outcome: Moved }[]
>`
  select move_draft(
    ${id}, ${centre}, ${act}, ${by}, ${moving.revision ?? null}, ${moving.reviewer ?? null},
    ${moving.at ?? null}, ${json(sql, { ...toldOf[act], path: `/entwuerfe/${id}/pruefen` })}, ${now}
  ) as outcome
`

export const discardDraft = (sql: Db, id: string, centre: string, by: string, now: Date) => sql<
  { outcome: 'done' | 'unknown' }[]
>`
  select discard_draft(${id}, ${centre}, ${by}, ${now}) as outcome
`

// -- publishing ------------------------------------------------------------------

/** Drafts whose time to be published has come. */
export const dueDrafts = (sql: Db, centres: string[], now: Date) => sql<
  { id: string; centre: string; by: string }[]
>`
  select id, centre, publish_by as by from drafts
  where state = 'scheduled' and publish_at <= ${now}
    and iss in (select value from jsonb_array_elements_text(${json(sql, centres)}))
  order by publish_at
`

/** Who may review for a centre, and did not write this draft. */
export const reviewersFor = (sql: Db, centre: string, draft: string) => sql<
  { id: string; name: string }[]
>`
  select p.id, p.name
  from grants g
  join people p on p.id = g.person
  join drafts d on d.id = ${draft}
  where g.centre = ${centre} and g.role = 'reviewer' and p.closed_at is null
    and not wrote_draft(d, p.id)
  order by p.name, p.id
`
