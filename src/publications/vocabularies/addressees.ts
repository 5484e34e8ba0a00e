import { defineVocabulary } from '../vocabulary.ts'

/** Whom a recommendation is addressed to. */
export const addressees = defineVocabulary('addressees', [
  { id: 'company', de: 'Betrieb', en: 'Company' },
  { id: 'centre', de: 'Zentrum', en: 'Centre' },
  { id: 'kiww', de: 'KIWW', en: 'KIWW' },
  { id: 'politics', de: 'Politik', en: 'Politics' },
])
