import { defineVocabulary } from '../vocabulary.ts'

/** Time zones (IANA) in which events take place. */
export const zones = defineVocabulary('zones', [
  { id: 'Europe/Berlin', de: 'Deutsche Zeit', en: 'German time' },
  { id: 'Europe/Brussels', de: 'Brüsseler Zeit', en: 'Brussels time' },
  { id: 'Europe/Lisbon', de: 'Lissabonner Zeit', en: 'Lisbon time' },
  { id: 'Europe/London', de: 'Londoner Zeit', en: 'London time' },
  { id: 'Europe/Paris', de: 'Pariser Zeit', en: 'Paris time' },
  { id: 'Europe/Prague', de: 'Prager Zeit', en: 'Prague time' },
  { id: 'Europe/Vienna', de: 'Wiener Zeit', en: 'Vienna time' },
  { id: 'Europe/Warsaw', de: 'Warschauer Zeit', en: 'Warsaw time' },
  { id: 'Europe/Zurich', de: 'Zürcher Zeit', en: 'Zurich time' },
  { id: 'UTC', de: 'Koordinierte Weltzeit (UTC)', en: 'Coordinated Universal Time (UTC)' },
])
