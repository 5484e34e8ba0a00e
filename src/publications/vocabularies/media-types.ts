import { defineVocabulary } from '../vocabulary.ts'

/** What may be attached: nothing that a browser would run (no HTML, no SVG). */
export const mediaTypes = defineVocabulary('media-types', [
  { id: 'application/pdf', de: 'PDF-Dokument', en: 'PDF document' },
  { id: 'image/png', de: 'Bild (PNG)', en: 'Image (PNG)' },
  { id: 'image/jpeg', de: 'Bild (JPEG)', en: 'Image (JPEG)' },
  {
    id: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    de: 'Textdokument (DOCX)',
    en: 'Text document (DOCX)',
  },
])
