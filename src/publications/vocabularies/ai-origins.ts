import { defineVocabulary } from '../vocabulary.ts'

/** Where the system comes from: bought or built. */
export const aiOrigins = defineVocabulary('ai-origins', [
  { id: 'bought', de: 'Gekauft oder gemietet', en: 'Bought or rented' },
  { id: 'adapted', de: 'Gekauft und angepasst', en: 'Bought and adapted' },
  { id: 'built', de: 'Selbst entwickelt', en: 'Built in-house' },
])
