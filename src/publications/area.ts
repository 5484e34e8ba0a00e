/** Which part of Germany something is about, or serves. */
import type { Fault } from '../problem.ts'
import { code, line, term } from './field.ts'
import { regions } from './vocabularies/regions.ts'

export const area = {
  land: term({ label: 'Land', question: 'Welches Land?', from: regions, required: true }),
  ags: code({
    label: 'Amtlicher Gemeindeschlüssel',
    question: 'Lässt es sich genauer sagen? Schlüssel von Kreis oder Gemeinde.',
    pattern: /^(\d{5}|\d{8})$/,
  }),
}

/** The same with its name, for those who do not know keys by heart. */
export const namedArea = {
  ...area,
  name: line({
    label: 'Kreis oder Gemeinde',
    question: 'Wie heißt der Kreis oder die Gemeinde? Leer heißt: das ganze Land.',
    max: 120,
  }),
}

export interface Area {
  /** ISO 3166-2 code. */
  land: string
  /** Kreis (five digits) or Gemeinde (eight); absent for the whole Land. */
  ags?: string | undefined
  name?: string | undefined
}

/** A key that begins like those of another Land. */
export const areaFaults = (field: string, areas: Area[] = []): Fault[] =>
  areas.flatMap(({ land, ags }, n) => {
    const key = regions.terms.find(({ id }) => id === land)
    if (!ags || !key || ags.startsWith(key.ags)) return []
    const message = `Der Gemeindeschlüssel „${ags}“ gehört nicht zu ${key.de}; dort beginnen die Schlüssel mit ${key.ags}.`
    return [{ path: `${field}[${n}].ags`, message }]
  })
