/** Names of places as people write them, brought to the words they are told apart by. */

/** Words that join a name to what it lies at: written in full, shortened or left out. */
const joining = new Set(
  'a am an auf b bei d dem den der die i im in ob u und v vor vorm unter bz gem kr kreis landkreis'.split(
    ' ',
  ),
)

/** What places call themselves beside their name. */
const titles = new Set(
  'stadt gemeinde freie kreisstadt landeshauptstadt hansestadt lutherstadt universitaetsstadt freistaat'.split(
    ' ',
  ),
)

/** What people shorten, by its full form. */
const full: Record<string, string> = {
  st: 'sankt',
  str: 'strasse',
  hann: 'hannoversch',
  hzgt: 'herzogtum',
}

/**
 * The words of a name, without accents, titles and joining words: „Halle a. d. Saale“ and „Halle (Saale)“ are
 * `halle saale`. ä, ö, ü and ß are as when no such key is at hand; letters of other languages, as in Chóśebuz,
 * lose their marks.
 */
export const wordsOf = (name: string): string[] =>
  plain(name)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !joining.has(word) && !titles.has(word))
    .map((word) => full[word] ?? word)

const plain = (name: string) =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßł]/g, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')

const plainLetters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ł: 'l' }

/** What a name is looked up by. */
export const keyOf = (words: string[]) => words.join(' ')

/** Whether one word may stand for the other: the same, or shortened to so many letters at least. */
export const mayBe = (a: string, b: string, least = 3) =>
  a === b || (Math.min(a.length, b.length) >= least && (a.startsWith(b) || b.startsWith(a)))

/** How many slips of the keyboard a name of this length may have. */
export const slipsIn = (name: string) => (name.length < 4 ? 0 : name.length < 8 ? 1 : 2)

/**
 * Whether two names differ by no more than so many slips: letters left out, added, changed, or two exchanged
 * (Damerau–Levenshtein distance in its restricted form).
 */
export const isSimilar = (a: string, b: string, most: number) =>
  Math.abs(a.length - b.length) <= most && distance(a, b, most) <= most

/** Which letters a name has, a bit for each: a slip changes at most two of them. */
export const lettersOf = (name: string) => {
  let letters = 0
  for (let i = 0; i < name.length; i++) letters |= 1 << (name.charCodeAt(i) - 97)
  return letters
}

/** Whether names with these letters may be similar: far quicker than counting slips. */
export const mayBeSimilar = (a: number, b: number, most: number) => {
  let differing = a ^ b
  let count = 0
  for (; differing !== 0 && count <= 2 * most; count++) differing &= differing - 1
  return count <= 2 * most
}

/** The number of slips between two texts; something larger than `most` as soon as it must be. */
const distance = (a: string, b: string, most: number) => {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const at = (cells: number[], k: number) => cells[k] ?? Number.POSITIVE_INFINITY
      let cost = Math.min(at(row, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, at(before, j - 2) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
