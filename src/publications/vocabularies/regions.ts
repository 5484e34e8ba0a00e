import { type LandId, lands } from '../../places/lands.ts'
import { defineVocabulary } from '../vocabulary.ts'

const english: Record<LandId, string> = {
  'DE-BB': 'Brandenburg',
  'DE-BE': 'Berlin',
  'DE-BW': 'Baden-Württemberg',
  'DE-BY': 'Bavaria',
  'DE-HB': 'Bremen',
  'DE-HE': 'Hesse',
  'DE-HH': 'Hamburg',
  'DE-MV': 'Mecklenburg-Western Pomerania',
  'DE-NI': 'Lower Saxony',
  'DE-NW': 'North Rhine-Westphalia',
  'DE-RP': 'Rhineland-Palatinate',
  'DE-SH': 'Schleswig-Holstein',
  'DE-SL': 'Saarland',
  'DE-SN': 'Saxony',
  'DE-ST': 'Saxony-Anhalt',
  'DE-TH': 'Thuringia',
}

/** The Länder: `id` is the ISO 3166-2 code, `ags` the first two digits of every AGS within. */
export const regions = defineVocabulary(
  'regions',
  lands.map(({ id, ags, name }) => ({ id, ags, de: name, en: english[id] })),
)
