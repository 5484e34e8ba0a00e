import { defineVocabulary } from '../vocabulary.ts'

/** Who may read a record; it decides the feed. */
export const visibility = defineVocabulary('visibility', [
  { id: 'public', de: 'öffentlich', en: 'Public' },
  { id: 'members', de: 'nur für Zentren', en: 'Members only' },
])
