/** The Länder as a drawing. It says nothing that does not stand beside it as text. */
import map from '@svg-maps/germany'
import { type LandId, landIds, nameOfLand } from './lands.ts'

interface SvgMap {
  viewBox: string
  locations: { id: string; path: string }[]
}
// The package's types take it for CommonJS; it is an ES module.
const germany = map as unknown as SvgMap

export const mapViewBox = germany.viewBox

/** Where each Land has room for a number, in units of the map. */
const middles: Record<LandId, [x: number, y: number]> = {
  'DE-BB': [505, 326],
  'DE-BE': [481, 275],
  'DE-BW': [203, 671],
  'DE-BY': [354, 631],
  'DE-HB': [187, 212],
  'DE-HE': [200, 469],
  'DE-HH': [265, 166],
  'DE-MV': [421, 146],
  'DE-NI': [225, 268],
  'DE-NW': [109, 380],
  'DE-RP': [101, 538],
  'DE-SH': [247, 104],
  'DE-SL': [70, 590],
  'DE-SN': [477, 424],
  'DE-ST': [372, 325],
  'DE-TH': [329, 439],
}

export interface LandShape {
  land: LandId
  path: string
  middle: [x: number, y: number]
}

/** The map's ids are the codes without the country, in small letters. */
export const landShapes: LandShape[] = germany.locations.flatMap(({ id, path }) => {
  const land = landIds.find((one) => one === `DE-${id.toUpperCase()}`)
  return land ? [{ land, path, middle: middles[land] }] : []
})

export const mapCredit = (
  <>
    Karte: <a href="https://github.com/VictorCazanave/svg-maps">svg-maps</a>,{' '}
    <a href="https://creativecommons.org/licenses/by/4.0/deed.de">CC BY 4.0</a>
  </>
)

/** A small map, the Länder in question filled. */
export const LandMap = ({ lands }: { lands: LandId[] }) => (
  <figure class="tn-map">
    <svg viewBox={mapViewBox} role="img" aria-label={`Karte: ${lands.map(nameOfLand).join(', ')}`}>
      {landShapes.map(({ land, path }) => (
        <path
          d={path}
          class={lands.includes(land) ? 'tn-map__land tn-map__land--meant' : 'tn-map__land'}
        />
      ))}
    </svg>
    <figcaption class="tn-muted">{mapCredit}</figcaption>
  </figure>
)
