import { defineVocabulary } from '../vocabulary.ts'

/** How one is advised. */
export const channels = defineVocabulary('channels', [
  { id: 'on-site', de: 'Im Betrieb', en: 'At the company' },
  { id: 'at-provider', de: 'Beim Anbieter', en: 'At the provider' },
  { id: 'phone', de: 'Telefon', en: 'Phone' },
  { id: 'video', de: 'Videogespräch', en: 'Video call' },
  { id: 'email', de: 'E-Mail', en: 'E-mail' },
])
