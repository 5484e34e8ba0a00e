import { defineVocabulary } from '../vocabulary.ts'

/** What the company itself spent, without working time. The advice is free of charge. */
export const costBands = defineVocabulary('cost-bands', [
  { id: 'none', de: 'Keine zusätzlichen Kosten', en: 'No additional cost' },
  { id: 'up-to-1000', de: 'Bis 1.000 Euro', en: 'Up to 1,000 euros' },
  { id: 'up-to-5000', de: 'Über 1.000 bis 5.000 Euro', en: 'Over 1,000 to 5,000 euros' },
  { id: 'up-to-20000', de: 'Über 5.000 bis 20.000 Euro', en: 'Over 5,000 to 20,000 euros' },
  { id: 'over-20000', de: 'Über 20.000 Euro', en: 'Over 20,000 euros' },
  { id: 'unknown', de: 'Nicht bekannt', en: 'Unknown' },
])
