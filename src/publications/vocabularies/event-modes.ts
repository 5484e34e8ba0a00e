import { defineVocabulary } from '../vocabulary.ts'

/** Where one takes part. */
export const eventModes = defineVocabulary('event-modes', [
  { id: 'on-site', de: 'Vor Ort', en: 'On site' },
  { id: 'online', de: 'Online', en: 'Online' },
  { id: 'hybrid', de: 'Vor Ort und online', en: 'Hybrid' },
])
