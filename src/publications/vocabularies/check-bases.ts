import { defineVocabulary } from '../vocabulary.ts'

/** What it rests on that an offer still stands. */
export const checkBases = defineVocabulary('check-bases', [
  { id: 'confirmed', de: 'Bestätigung des Anbieters', en: 'Confirmed by the provider' },
  { id: 'asked', de: 'Nachfrage beim Anbieter', en: 'Asked at the provider' },
  { id: 'visited', de: 'Besuch vor Ort', en: 'Visit' },
  { id: 'website', de: 'Internetseite des Anbieters', en: "The provider's website" },
])
