import { defineVocabulary } from '../vocabulary.ts'

/** Whether an event takes place as planned. */
export const eventStates = defineVocabulary('event-states', [
  { id: 'planned', de: 'Findet statt', en: 'Planned' },
  { id: 'postponed', de: 'Verschoben', en: 'Postponed' },
  { id: 'moved-online', de: 'Findet online statt', en: 'Moved online' },
  { id: 'cancelled', de: 'Abgesagt', en: 'Cancelled' },
])
