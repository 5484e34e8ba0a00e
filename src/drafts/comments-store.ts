/** All SQL about what reviewers say of drafts. */
import type { Db } from '../hub.ts'
import type { Comment } from './draft.ts'

export const commentsOn = (sql: Db, draft: string) => sql<Comment[]>`
  select c.id, c.field, c.text, c.by, p.name, c.at, c.settled_at
  from draft_comments c join people p on p.id = c.by
  where c.draft = ${draft} order by c.at, c.id
`

/** Answers nothing where there is no such draft. */
export const addComment = (
  sql: Db,
  comment: { id: string; centre: string; draft: string; field: string; text: string; by: string },
  now: Date,
) => sql<{ id: string }[]>`
  insert into draft_comments (id, draft, field, text, by, at)
  select ${comment.id}, d.id, ${comment.field}, ${comment.text}, ${comment.by}, ${now}
  from drafts d
  where d.id = ${comment.draft} and d.centre = ${comment.centre} and d.state <> 'published'
  returning id
`

export const settleComment = (
  sql: Db,
  { id, draft, centre }: { id: string; draft: string; centre: string },
  now: Date,
) => sql<{ id: string }[]>`
  update draft_comments c set settled_at = ${now}
  from drafts d
  where c.id = ${id} and c.draft = ${draft} and d.id = c.draft and d.centre = ${centre}
  returning c.id
`
