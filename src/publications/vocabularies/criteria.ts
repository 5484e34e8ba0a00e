import { defineVocabulary } from '../vocabulary.ts'

/** What case examples are judged by when centres reflect on them. */
export const criteria = defineVocabulary('criteria', [
  { id: 'effect', de: 'Wirkung', en: 'Effect' },
  { id: 'transferability', de: 'Übertragbarkeit', en: 'Transferability' },
  { id: 'effort', de: 'Aufwand', en: 'Effort' },
  { id: 'participation', de: 'Beteiligung', en: 'Participation' },
  { id: 'sustainability', de: 'Dauerhaftigkeit', en: 'Sustainability' },
])
