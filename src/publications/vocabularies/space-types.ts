import { defineVocabulary } from '../vocabulary.ts'

/** Where AI can be tried out. */
export const spaceTypes = defineVocabulary('space-types', [
  { id: 'demonstrator', de: 'Demonstrator', en: 'Demonstrator' },
  { id: 'online-tool', de: 'Online-Werkzeug', en: 'Online tool' },
  { id: 'learning-lab', de: 'Lernlabor', en: 'Learning lab' },
  { id: 'mobile', de: 'Mobiles Angebot', en: 'Mobile' },
])
