/**
 * A table as German spreadsheets open it: semicolons, UTF-8 with a byte order mark, lines as in RFC 4180. What a
 * spreadsheet would take for a formula begins with an apostrophe, so that it stays text.
 */
export const csvOf = (rows: string[][]) =>
  `\ufeff${rows.map((cells) => cells.map(cellOf).join(';')).join('\r\n')}\r\n`

const cellOf = (text: string) => {
  const defused = /^[\s]*[=+\-@|%]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused
}
