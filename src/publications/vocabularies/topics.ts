import { defineVocabulary } from '../vocabulary.ts'

/** What the advice of the Zukunftszentren is about. */
export const topics = defineVocabulary('topics', [
  { id: 'leadership', de: 'Moderne Personalführung', en: 'Modern leadership' },
  { id: 'agile-work', de: 'Agiles Arbeiten', en: 'Agile work' },
  {
    id: 'shaping-change',
    de: 'Transformation gemeinsam gestalten',
    en: 'Shaping transformation together',
  },
  { id: 'online-learning', de: 'Online-basiertes Lernen', en: 'Online learning' },
  {
    id: 'resilience',
    de: 'Resilienz und Selbstmanagement',
    en: 'Resilience and self-management',
  },
  { id: 'ai-adoption', de: 'KI-Einführung', en: 'Introducing AI' },
  { id: 'digital-change', de: 'Digitaler Wandel', en: 'Digital change' },
  { id: 'privacy-and-ai', de: 'Datenschutz und KI', en: 'Data protection and AI' },
  { id: 'co-determination', de: 'Mitbestimmung', en: 'Co-determination' },
  { id: 'skilled-labour', de: 'Fachkräfte', en: 'Skilled labour' },
  { id: 'sustainability', de: 'Nachhaltigkeit', en: 'Sustainability' },
  { id: 'solo-self-employment', de: 'Solo-Selbstständigkeit', en: 'Solo self-employment' },
  { id: 'demographic-change', de: 'Demografischer Wandel', en: 'Demographic change' },
])
