import type { Db } from '../hub.ts'
import { type Audience, visibleTo } from '../publications/store.ts'

/** Another record that names a building block: a centre took it over, or a company used it. */
export interface Use {
  /** The building block. */
  iss: string
  rid: string
  /** What names it. */
  kind: 'adoption' | 'case-example'
  slug: string
  centre: string
}

export const usesOfBuildingBlocks = (sql: Db, audience: Audience) => sql<Use[]>`
  select named ->> 'iss' as iss, named ->> 'rid' as rid, r.kind, c.slug, c.name as centre
  from records r join centres c on c.entity_id = r.iss, jsonb_array_elements(r.teaser -> 'refersTo') named
  where r.teaser @? '$.refersTo[0]' and r.kind in ('adoption', 'case-example')
    and named ->> 'field' in ('what', 'usedBuildingBlocks')
    and not r.hidden and ${visibleTo(sql, audience)}
  order by c.name, r.rid
`
