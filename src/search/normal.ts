/** Text as the words in it, in the one spelling by which they are compared. */

export interface Token {
  /** Folded. */
  word: string
  /** Where it stands in the text: from, and up to but not including. */
  from: number
  to: number
}

/**
 * A word in small letters without accents; ä, ö, ü and ß as who has no such keys writes them. No German word
 * becomes another by it.
 */
export const fold = (word: string) => {
  const small = word.normalize('NFC').toLowerCase()
  if (ascii.test(small)) return small
  const german = small.replaceAll(/[äöüß]/g, (letter) => digraphs[letter] ?? letter)
  return ascii.test(german) ? german : german.normalize('NFD').replaceAll(/\p{M}/gu, '')
}

const ascii = /^[ -~]*$/

const digraphs: { [letter: string]: string } = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/** Mitarbeiter:innen, Mitarbeiter*innen, Mitarbeiter/-innen, Mitarbeiter(innen), MitarbeiterInnen: one word. */
const genderForms = [
  /(?<=\p{L}{3})(?:[:*_·•]|\/-?|\()(?=in(?:nen)?(?!\p{L}))/giu,
  /(?<=\p{Ll}{3})I(?=n(?:nen)?(?!\p{L}))/gu,
]

/** Azubi's and Müller’s: an s of more than one or of whose, set apart. */
const apostrophe = /(?<=\p{L})['’`´](?=s(?!\p{L}))/giu

/** Text as it is shown and searched: invisible signs gone. */
export const visible = (text: string) => text.normalize('NFC').replaceAll(/\p{Cf}/gu, '')

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu
const [sign, capital] = genderForms as [RegExp, RegExp]

/** Longer ones are no words, and no engine keeps them. */
const longest = 80

/** The words of a text that went through `visible`, in their order. */
export const tokensOf = (text: string): Token[] => {
  // Signs of gender count as letters while words are looked for, so that places stay right.
  const marked = text
    .replaceAll(sign, (found) => '\u0640'.repeat(found.length))
    .replaceAll(apostrophe, '\u0640')
  return [...marked.matchAll(wordPattern)]
    .map((match) => ({
      word: fold(match[0].replaceAll('\u0640', '').replaceAll(capital, 'i')),
      from: match.index,
      to: match.index + match[0].length,
    }))
    .filter(({ word }) => word !== '' && word.length <= longest)
}

/** What a word with hyphens reads without them, and the tokens it begins and ends with. */
export interface Joined {
  word: string
  first: number
  last: number
}

/** E-Mail is also Email. */
export const joinedOf = (text: string, tokens: Token[]): Joined[] => {
  const joined: Joined[] = []
  for (let first = 0; first < tokens.length; first++) {
    let last = first
    while (isHyphenated(text, tokens[last], tokens[last + 1])) last++
    if (last > first && last - first < 3) {
      joined.push({
        word: tokens
          .slice(first, last + 1)
          .map(({ word }) => word)
          .join(''),
        first,
        last,
      })
    }
    first = last
  }
  return joined
}

const isHyphenated = (text: string, one?: Token, next?: Token) =>
  one !== undefined && next !== undefined && /^[-‐‑]$/.test(text.slice(one.to, next.from))
