/** Which of a company's addresses decides who is responsible. The centres have agreed on one; a node is told which. */
export const seatRules = [
  { id: 'registered-seat', de: 'der eingetragene Sitz' },
  { id: 'business-address', de: 'die Geschäftsanschrift' },
  { id: 'establishment', de: 'die Betriebsstätte' },
] as const

export type SeatRule = (typeof seatRules)[number]['id']
