import { defineVocabulary } from '../vocabulary.ts'

/** What may be attached: nothing that a browser would run (no HTML, no SVG). `endings` of the names of such files. */
export const mediaTypes = defineVocabulary('media-types', [
  { id: 'application/pdf', de: 'PDF-Dokument', en: 'PDF document', endings: ['.pdf'] },
  { id: 'image/png', de: 'Bild (PNG)', en: 'Image (PNG)', endings: ['.png'] },
  { id: 'image/jpeg', de: 'Bild (JPEG)', en: 'Image (JPEG)', endings: ['.jpg', '.jpeg'] },
  {
    id: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    de: 'Textdokument (DOCX)',
    en: 'Text document (DOCX)',
    endings: ['.docx'],
  },
])
