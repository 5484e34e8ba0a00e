import { defineVocabulary } from '../vocabulary.ts'

/** What came of it. A failure is a valid result. */
export const outcome = defineVocabulary('outcome', [
  { id: 'succeeded', de: 'Gelungen', en: 'Succeeded' },
  { id: 'partly', de: 'Teilweise gelungen', en: 'Partly succeeded' },
  { id: 'failed', de: 'Nicht gelungen', en: 'Did not succeed' },
])
