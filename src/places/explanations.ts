/** What the answers mean, in German, and what to do where one is not enough. */
import type { Resolution, ResolutionReason } from './place.ts'

export const explanations: Record<ResolutionReason, string> = {
  'plz-and-name': 'Postleitzahl und Ort passen zusammen.',
  plz: 'Alle Orte mit dieser Postleitzahl liegen in demselben Land.',
  'plz-and-unknown-name':
    'Alle Orte mit dieser Postleitzahl liegen in demselben Land. Den Ortsnamen kennen wir nicht; prüfen Sie, ob er stimmt.',
  name: 'Alle Orte dieses Namens liegen in demselben Land.',
  'plz-in-several-lands':
    'Diese Postleitzahl gilt in mehr als einem Land. Geben Sie auch den Ort an.',
  'name-in-several-lands':
    'Orte dieses Namens gibt es in mehr als einem Land. Geben Sie auch die Postleitzahl an.',
  'plz-and-name-disagree':
    'Postleitzahl und Ort passen nicht zusammen. Prüfen Sie, welche der beiden Angaben stimmt.',
  'similar-name': 'So heißt kein Ort, den wir kennen. Ist vielleicht einer von diesen gemeint?',
  'name-and-postal-area':
    'Die Postleitzahl gehört zu keinem Ort, vermutlich zu einem Postfach. Der Name passt zu ihrem Gebiet.',
  exclave: 'Büsingen liegt in der Schweiz, gehört aber zu Baden-Württemberg.',
  abroad:
    'Der Ort hat eine deutsche Postleitzahl, liegt aber in Österreich. Kein Zukunftszentrum ist zuständig.',
  'plz-without-places':
    'Diese Postleitzahl gehört zu keinem Ort, vermutlich zu einem Postfach oder einem Großkunden. Nehmen Sie die der Straßenanschrift.',
  'plz-never-assigned': 'Eine solche Postleitzahl gibt es nicht.',
  'plz-malformed': 'Eine Postleitzahl hat fünf Ziffern.',
  'name-unknown':
    'Einen Ort dieses Namens kennen wir nicht. Versuchen Sie es mit der Postleitzahl.',
  'nothing-asked': 'Geben Sie eine Postleitzahl oder einen Ort an.',
}

const streetsUnknown =
  'Die Straße hilft hier nicht weiter: Keine unserer Quellen verzeichnet Straßen. Es entscheidet der Name des Ortes.'

/**
 * `street`: whether one was given. No set that can be imported knows streets. Where code and name are both known one
 * would add nothing – no place that comes with the program has both in two Länder –, and it cannot stand in for them.
 */
export const hintOf = (
  { status, reason }: Pick<Resolution, 'status' | 'reason'>,
  street: boolean,
) =>
  street && (status === 'ambiguous' || status === 'unknown')
    ? `${explanations[reason]} ${streetsUnknown}`
    : explanations[reason]
