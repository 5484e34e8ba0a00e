import { defineVocabulary } from '../vocabulary.ts'

/** Who sat at a round table: groups, never names. */
export const participants = defineVocabulary('participants', [
  {
    id: 'companies',
    de: 'Kleine und mittlere Unternehmen',
    en: 'Small and medium-sized companies',
  },
  { id: 'works-councils', de: 'Betriebs- und Personalräte', en: 'Works and staff councils' },
  { id: 'unions', de: 'Gewerkschaften', en: 'Trade unions' },
  { id: 'employers', de: 'Arbeitgeberverbände', en: "Employers' associations" },
  { id: 'chambers', de: 'Kammern', en: 'Chambers' },
  { id: 'centres', de: 'Zukunftszentren', en: 'Zukunftszentren' },
  { id: 'employment-agency', de: 'Agentur für Arbeit', en: 'Employment agency' },
  { id: 'training-networks', de: 'Weiterbildungsverbünde', en: 'Training networks' },
  { id: 'training-providers', de: 'Bildungsträger', en: 'Training providers' },
  { id: 'digital-centres', de: 'Mittelstand-Digital-Zentren', en: 'Mittelstand-Digital centres' },
  { id: 'research', de: 'Hochschulen und Forschung', en: 'Universities and research' },
  { id: 'administration', de: 'Verwaltung und Politik', en: 'Administration and politics' },
])
