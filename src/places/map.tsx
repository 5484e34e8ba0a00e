/** A small map of the Länder, those in question filled. It says nothing that does not stand beside it as text. */
import map from '@svg-maps/germany'
import { type LandId, nameOfLand } from './lands.ts'

interface SvgMap {
  viewBox: string
  locations: { id: string; path: string }[]
}
// The package's types take it for CommonJS; it is an ES module.
const germany = map as unknown as SvgMap

export const LandMap = ({ lands }: { lands: LandId[] }) => (
  <figure class="tn-map">
    <svg
      viewBox={germany.viewBox}
      role="img"
      aria-label={`Karte: ${lands.map(nameOfLand).join(', ')}`}
    >
      {germany.locations.map(({ id, path }) => (
        <path
          d={path}
          class={isOne(lands, id) ? 'tn-map__land tn-map__land--meant' : 'tn-map__land'}
        />
      ))}
    </svg>
    <figcaption class="tn-muted">
      Karte: <a href="https://github.com/VictorCazanave/svg-maps">svg-maps</a>,{' '}
      <a href="https://creativecommons.org/licenses/by/4.0/deed.de">CC BY 4.0</a>
    </figcaption>
  </figure>
)

/** The map's ids are the codes without the country, in small letters. */
const isOne = (lands: LandId[], id: string) =>
  lands.some((land) => land === `DE-${id.toUpperCase()}`)
