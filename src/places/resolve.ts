/** In which Land does a company have its seat? It is decided by what is known, or asked back; never guessed. */
import type { Gazetteer } from './gazetteer.ts'
import { type LandId, nameOfLand } from './lands.ts'
import { keyOf, wordsOf } from './names.ts'
import type { Candidate, Place, PlaceSet, Resolution, ResolutionReason } from './place.ts'

export interface PlaceQuestion {
  /** As somebody typed it: `14467`, `D-14467`, `1945`. */
  plz?: string | undefined
  /** Name of the place: `Potsdam`, `Frankfurt (Oder)`, `Cottbus/Chóśebuz`. */
  ort?: string | undefined
}

type Status = Resolution['status']

/** Most candidates that are shown; „Neustadt“ alone has more. */
const most = 60

export const resolve = (gazetteer: Gazetteer, question: PlaceQuestion): Resolution => {
  const { plz, ort } = inTwoFields(question)
  const code = plz === undefined ? undefined : readCode(plz)
  const name = ort?.trim() || undefined
  const answer = (status: Status, reason: ResolutionReason, places: Place[] = []): Resolution => ({
    status,
    candidates: candidatesOf(gazetteer.sets, places),
    reason,
  })

  if (code === undefined && name === undefined) {
    return answer('unknown', plz?.trim() ? 'plz-malformed' : 'nothing-asked')
  }
  if (code !== undefined && abroad.has(code)) return answer('foreign', 'abroad')
  if (name === undefined) return byCode(gazetteer, code ?? '', answer)
  const found = code === undefined ? [] : gazetteer.withCode(code)
  if (found.length === 0) return byName(gazetteer, name, code, answer)
  return byBoth(gazetteer, found, name, answer)
}

type Answer = (status: Status, reason: ResolutionReason, places?: Place[]) => Resolution

const byCode = (gazetteer: Gazetteer, code: string, answer: Answer): Resolution => {
  const found = gazetteer.withCode(code)
  if (found.length === 0) return answer('unknown', withoutPlaces(code))
  if (landsOf(found).size > 1) return answer('ambiguous', 'plz-in-several-lands', found)
  return answer('decided', exclaves.has(code) ? 'exclave' : 'plz', found)
}

/** Areas that the Deutsche Post has never given to anybody. */
const neverAssigned = new Set(['00', '05', '43', '62'])

const withoutPlaces = (code: string): ResolutionReason =>
  neverAssigned.has(code.slice(0, 2)) ? 'plz-never-assigned' : 'plz-without-places'

/**
 * By the name alone. A code without places – a post office box, a large customer's – says at most that the name may be
 * right: it never decides between several.
 */
const byName = (
  gazetteer: Gazetteer,
  name: string,
  code: string | undefined,
  answer: Answer,
): Resolution => {
  const found = gazetteer.withName(name)
  if (found.length === 0) {
    if (abroadNames.has(name.toLowerCase())) return answer('foreign', 'abroad')
    const similar = [...gazetteer.withSimilarName(name), ...gazetteer.withBeginningOf(name)]
    if (similar.length > 0) return answer('ambiguous', 'similar-name', similar)
    return answer('unknown', code === undefined ? 'name-unknown' : 'plz-without-places')
  }
  if (code !== undefined) {
    // Nobody but large customers has a code there: it says nothing about the name.
    if (!gazetteer.hasArea(code.slice(0, 2))) return answer('unknown', withoutPlaces(code))
    const near = found.filter(({ plz }) => plz?.startsWith(code.slice(0, 2)))
    if (near.length === 0) return answer('ambiguous', 'plz-and-name-disagree', found)
    return landsOf(found).size === 1
      ? answer('decided', 'name-and-postal-area', near)
      : answer('ambiguous', 'plz-without-places', found)
  }
  return landsOf(found).size === 1 && !found.every((place) => isCommon(place, name))
    ? answer('decided', 'name', found)
    : answer('ambiguous', 'name-in-several-lands', found)
}

/** „Kreuzberg“ is not only in Berlin; „Berlin-Kreuzberg“ is. */
const isCommon = (place: Place, name: string) =>
  place.common === true && keyOf(wordsOf(name)) === keyOf(wordsOf(place.name))

const byBoth = (gazetteer: Gazetteer, coded: Place[], name: string, answer: Answer): Resolution => {
  const named = gazetteer.withName(name)
  const both = coded.filter((place) => named.some((other) => isSame(place, other)))
  if (both.length > 0) {
    return landsOf(both).size === 1
      ? answer('decided', 'plz-and-name', both)
      : answer('ambiguous', 'plz-in-several-lands', both)
  }
  if (named.length > 0) return answer('ambiguous', 'plz-and-name-disagree', [...coded, ...named])

  const similar = gazetteer.withSimilarName(name)
  const slip = coded.filter((place) => similar.includes(place))
  if (slip.length > 0 && landsOf(slip).size === 1) return answer('decided', 'plz-and-name', slip)
  // One slip away from another place: then either of the two may be wrong.
  const other = gazetteer.withSimilarName(name, 1)
  if (other.length > 0) return answer('ambiguous', 'plz-and-name-disagree', [...coded, ...other])
  // „Hamburg-Altona“ is no part of Potsdam, though no source knows it by name.
  const elsewhere = gazetteer.withBeginningOf(name)
  if (elsewhere.length > 0 && !elsewhere.some(({ land }) => landsOf(coded).has(land))) {
    return answer('ambiguous', 'plz-and-name-disagree', [...coded, ...elsewhere])
  }
  // A part of the place that no source knows by name.
  return landsOf(coded).size === 1
    ? answer('decided', 'plz-and-unknown-name', coded)
    : answer('ambiguous', 'plz-in-several-lands', coded)
}

