import { defineVocabulary } from '../vocabulary.ts'

/** Kinds of events. */
export const eventTypes = defineVocabulary('event-types', [
  { id: 'annual-conference', de: 'Jahrestagung', en: 'Annual conference' },
  { id: 'conference', de: 'Fachtagung', en: 'Conference' },
  { id: 'round-table', de: 'Runder Tisch', en: 'Round table' },
  { id: 'workshop', de: 'Workshop', en: 'Workshop' },
  { id: 'webinar', de: 'Webinar', en: 'Webinar' },
  { id: 'reflection-meeting', de: 'Reflexionstreffen', en: 'Reflection meeting' },
])
