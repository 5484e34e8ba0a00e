import { defineVocabulary } from '../vocabulary.ts'

/** How far a round table agreed on a finding. */
export const consensus = defineVocabulary('consensus', [
  { id: 'consensus', de: 'Konsens', en: 'Consensus' },
  { id: 'majority', de: 'Mehrheit', en: 'Majority' },
  { id: 'open', de: 'Offen', en: 'Open' },
])
