/** Small files of every type that may be attached, and some that may not. */

export const pdf = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n')
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
export const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1])
export const docx = Buffer.from('PK\x03\x04 [Content_Types].xml word/document.xml', 'latin1')

/** A PDF of so many bytes, each place of it different from the next. */
export const pdfOf = (size: number) => {
  const bytes = Buffer.alloc(size, '0123456789abcdefghij')
  pdf.copy(bytes)
  return bytes
}
