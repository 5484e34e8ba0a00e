/** Whom a draft may be sent to: who is responsible, and why; and all others, for a reason. */
import type { Centre } from '../federation/centre.ts'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import type { PlaceAnswer } from '../places/answer.ts'
import { answerPlace } from '../places/answer.ts'
import type { LandId } from '../places/lands.ts'
import { type ResponsibleCentre, responsibleFor } from '../places/responsible.ts'
import type { Named } from './consent.ts'
import type { Draft } from './draft.ts'
import { namedCentres } from './refer.ts'
import { referralOf } from './store.ts'

export interface Proposal {
  place: PlaceAnswer
  /** Where the seat is: decided, or as the adviser has said; undefined while nobody has. */
  land: LandId | undefined
  /** The data sets that say so, each with its version. */
  sources: string[]
  responsible: (ResponsibleCentre & { hostedBy?: string | undefined })[]
  others: Named[]
}

export const propose = async (
  hub: Hub,
  centre: string,
  { seat, land: chosen, company }: Draft,
  follows?: string,
): Promise<Proposal> => {
  const { answer: place, sets } = await answerPlace(hub, { plz: seat.plz, ort: seat.place })
  const decided = place.status === 'decided' ? place.candidates[0]?.land : undefined
  const land = decided ?? chosen
  const seen = await seenBy(hub, centre, follows)
  const possible = (await allCentres(hub.sql)).filter((each) => isPossible(each, centre, seen))
  const named = await namedCentres(
    hub,
    possible.map(({ id }) => id),
  )
  const asked = land ? responsibleFor(await allCentres(hub.sql), [land], company) : []
  const responsible = asked.flatMap((each) => {
    const one = named.find(({ id }) => id === each.entity_id)
    return one ? [{ ...each, hostedBy: one.hostedBy }] : []
  })
  const others = named.filter(({ id }) => !responsible.some(({ entity_id }) => entity_id === id))
  const said = place.candidates.filter((each) => each.land === land)
  const sources = sets
    .filter(({ id }) => said.some((each) => each.sources.includes(id)))
    .map(({ id, version }) => `${id} ${version}`)
  return { place, land, sources, responsible, others }
}

const isPossible = ({ id, status, referral_endpoint }: Centre, centre: string, seen: string[]) =>
  id !== centre && status === 'active' && referral_endpoint !== undefined && !seen.includes(id)

/** Who has answered the case before. */
const seenBy = async (hub: Hub, centre: string, follows: string | undefined) => {
  const seen: string[] = []
  for (let id = follows; id !== undefined; ) {
    const [before] = await referralOf(hub.sql, centre, id)
    if (before?.other && before.state !== 'expired') seen.push(before.other)
    id = before?.follows ?? undefined
  }
  return seen
}
