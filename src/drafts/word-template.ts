/** The same template as a Word document (ECMA-376): paragraphs with a style, and nothing else. */
import { strToU8, zipSync } from 'fflate'
import type { Kind } from '../publications/kind.ts'
import { type TemplateBlock, templateOf } from './template.ts'

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const wordTemplate = (kind: Kind): Buffer =>
  Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(contentTypes),
      '_rels/.rels': strToU8(packageRelations),
      'word/_rels/document.xml.rels': strToU8(documentRelations),
      'word/styles.xml': strToU8(styles),
      'word/document.xml': strToU8(documentOf(templateOf(kind))),
    }),
  )

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const mime = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const contentTypes = `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${mime}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${mime}.styles+xml"/></Types>`

const packageRelations = `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="word/document.xml"/></Relationships>`

const documentRelations = `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/styles" Target="styles.xml"/></Relationships>`

/** Half points. */
const sizes = [36, 30, 26, 24, 22, 22]

const styles = `${declaration}<w:styles ${word}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="120"/></w:pPr></w:style>${sizes
  .map(
    (size, n) =>
      `<w:style w:type="paragraph" w:styleId="Heading${n + 1}"><w:name w:val="heading ${n + 1}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="${360 - n * 40}" w:after="80"/><w:outlineLvl w:val="${n}"/></w:pPr><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`,
  )
  .join(
    '',
  )}<w:style w:type="paragraph" w:customStyle="1" w:styleId="Anleitung"><w:name w:val="Anleitung"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:rPr><w:i/><w:color w:val="52576F"/></w:rPr></w:style></w:styles>`

const documentOf = (blocks: TemplateBlock[]) =>
  `${declaration}<w:document ${word}><w:body>${blocks.map(paragraphOf).join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr></w:body></w:document>`

const paragraphOf = (block: TemplateBlock) => {
  if (block.as === 'room') return paragraph('Normal', '')
  if (block.as === 'heading') return paragraph(`Heading${Math.min(block.level, 6)}`, block.text)
  return block.as === 'guidance'
    ? paragraph('Anleitung', block.text)
    : paragraph('Normal', `☐ ${block.text}`)
}

const paragraph = (style: string, text: string) =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
