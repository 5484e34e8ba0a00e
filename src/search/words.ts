/**
 * Text as the words in it: signs that are neither letters nor digits become blanks. PostgreSQL takes „ and – for
 * letters where its locale is C, as in the embedded one; so that both find the same, it never sees them.
 */
export const plainWords = (text: string) =>
  text
    .normalize()
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}\x20-\x7e]/gu, ' ')
