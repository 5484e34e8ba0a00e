import { defineVocabulary } from '../vocabulary.ts'

/** How one learns. */
export const formats = defineVocabulary('formats', [
  { id: 'in-person', de: 'In Präsenz', en: 'In person' },
  { id: 'online', de: 'Online', en: 'Online' },
  { id: 'blended', de: 'Präsenz und Online', en: 'Blended' },
  { id: 'self-paced', de: 'Selbstlernen', en: 'Self-paced' },
  { id: 'on-the-job', de: 'Am Arbeitsplatz', en: 'On the job' },
])
