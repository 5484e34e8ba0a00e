/** The files that places are imported from, as their makers publish them. */
import { landByName, landOfAgs, lands } from './lands.ts'
import type { Place, PlaceSet } from './place.ts'

export type ReadPlace = Omit<Place, 'set'>

export interface Importer {
  set: Omit<PlaceSet, 'version' | 'asOf'>
  /** Reads the whole file; undefined where it is none of this kind. */
  read(text: string): { places: ReadPlace[]; asOf?: string } | undefined
}

const attempt = (read: ReadPlace[]) => {
  const places = read.filter(({ name, kreis = '' }) => !/\p{Cc}/u.test(name + kreis))
  return places.length > 0 ? { places } : undefined
}

/** GeoNames, `DE.txt` of the postal codes: twelve columns between tabs (download.geonames.org/export/zip). */
const geonames: Importer = {
  set: {
    id: 'geonames',
    title: 'GeoNames Postal Codes, Deutschland',
    licence: 'CC BY 4.0',
    attribution: 'GeoNames (www.geonames.org)',
  },
  read: (text) => attempt(linesOf(text).flatMap((line) => geonamesPlace(line.split('\t')))),
}

const geonamesPlace = (columns: string[]): ReadPlace[] => {
  const [country, code = '', name = '', state = '', , , , kreis = '', kreisKey = ''] = columns
  const plz = codeIn(code)
  if (columns.length !== 12 || country !== 'DE' || !plz || !name || isCompany(name)) return []
  const land = landByName(state) ?? landOfAgs(kreisKey)
  return land ? [{ plz, name, land, ...(kreis && { kreis }) }] : []
}

/** Large customers have codes of their own, and stand among the places under their names. */
const isCompany = (name: string) =>
  /\b(AG|GmbH|mbH|KG|KGaA|SE|eG|OHG|ZDF|AOK|Bank|Versand|Verlag|Fernsehen|Rundfunk|Ministerium|Krankenkasse)\b|bank\b|Sparkasse|Versicherung|Universität|Finanzamt|Landratsamt|Amtsgericht|Bundes(amt|anstalt|agentur)|e\.\s?V\.|& Co/.test(
    name,
  )

/** `zuordnung_plz_ort.csv` from OpenStreetMap: osm_id,ags,ort,plz,landkreis,bundesland. */
const openStreetMap: Importer = {
  set: {
    id: 'openstreetmap',
    title: 'Zuordnung von Postleitzahlen zu Orten aus OpenStreetMap',
    licence: 'ODbL 1.0',
    attribution: '© OpenStreetMap-Mitwirkende',
  },
  read: (text) => {
    const [header, ...lines] = linesOf(text)
    const columns = cellsOf(header ?? '').slice(0, 6)
    if (columns.join() !== 'osm_id,ags,ort,plz,landkreis,bundesland') return undefined
    return attempt(lines.flatMap((line) => openStreetMapPlace(cellsOf(line))))
  },
}

const openStreetMapPlace = ([
  ,
  ags = '',
  name = '',
  code = '',
  kreis = '',
  state = '',
]: string[]) => {
  const land = landByName(state) ?? landOfAgs(ags)
  const plz = codeIn(code)
  if (!land || !plz || !name) return []
  return [{ plz, name, land, ...(kreis && { kreis }), ...(isAgs(ags) && { ags }) }]
}

/** Destatis GV100AD: fixed columns; a line of kind 40 is a Kreis, of kind 60 a Gemeinde with its seat's code. */
const gv100ad: Importer = {
  set: {
    id: 'gv100ad',
    title: 'Gemeindeverzeichnis GV100AD',
    licence: 'Vervielfältigung und Verbreitung mit Quellenangabe gestattet',
    attribution: '© Statistisches Bundesamt (Destatis)',
  },
  read: (text) => {
    const lines = linesOf(text)
    const kreise = new Map(
      lines
        .filter((line) => line.startsWith('40'))
        .map((line) => [line.slice(10, 15), nameIn(line)]),
    )
    const places = lines
      .filter((line) => line.startsWith('60'))
      .flatMap((line) => gemeinde(line, kreise))
    const [, day] = /^\d{2}(\d{8})/.exec(lines[0] ?? '') ?? []
    const asOf = day && `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
    const read = attempt(places)
    return read && { ...read, ...(asOf && { asOf }) }
  },
}

const nameIn = (line: string) => line.slice(22, 72).trim()

/** „Potsdam, Stadt“ is called Potsdam. */
const gemeinde = (line: string, kreise: Map<string, string>): ReadPlace[] => {
  const ags = line.slice(10, 18)
  const plz = codeIn(line.slice(165, 170))
  const land = landOfAgs(ags)
  const [name = ''] = nameIn(line).split(', ')
  const kreis = kreise.get(ags.slice(0, 5))
  if (!land || !name || !isAgs(ags)) return []
  return [{ name, land, ags, ...(plz && { plz }), ...(kreis && { kreis }) }]
}

export const importers: Importer[] = [geonames, openStreetMap, gv100ad]

const linesOf = (text: string) =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter(Boolean)

/** The cells of a line of CSV (RFC 4180); none of these files breaks lines within a cell. */
const cellsOf = (line: string) =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  )

/** Five digits; a table program takes the first 0 away. */
const codeIn = (text: string) => (/^\d{4,5}$/.test(text) ? text.padStart(5, '0') : undefined)
const isAgs = (text: string) =>
  /^\d{8}$/.test(text) && lands.some(({ ags }) => text.startsWith(ags))
