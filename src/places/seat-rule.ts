import type { Config, SeatRule } from '../config.ts'

/** What counts, in the words of the pages: „Es zählt der eingetragene Firmensitz.“ */
export const seatRuleLabels: Record<SeatRule, string> = {
  'registered-seat': 'der eingetragene Firmensitz',
  'business-address': 'die Geschäftsanschrift',
  establishment: 'der Ort der Betriebsstätte',
}

/** What the centres have agreed on, as this node was told; else the seat as it stands in the register. */
export const seatRuleOf = ({ seatRule = 'registered-seat' }: Config): SeatRule => seatRule
