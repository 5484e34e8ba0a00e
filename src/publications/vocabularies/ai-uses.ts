import { defineVocabulary } from '../vocabulary.ts'

/** What a company has artificial intelligence do. */
export const aiUses = defineVocabulary('ai-uses', [
  { id: 'text', de: 'Texte entwerfen und überarbeiten', en: 'Drafting and revising text' },
  {
    id: 'knowledge',
    de: 'Betriebliches Wissen erschließen',
    en: 'Making in-house knowledge accessible',
  },
  { id: 'documents', de: 'Belege und Dokumente auslesen', en: 'Extracting data from documents' },
  { id: 'speech', de: 'Sprache erkennen und übersetzen', en: 'Speech recognition and translation' },
  { id: 'images', de: 'Bilder erkennen und prüfen', en: 'Recognising and inspecting images' },
  { id: 'design', de: 'Bilder, Ton und Video erzeugen', en: 'Generating images, sound and video' },
  { id: 'forecast', de: 'Bedarf und Nachfrage vorhersagen', en: 'Forecasting demand' },
  {
    id: 'planning',
    de: 'Einsatz, Touren und Termine planen',
    en: 'Planning staff, routes and dates',
  },
  { id: 'maintenance', de: 'Wartung vorausschauend planen', en: 'Predictive maintenance' },
  { id: 'dialogue', de: 'Anfragen im Dialog beantworten', en: 'Answering enquiries in dialogue' },
  { id: 'learning', de: 'Lernen begleiten', en: 'Supporting learning' },
  { id: 'programming', de: 'Programmieren', en: 'Programming' },
])
