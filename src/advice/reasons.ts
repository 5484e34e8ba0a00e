/** Why an offer is proposed, in words. */
import { nameOfLand } from '../places/lands.ts'
import type { Candidate } from '../places/place.ts'
import { capacity } from '../publications/vocabularies/capacity.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { CompassQuery } from './compass.ts'
import type { RankedOffer } from './store.ts'

export interface Reason {
  /** Whether it speaks for the offer; else it is to be considered. */
  good: boolean
  text: string
}

export const reasonsFor = (
  offer: RankedOffer,
  query: CompassQuery,
  place: Candidate | undefined,
): Reason[] =>
  [
    areaReason(offer, place),
    query.topic && topicReason(offer, query.topic),
    query.size && sizeReason(offer, query.size),
    query.sector && offer.sector && good(`Kennt Ihre Branche: ${labelOf(sectors, query.sector)}`),
    capacityReason(offer),
  ].filter((reason) => typeof reason === 'object')

const good = (text: string): Reason => ({ good: true, text })
const mind = (text: string): Reason => ({ good: false, text })

const listed = new Intl.ListFormat('de', { type: 'conjunction' })

const areaReason = ({ fit, parts }: RankedOffer, place: Candidate | undefined) => {
  if (!place || !fit) return undefined
  const land = nameOfLand(place.land)
  switch (fit) {
    case 'local':
      return good(`Für Betriebe in Ihrer Gegend: ${listed.format(parts ?? [])}`)
    case 'land':
      return good(`Für Betriebe in ${land}`)
    case 'nationwide':
      return good('Für Betriebe in allen Ländern')
    case 'perhaps':
      return mind(
        `Nur für Teile von ${land}: ${listed.format(parts ?? [])}. Fragen Sie, ob ${place.place} dazugehört.`,
      )
  }
}

const topicReason = ({ topic }: RankedOffer, id: string) =>
  topic
    ? good(`Berät zum Thema ${labelOf(topics, id)}`)
    : mind(`${labelOf(topics, id)} ist hier kein Schwerpunkt`)

const sizeReason = ({ size }: RankedOffer, id: string) => {
  if (size === 'named') return good(`Passt zur Größe: ${labelOf(companySizes, id)}`)
  return size === 'all'
    ? good('Für Betriebe jeder Größe')
    : mind('Richtet sich an andere Betriebsgrößen')
}

const capacityReason = ({ capacity: id }: RankedOffer) => {
  if (!id) return undefined
  return id === 'open' || id === 'limited'
    ? good(labelOf(capacity, id))
    : mind(labelOf(capacity, id))
}
