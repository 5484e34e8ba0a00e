import { defineVocabulary } from '../vocabulary.ts'

/** How well a finding is founded. */
export const strengths = defineVocabulary('strengths', [
  { id: 'single', de: 'Ein Fall', en: 'Single case' },
  { id: 'several', de: 'Mehrere Fälle', en: 'Several cases' },
  { id: 'compared', de: 'Im Vergleich', en: 'Compared' },
  { id: 'evaluated', de: 'Evaluiert', en: 'Evaluated' },
])
