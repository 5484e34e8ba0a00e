import { defineVocabulary } from '../vocabulary.ts'

/** What is offered to companies. */
export const services = defineVocabulary('services', [
  { id: 'first-information', de: 'Erstinformation', en: 'First information' },
  { id: 'advice', de: 'Beratung', en: 'Advice' },
  { id: 'qualification', de: 'Qualifizierung', en: 'Qualification' },
  { id: 'demonstrator', de: 'Demonstrator', en: 'Demonstrator' },
  { id: 'funding-advice', de: 'Förderberatung', en: 'Advice on funding' },
  { id: 'network', de: 'Netzwerk', en: 'Network' },
])
