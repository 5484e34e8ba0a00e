import { defineVocabulary } from '../vocabulary.ts'

/** Whether somebody new can be advised. */
export const capacity = defineVocabulary('capacity', [
  { id: 'open', de: 'Freie Termine', en: 'Appointments available' },
  { id: 'limited', de: 'Wenige freie Termine', en: 'Few appointments available' },
  { id: 'waiting-list', de: 'Warteliste', en: 'Waiting list' },
  { id: 'full', de: 'Zurzeit ausgelastet', en: 'Fully booked' },
])
