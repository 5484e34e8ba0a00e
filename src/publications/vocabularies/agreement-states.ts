import { defineVocabulary } from '../vocabulary.ts'

/** What became of what was agreed. */
export const agreementStates = defineVocabulary('agreement-states', [
  { id: 'open', de: 'Offen', en: 'Open' },
  { id: 'in-progress', de: 'In Arbeit', en: 'In progress' },
  { id: 'done', de: 'Erledigt', en: 'Done' },
  { id: 'dropped', de: 'Nicht weiterverfolgt', en: 'Dropped' },
])
