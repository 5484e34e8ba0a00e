import { defineVocabulary } from '../vocabulary.ts'

/** The Länder: `id` is the ISO 3166-2 code, `ags` the first two digits of every AGS within. */
export const regions = defineVocabulary('regions', [
  { id: 'DE-BB', ags: '12', de: 'Brandenburg', en: 'Brandenburg' },
  { id: 'DE-BE', ags: '11', de: 'Berlin', en: 'Berlin' },
  { id: 'DE-BW', ags: '08', de: 'Baden-Württemberg', en: 'Baden-Württemberg' },
  { id: 'DE-BY', ags: '09', de: 'Bayern', en: 'Bavaria' },
  { id: 'DE-HB', ags: '04', de: 'Bremen', en: 'Bremen' },
  { id: 'DE-HE', ags: '06', de: 'Hessen', en: 'Hesse' },
  { id: 'DE-HH', ags: '02', de: 'Hamburg', en: 'Hamburg' },
  { id: 'DE-MV', ags: '13', de: 'Mecklenburg-Vorpommern', en: 'Mecklenburg-Western Pomerania' },
  { id: 'DE-NI', ags: '03', de: 'Niedersachsen', en: 'Lower Saxony' },
  { id: 'DE-NW', ags: '05', de: 'Nordrhein-Westfalen', en: 'North Rhine-Westphalia' },
  { id: 'DE-RP', ags: '07', de: 'Rheinland-Pfalz', en: 'Rhineland-Palatinate' },
  { id: 'DE-SH', ags: '01', de: 'Schleswig-Holstein', en: 'Schleswig-Holstein' },
  { id: 'DE-SL', ags: '10', de: 'Saarland', en: 'Saarland' },
  { id: 'DE-SN', ags: '14', de: 'Sachsen', en: 'Saxony' },
  { id: 'DE-ST', ags: '15', de: 'Sachsen-Anhalt', en: 'Saxony-Anhalt' },
  { id: 'DE-TH', ags: '16', de: 'Thüringen', en: 'Thuringia' },
])
