/** Who is responsible for a company: the centres that the trust anchor states for the Land of its seat. */
import { z } from 'zod'
import type { Centre } from '../federation/centre.ts'
import { type LandId, nameOfLand } from './lands.ts'

export const ResponsibleCentre = z.strictObject({
  entity_id: z.string(),
  name: z.string(),
  why: z.string().describe('German, for people.'),
})
export type ResponsibleCentre = z.infer<typeof ResponsibleCentre>

type Known = Pick<Centre, 'id' | 'organization_name' | 'regions' | 'status' | 'umbrella'>

/**
 * Every active centre that is responsible for one of these Länder, once; where there are several for one Land, all
 * of them. Of Länder without a centre the umbrella takes care.
 */
export const responsibleFor = (centres: Known[], lands: LandId[]): ResponsibleCentre[] => {
  const active = centres.filter(({ status }) => status === 'active')
  const served = (land: LandId) => active.some(({ regions }) => regions.includes(land))
  const unserved = lands.filter((land) => !served(land))
  const own = active.flatMap((centre) => {
    const mine = lands.filter((land) => centre.regions.includes(land))
    return mine.length > 0 ? [responsible(centre, `zuständig für ${listOf(mine)}`)] : []
  })
  const umbrella = active
    .filter((centre) => centre.umbrella && unserved.length > 0)
    .map((centre) =>
      responsible(centre, `vermittelt, weil es für ${listOf(unserved)} noch kein Zentrum gibt`),
    )
  return [...own, ...umbrella]
}

const listOf = (lands: LandId[]) =>
  new Intl.ListFormat('de', { type: 'conjunction' }).format(lands.map(nameOfLand))

const responsible = ({ id, organization_name }: Known, why: string): ResponsibleCentre => ({
  entity_id: id,
  name: organization_name,
  why,
})
