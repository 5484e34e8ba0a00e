import { defineVocabulary } from '../vocabulary.ts'

/** How far the company has come with it. */
export const maturity = defineVocabulary('maturity', [
  { id: 'idea', de: 'Idee', en: 'Idea' },
  { id: 'tried', de: 'Erprobt', en: 'Tried' },
  { id: 'proven', de: 'Bewährt', en: 'Proven' },
  { id: 'established', de: 'Verstetigt', en: 'Established' },
])