/** Whether two sources mean one place, or one of them a part of the other. */
const isSame = (coded: Place, named: Place) =>
  coded.land === named.land &&
  (coded === named ||
    (coded.name === named.name && coded.addition === named.addition) ||
    (named.plz === undefined && [named.partOf, named.sameAs].includes(coded.name)) ||
    named.name === nameOfLand(coded.land))

const landsOf = (places: Place[]) => new Set<LandId>(places.map(({ land }) => land))

/** „10115 Berlin“ or „Am Markt 1, 10115 Berlin“, as people type it into either of the two fields. */
const inTwoFields = ({ plz = '', ort = '' }: PlaceQuestion): PlaceQuestion => {
  if (!plz.trim() && alone.test(ort)) return { plz: ort }
  const line = plz.trim() && ort.trim() ? '' : plz + ort
  const [, code, name] = line.match(both) ?? line.match(address) ?? []
  return code === undefined ? { plz, ort } : { plz: code, ort: name }
}

const alone = /^\s*(?:de?\s*[-–]?\s*)?\d{4,5}\s*$/i
const both = /^\s*((?:de?\s*[-–]?\s*)?\d{4,5})[\s,]+(\D+)$/i
const address = /[\s,;]((?:de?\s*[-–]?\s*)?\d{5})[\s,]+(\D+)$/i

/** Five digits (four of an Austrian place), whatever else was typed; a table program takes the first 0 away. */
export const readCode = (text: string): string | undefined => {
  const [, country = '', rest = ''] = /^\s*(de|d|at|a|ch)?\s*[-–]?(.*)$/is.exec(text) ?? []
  const digits = rest.normalize('NFKC').replace(/\s+/g, '')
  if (digits === swissCodeOfBuesingen) return '78266'
  if (austrianCodes.has(digits)) return digits
  if (/^(a|at|ch)$/i.test(country)) return undefined
  if (/^\d{5}$/.test(digits)) return digits
  return /^\d{4}$/.test(digits) ? `0${digits}` : undefined
}

const swissCodeOfBuesingen = '8238'

/** Austrian places that have a German code beside their own (Jungholz; Riezlern, Hirschegg, Mittelberg). */
const austrianCodes = new Set(['6691', '6991', '6992', '6993'])
const abroad = new Set(['87491', '87567', '87568', '87569', ...austrianCodes])
/** Where no place in Germany is known by that name. */
const abroadNames = new Set(['jungholz', 'kleinwalsertal', 'riezlern', 'hirschegg', 'mittelberg'])

/** Büsingen belongs to Baden-Württemberg and lies within Switzerland. */
const exclaves = new Set(['78266'])

/** One line for each place, with all who say so. */
const candidatesOf = (sets: PlaceSet[], places: Place[]): Candidate[] => {
  const found = new Map<string, Candidate>()
  for (const place of places) {
    const { land, kreis, ags } = place
    const written = writtenName(place)
    const key = `${land} ${written} ${ags ?? ''}`
    const before = found.get(key)
    if (before) {
      if (!before.sources.includes(place.set)) before.sources.push(place.set)
      continue
    }
    found.set(key, {
      place: written,
      ...(kreis && { kreis }),
      land,
      ...(ags && { ags }),
      sources: [place.set],
    })
  }
  return shortened([...found.values()]).map((each) => ({
    ...each,
    ...newestDay(sets, each.sources),
  }))
}

/** At most sixty lines, but every Land that any of them names. */
const shortened = (all: Candidate[]) => {
  if (all.length <= most) return all
  const first = all.filter(({ land }, i) => all.findIndex((other) => other.land === land) === i)
  return [...new Set([...first, ...all])].slice(0, Math.max(most, first.length))
}

const newestDay = (sets: PlaceSet[], sources: string[]) => {
  const days = sets.flatMap(({ id, asOf }) => (asOf && sources.includes(id) ? [asOf] : []))
  const asOf = days.toSorted().at(-1)
  return asOf ? { asOf } : {}
}

/** „Frankfurt (Oder)“, „Birkholz b Perleberg“, „Münchehofe, Mark“, „Berlin-Neukölln“. */
const writtenName = ({ name, addition, partOf, sameAs }: Place) => {
  if (sameAs) return `${sameAs}/${name}`
  if (partOf) return `${partOf}-${name}`
  if (!addition) return name
  return /^[,/]/.test(addition) ? `${name}${addition}` : `${name} ${addition}`
}
