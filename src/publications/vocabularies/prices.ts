import { defineVocabulary } from '../vocabulary.ts'

/** What something costs those who use it. */
export const prices = defineVocabulary('prices', [
  { id: 'free', de: 'Kostenfrei', en: 'Free of charge' },
  { id: 'partly', de: 'Teilweise gefördert', en: 'Partly funded' },
  { id: 'charged', de: 'Kostenpflichtig', en: 'Charged' },
])
