import { defineVocabulary } from '../vocabulary.ts'

/** Whether one may bring data of one’s own. */
export const ownData = defineVocabulary('own-data', [
  { id: 'allowed', de: 'Eigene Daten erlaubt', en: 'Own data allowed' },
  { id: 'by-agreement', de: 'Eigene Daten nach Absprache', en: 'Own data by agreement' },
  { id: 'not-allowed', de: 'Nur Beispieldaten', en: 'Sample data only' },
])
