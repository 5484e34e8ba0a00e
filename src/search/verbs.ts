/** Forms of verbs, as questions have them: plant, geplant and planen are one thing that is done. */
import { verbList } from './lexicon/verbs.ts'
import { fold } from './normal.ts'

/** What makes another verb of one: with `ge` behind it in the participle (eingeführt), or without (übernommen). */
const prefixes = [
  '',
  ...'ab an auf aus bei ein fest her hin los mit nach teil um unter vor weg weiter zu zurück zusammen'.split(
    ' ',
  ),
  ...'be ent er ge hinter miss über unter ver wider wieder zer'.split(' '),
].map(fold)

const strong = verbList
  .trim()
  .split('\n')
  .map((line) => line.split(' ').map(fold))

/** By a form of a strong verb, all of them; participles also as they are behind a prefix that leaves no `ge`. */
const strongForms = new Map(
  strong.flatMap((forms) => {
    const all = forms.flatMap((form) => (/^ge.{4}/.test(form) ? [form, form.slice(2)] : [form]))
    const whole = [...all, ...all.filter((form) => /[^tn]$/.test(form)).map((form) => `${form}en`)]
    return whole.map((form): [string, string[]] => [form, whole])
  }),
)

/** Other forms of a folded word that may be a verb: some of them may be no words at all. */
export const formsOf = (word: string): string[] => {
  const forms = prefixes.flatMap((prefix) =>
    word.startsWith(prefix) ? behind(prefix, word.slice(prefix.length)) : [],
  )
  return [...new Set(forms)].filter((form) => form !== word)
}

const behind = (prefix: string, rest: string) => {
  const known = strongForms.get(rest)
  const forms = known ?? weakForms(rest)
  return forms.map((form) => prefix + form)
}

/** planen, plant, plante, geplant; arbeiten, arbeitet, gearbeitet. */
const weakForms = (word: string) => {
  const [, base] = /^(?:ge)?(.{2,}?)(?:e?t(?:en?)?|en?)$/.exec(word) ?? []
  if (base === undefined) return []
  const t = /[dt]$/.test(base) ? 'et' : 't'
  return [`${base}en`, base + t, `ge${base}${t}`]
}
