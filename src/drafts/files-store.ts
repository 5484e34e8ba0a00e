/** All SQL about the files of drafts. */
import type { Db, ListedBlob } from '../hub.ts'
import { altName, type DraftFile } from './draft.ts'

/** The files of a draft, each with what is written of it. */
export const filesOf = (sql: Db, draft: string) => sql<DraftFile[]>`
  select f.id, f.name, coalesce(d.written ->> (${altName('')} || f.id), '') as alt, f.type, f.len
  from draft_files f join drafts d on d.id = f.draft
  where f.draft = ${draft} order by f.at, f.name
`

/** The names of those files of a draft whose bytes are these: each by the salt and the digest that a record lists. */
export const unchangedFiles = (
  sql: Db,
  draft: string,
  published: Pick<ListedBlob, 'name' | 'salt' | 'dig'>[],
) => sql<{ name: string }[]>`
  select f.name
  from draft_files f
  join jsonb_to_recordset(${sql.json(
    published.map(({ name, salt, dig }) => ({ name, salt: inBase64(salt), dig: inBase64(dig) })),
  )}) as p (name text, salt text, dig text) on p.name = f.name
  where f.draft = ${draft} and sha256(decode(p.salt, 'base64') || f.bytes) = decode(p.dig, 'base64')
`

/** PostgreSQL reads no base64url. */
const inBase64 = (base64url: string) => Buffer.from(base64url, 'base64url').toString('base64')

/** A file of a draft, and who does something with it. */
export interface FileName {
  id: string
  draft: string
  centre: string
}

/** Answers nothing where the draft is not open, or has a file of that name. */
export const addFile = (
  sql: Db,
  { id, draft, centre, name, alt, type, len, bytes }: FileName & DraftFile & { bytes: Buffer },
  by: string,
  now: Date,
) => sql<{ id: string }[]>`
  with opened as (
    update drafts set
      revision = revision + 1, changed_at = ${now},
      written = written || jsonb_strip_nulls(jsonb_build_object(${altName(id)}::text, nullif(${alt}, '')))
    where id = ${draft} and centre = ${centre} and state in ('draft', 'changes-asked')
      and not exists (select from draft_files where draft = ${draft} and name = ${name})
    returning id, revision
  ),
  ${noted(sql, id, sql`null`, by, now)}
  insert into draft_files (id, draft, name, type, len, bytes, at)
  select ${id}, id, ${name}, ${type}, ${len}, ${bytes}, ${now} from opened
  on conflict (draft, name) do nothing
  returning id
`

/** For `with`: a revision says who had a part in it, and what was written of the file before. */
const noted = (sql: Db, file: string, before: ReturnType<Db>, by: string, now: Date) => sql`
  noted as (
    insert into draft_revisions (draft, revision, by, at, before)
    select id, revision, ${by}, ${now}, jsonb_build_object(${altName(file)}::text, ${before}) from opened
  )
`

/** Answers nothing where there is no such file, or the draft is not open. */
export const removeFile = (sql: Db, { id, draft, centre }: FileName, by: string, now: Date) => sql<
  { id: string }[]
>`
  with there as (
    select d.id, d.written -> ${altName(id)} as alt from drafts d join draft_files f on f.draft = d.id
    where d.id = ${draft} and d.centre = ${centre} and d.state in ('draft', 'changes-asked') and f.id = ${id}
    for update of d
  ),
  opened as (
    update drafts d set
      revision = revision + 1, changed_at = ${now}, written = written - ${altName(id)}
    from there where d.id = there.id
    returning d.id, d.revision, there.alt
  ),
  ${noted(sql, id, sql`alt`, by, now)},
  undecided as (
    delete from draft_rivals v using opened where v.draft = opened.id and v.field = ${altName(id)}
  )
  delete from draft_files f using opened
  where f.id = ${id} and f.draft = opened.id
  returning f.id
`

/** A file with its bytes. */
export const fileBytes = (sql: Db, { id, draft, centre }: FileName) => sql<
  (Omit<DraftFile, 'alt'> & { bytes: Buffer })[]
>`
  select f.id, f.name, f.type, f.len, f.bytes
  from draft_files f join drafts d on d.id = f.draft
  where f.id = ${id} and f.draft = ${draft} and d.centre = ${centre}
`

/** The bytes of a draft's file by its name. */
export const namedFile = (sql: Db, draft: string, name: string) => sql<{ bytes: Buffer }[]>`
  select bytes from draft_files where draft = ${draft} and name = ${name}
`
