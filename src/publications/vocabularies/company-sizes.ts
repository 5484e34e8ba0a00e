import { defineVocabulary } from '../vocabulary.ts'

/** By headcount after Commission Recommendation 2003/361/EC; solo is ours. */
export const companySizes = defineVocabulary('company-sizes', [
  { id: 'solo', de: 'Solo-selbstständig', en: 'Solo self-employed' },
  { id: 'micro', de: 'Kleinstunternehmen (bis 9 Beschäftigte)', en: 'Micro (up to 9 employees)' },
  {
    id: 'small',
    de: 'Kleines Unternehmen (10 bis 49 Beschäftigte)',
    en: 'Small (10 to 49 employees)',
  },
  {
    id: 'medium',
    de: 'Mittleres Unternehmen (50 bis 249 Beschäftigte)',
    en: 'Medium-sized (50 to 249 employees)',
  },
  {
    id: 'large',
    de: 'Großes Unternehmen (ab 250 Beschäftigte)',
    en: 'Large (250 employees or more)',
  },
])
