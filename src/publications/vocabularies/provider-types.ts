import { defineVocabulary } from '../vocabulary.ts'

/** Who offers advice. */
export const providerTypes = defineVocabulary('provider-types', [
  { id: 'future-centre', de: 'Zukunftszentrum', en: 'Zukunftszentrum' },
  { id: 'chamber', de: 'Kammer', en: 'Chamber' },
  { id: 'digital-centre', de: 'Mittelstand-Digital-Zentrum', en: 'Mittelstand-Digital centre' },
  { id: 'inqa', de: 'INQA-Beratungsstelle', en: 'INQA advice centre' },
  {
    id: 'edih',
    de: 'European Digital Innovation Hub (EDIH)',
    en: 'European Digital Innovation Hub (EDIH)',
  },
  { id: 'employment-agency', de: 'Agentur für Arbeit', en: 'Employment agency' },
  { id: 'union', de: 'Gewerkschaft', en: 'Trade union' },
  { id: 'association', de: 'Verband', en: 'Association' },
  { id: 'university', de: 'Hochschule', en: 'University' },
  { id: 'private', de: 'Privater Anbieter', en: 'Private provider' },
])
