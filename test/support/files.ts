import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Small files of every type that may be attached, and some that may not. */

export const pdf = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n')
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const sample = (name: string) =>
  readFileSync(join(import.meta.dirname, '../publications/images/samples', name))
export const jpeg = sample('foto-progressiv.jpg')
/** As a camera writes it: with the place where it was taken. */
export const photo = sample('foto.jpg')
export const docx = Buffer.from('PK\x03\x04 [Content_Types].xml word/document.xml', 'latin1')

/** A PDF of so many bytes, each place of it different from the next. */
export const pdfOf = (size: number) => {
  const bytes = Buffer.alloc(size, '0123456789abcdefghij')
  pdf.copy(bytes)
  return bytes
}
