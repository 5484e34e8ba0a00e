import type { SeatRule } from '../config.ts'

/** What counts, in the words of the pages: „Es zählt der eingetragene Firmensitz.“ */
export const seatRuleLabels: Record<SeatRule, string> = {
  'registered-seat': 'der eingetragene Firmensitz',
  'business-address': 'die Geschäftsanschrift',
  establishment: 'der Ort der Betriebsstätte',
}
