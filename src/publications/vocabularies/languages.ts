import { defineVocabulary } from '../vocabulary.ts'

/** Languages a record may be written in (BCP 47). */
export const languages = defineVocabulary('languages', [
  { id: 'de', de: 'Deutsch', en: 'German' },
  { id: 'ar', de: 'Arabisch', en: 'Arabic' },
  { id: 'dsb', de: 'Niedersorbisch', en: 'Lower Sorbian' },
  { id: 'en', de: 'Englisch', en: 'English' },
  { id: 'fr', de: 'Französisch', en: 'French' },
  { id: 'hsb', de: 'Obersorbisch', en: 'Upper Sorbian' },
  { id: 'pl', de: 'Polnisch', en: 'Polish' },
  { id: 'ru', de: 'Russisch', en: 'Russian' },
  { id: 'tr', de: 'Türkisch', en: 'Turkish' },
  { id: 'uk', de: 'Ukrainisch', en: 'Ukrainian' },
])
