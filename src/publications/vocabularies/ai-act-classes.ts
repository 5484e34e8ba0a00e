import { defineVocabulary } from '../vocabulary.ts'

/** Risk classes of the AI Act, Regulation (EU) 2024/1689, as the centre judged the case. */
export const aiActClasses = defineVocabulary('ai-act-classes', [
  {
    id: 'none',
    de: 'Kein KI-System im Sinne der KI-Verordnung',
    en: 'Not an AI system under the AI Act',
  },
  { id: 'minimal', de: 'Minimales Risiko', en: 'Minimal risk' },
  {
    id: 'transparency',
    de: 'Transparenzpflichten (Artikel 50)',
    en: 'Transparency obligations (Article 50)',
  },
  { id: 'high', de: 'Hochrisiko-KI-System (Artikel 6)', en: 'High-risk AI system (Article 6)' },
  { id: 'prohibited', de: 'Verbotene Praktik (Artikel 5)', en: 'Prohibited practice (Article 5)' },
  { id: 'unassessed', de: 'Noch nicht eingestuft', en: 'Not yet assessed' },
])
