/** commander speaks English; the people at the terminal do not have to. */
const titles: Record<string, string> = {
  'Usage:': 'Aufruf:',
  'Options:': 'Angaben:',
  'Commands:': 'Befehle:',
  'Arguments:': 'Erwartet:',
}

export const germanTitle = (title: string) => titles[title] ?? title

const errors: [RegExp, string][] = [
  [/required option '(.+)' not specified/, 'Die Angabe „$1“ fehlt.'],
  [/missing required argument '(.+)'/, 'Es fehlt: <$1>.'],
  [/option '(.+)' argument missing/, 'Zur Angabe „$1“ fehlt der Wert.'],
  [/unknown option '(.+)'/, 'Die Angabe „$1“ gibt es nicht.'],
  [/unknown command '(.+)'/, 'Den Befehl „$1“ gibt es nicht.'],
  [/too many arguments.*/, 'Es wurden zu viele Angaben gemacht.'],
]

export const germanError = (text: string) => {
  const line = text
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.+)\?\)/, ' Ist „$1“ gemeint?')
  const known = errors.find(([pattern]) => pattern.test(line))
  return `${(known ? line.replace(known[0], known[1]) : line).trim()}\nHilfe: transfernetz --help\n`
}
