/** All SQL about the files of drafts. */
import type { Db } from '../hub.ts'
import type { DraftFile } from './draft.ts'

export const filesOf = (sql: Db, draft: string) => sql<DraftFile[]>`
  select id, name, alt, type, len from draft_files where draft = ${draft} order by at, name
`

/** A file of a draft, and who does something with it. */
export interface FileName {
  id: string
  draft: string
  centre: string
}

/** For `with`: the draft whose text may be changed, one revision further, so that it is known who had a part in it. */
const opened = (sql: Db, { draft, centre }: FileName, by: string, now: Date) => sql`
  opened as (
    update drafts set revision = revision + 1, changed_at = ${now}
    where id = ${draft} and centre = ${centre} and state in ('draft', 'changes-asked')
    returning id, revision
  ),
  noted as (
    insert into draft_revisions (draft, revision, by, at, before)
    select id, revision, ${by}, ${now}, '{}' from opened
  )
`

/** Answers nothing where the draft is not open, or has a file of that name. */
export const addFile = (
  sql: Db,
  file: FileName & DraftFile & { bytes: Buffer },
  by: string,
  now: Date,
) => sql<{ id: string }[]>`
  with ${opened(sql, file, by, now)}
  insert into draft_files (id, draft, name, alt, type, len, bytes, at)
  select ${file.id}, id, ${file.name}, ${file.alt}, ${file.type}, ${file.len}, ${file.bytes}, ${now}
  from opened
  on conflict (draft, name) do nothing
  returning id
`

/** Answers nothing where there is no such file, or the draft is not open. */
export const describeFile = (sql: Db, file: FileName, alt: string, by: string, now: Date) => sql<
  { id: string }[]
>`
  with ${opened(sql, file, by, now)}
  update draft_files f set alt = ${alt} from opened
  where f.id = ${file.id} and f.draft = opened.id
  returning f.id
`

export const removeFile = (sql: Db, file: FileName, by: string, now: Date) => sql<{ id: string }[]>`
  with ${opened(sql, file, by, now)}
  delete from draft_files f using opened
  where f.id = ${file.id} and f.draft = opened.id
  returning f.id
`

/** A file with its bytes. */
export const fileBytes = (sql: Db, { id, draft, centre }: FileName) => sql<
  (DraftFile & { bytes: Buffer })[]
>`
  select f.id, f.name, f.alt, f.type, f.len, f.bytes
  from draft_files f join drafts d on d.id = f.draft
  where f.id = ${id} and f.draft = ${draft} and d.centre = ${centre}
`

/** The bytes of a draft's file by its name. */
export const namedFile = (sql: Db, draft: string, name: string) => sql<{ bytes: Buffer }[]>`
  select bytes from draft_files where draft = ${draft} and name = ${name}
`
