import { defineVocabulary, type Term } from '../vocabulary.ts'

/** A Creative Commons licence is identified by its own URI, which is also what the record carries. */
const creativeCommons = <const Path extends string>(path: Path, de: string, en: string) => {
  const uri = `https://creativecommons.org/${path}/` as const
  return { id: uri, uri, de, en } satisfies Term
}

export const licences = defineVocabulary('licences', [
  creativeCommons('publicdomain/zero/1.0', 'CC0 1.0 (Verzicht auf alle Rechte)', 'CC0 1.0'),
  creativeCommons('licenses/by/4.0', 'CC BY 4.0 (Namensnennung)', 'CC BY 4.0 (Attribution)'),
  creativeCommons(
    'licenses/by-sa/4.0',
    'CC BY-SA 4.0 (Namensnennung – Weitergabe unter gleichen Bedingungen)',
    'CC BY-SA 4.0 (Attribution-ShareAlike)',
  ),
  creativeCommons(
    'licenses/by-nd/4.0',
    'CC BY-ND 4.0 (Namensnennung – keine Bearbeitungen)',
    'CC BY-ND 4.0 (Attribution-NoDerivatives)',
  ),
  creativeCommons(
    'licenses/by-nc/4.0',
    'CC BY-NC 4.0 (Namensnennung – nicht kommerziell)',
    'CC BY-NC 4.0 (Attribution-NonCommercial)',
  ),
  creativeCommons(
    'licenses/by-nc-sa/4.0',
    'CC BY-NC-SA 4.0 (Namensnennung – nicht kommerziell – Weitergabe unter gleichen Bedingungen)',
    'CC BY-NC-SA 4.0 (Attribution-NonCommercial-ShareAlike)',
  ),
  creativeCommons(
    'licenses/by-nc-nd/4.0',
    'CC BY-NC-ND 4.0 (Namensnennung – nicht kommerziell – keine Bearbeitungen)',
    'CC BY-NC-ND 4.0 (Attribution-NonCommercial-NoDerivatives)',
  ),
])
