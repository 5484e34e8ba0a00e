/** What the records of the relevance suite have in common: said in turn, and about nothing in particular. */

export const lands = [
  { land: 'DE-BE', centre: 'berlin', places: ['Berlin-Wedding', 'Berlin-Köpenick'] },
  { land: 'DE-BB', centre: 'brandenburg', places: ['Cottbus', 'Eberswalde', 'Luckenwalde'] },
  { land: 'DE-BW', centre: 'baden-wuerttemberg', places: ['Reutlingen', 'Offenburg', 'Aalen'] },
  { land: 'DE-BY', centre: 'bayern', places: ['Hof', 'Landshut', 'Kempten'] },
  { land: 'DE-HB', centre: 'bremen', places: ['Bremerhaven', 'Bremen-Vegesack'] },
  { land: 'DE-HE', centre: 'hessen', places: ['Fulda', 'Marburg', 'Hanau'] },
  { land: 'DE-HH', centre: 'hamburg', places: ['Hamburg-Harburg', 'Hamburg-Altona'] },
  { land: 'DE-MV', centre: 'mecklenburg', places: ['Güstrow', 'Stralsund', 'Neubrandenburg'] },
  { land: 'DE-NI', centre: 'niedersachsen', places: ['Celle', 'Emden', 'Göttingen'] },
  { land: 'DE-NW', centre: 'nordrhein-westfalen', places: ['Hagen', 'Krefeld', 'Paderborn'] },
  { land: 'DE-RP', centre: 'rheinland-pfalz', places: ['Trier', 'Pirmasens', 'Andernach'] },
  { land: 'DE-SH', centre: 'schleswig-holstein', places: ['Husum', 'Neumünster', 'Eutin'] },
  { land: 'DE-SL', centre: 'saarland', places: ['Merzig', 'Neunkirchen'] },
  { land: 'DE-SN', centre: 'sachsen', places: ['Zwickau', 'Görlitz', 'Freiberg'] },
  { land: 'DE-ST', centre: 'sachsen-anhalt', places: ['Stendal', 'Halberstadt', 'Zeitz'] },
  { land: 'DE-TH', centre: 'thueringen', places: ['Suhl', 'Nordhausen', 'Gera'] },
] as const

export const sizeOf = (staff: number) => {
  if (staff === 1) return 'solo'
  if (staff <= 9) return 'micro'
  return staff <= 49 ? 'small' : 'medium'
}

export const headcount = (staff: number) =>
  staff === 1 ? 'Gearbeitet wird allein.' : `Beschäftigt sind ${staff} Menschen.`

export const goals = [
  'Weniger Zeit für Nebensächliches',
  'Entscheidungen bleiben bei den Menschen',
  'Neue sollen sich schneller zurechtfinden',
  'Ein Ergebnis, das nach einem Jahr noch genutzt wird',
  'Kein Mehraufwand am Freitagnachmittag',
]

export const steps = [
  { title: 'Anliegen klären', text: 'Zwei Gespräche vor Ort, eines davon ohne die Leitung.' },
  {
    title: 'Ist-Zustand aufnehmen',
    text: 'Eine Woche lang wurde mitgeschrieben, was Zeit kostet.',
  },
  { title: 'Kleiner Versuch', text: 'Sechs Wochen mit einer Gruppe, dann gemeinsame Auswertung.' },
  { title: 'Regeln festhalten', text: 'Eine Seite sagt, wer was darf und wer gefragt wird.' },
  { title: 'Ausweiten', text: 'Erst als die Gruppe es empfahl, kamen die anderen dazu.' },
  { title: 'Rückblick', text: 'Nach drei Monaten wurde geprüft, was geblieben ist.' },
  { title: 'Schulung', text: 'Kolleginnen zeigten es einander, jeweils eine halbe Stunde.' },
]

export const participation = [
  '{leute} haben den Ablauf selbst gezeichnet und über die Reihenfolge abgestimmt.',
  'In einer gemeinsamen Runde wurden alle gefragt, was sie stört; zwei Vorschläge wurden sofort umgesetzt.',
  'Eine Gruppe aus drei Abteilungen traf sich alle zwei Wochen und berichtete in der Versammlung.',
  'Wer täglich damit arbeitet, hatte das letzte Wort.',
  'Einwände wurden auf einer Tafel gesammelt und einzeln beantwortet.',
  'Die Jüngste und der Älteste im Haus leiteten den Versuch gemeinsam.',
  '{leute} durften den Versuch jederzeit abbrechen und taten es einmal.',
]

export const origins = ['bought', 'adapted', 'built', 'bought']

export const costs = ['none', 'up-to-1000', 'up-to-5000', 'up-to-20000', 'unknown']

export const transferability = [
  {
    conditions: 'Eine Person mit Zeit und Rückhalt und die Bereitschaft, klein anzufangen.',
    effort: 'Fünf Beratungstage und etwa vierzig Stunden eigener Zeit',
    forWhom: 'Häuser mit zehn bis fünfzig Beschäftigten',
  },
  {
    conditions: 'Vollständige Aufzeichnungen aus mindestens zwei Jahren.',
    effort: 'Drei Monate bis zur ersten Auswertung',
    forWhom: 'Alle, die schon mitschreiben',
  },
  {
    conditions: 'Vertrauen zwischen Leitung und Belegschaft.',
    effort: 'Ein Tag im Monat über ein halbes Jahr',
    forWhom: 'Auch für sehr kleine Teams geeignet',
  },
]

export const attendance = [
  'Achtzehn Menschen aus Unternehmen, Kammern und Verbänden',
  'Zweiundzwanzig Gäste aus der Region',
  'Vertreterinnen und Vertreter von vierzehn Unternehmen',
]

/** Begins in 2021 to 2024 and lasts half a year. */
export const period = (number: number) => {
  const year = 2021 + (number % 4)
  return { from: `${year}-03-01`, to: `${year}-09-30` }
}

export const envelope = (land: string, centre: string, number: number) => ({
  visibility: 'public',
  language: 'de',
  authors: [`Team Transfer ${land}`],
  contact: {
    role: 'Team Transfer',
    mailbox: `transfer@zukunftszentrum-${centre}.example`,
    deputy: `vertretung@zukunftszentrum-${centre}.example`,
  },
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  funding: {
    programme: 'Zukunftszentren',
    funder: 'Bundesministerium für Arbeit und Soziales',
  },
  reviewBy: `2027-0${1 + (number % 9)}-01`,
})
