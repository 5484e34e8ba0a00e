import { defineVocabulary } from '../vocabulary.ts'

/** How a record stands to another, read as “this record … that one”. */
export const relations = defineVocabulary('relations', [
  { id: 'see-also', de: 'Siehe auch', en: 'See also' },
  { id: 'based-on', de: 'Beruht auf', en: 'Based on' },
  { id: 'continues', de: 'Setzt fort', en: 'Continues' },
  { id: 'confirms', de: 'Bestätigt', en: 'Confirms' },
  { id: 'contradicts', de: 'Widerspricht', en: 'Contradicts' },
  { id: 'discussed-in', de: 'Besprochen in', en: 'Discussed in' },
])
