import { defineVocabulary } from '../vocabulary.ts'

/** Who may read a record; it decides the feed. */
export const visibility = defineVocabulary('visibility', [
  { id: 'public', de: 'Öffentlich', en: 'Public' },
  { id: 'members', de: 'Nur für Zentren', en: 'Members only' },
])
