/**
 * What the data sets lack or have wrong, line by line with source and day. Keep it small: what a data set can say
 * is imported (`transfernetz places import`).
 */
import { type LandId, lands } from './lands.ts'
import type { Place, PlaceSet } from './place.ts'

export const overrides: PlaceSet = {
  id: 'overrides',
  title: 'Berichtigungen der Redaktion',
  version: '2026-11-26',
  licence: 'EUPL-1.2',
  attribution: 'Transfernetz',
  asOf: '2026-11-26',
}

interface Line extends Omit<Place, 'set'> {
  source: string
  /** The day on which it was noted. */
  noted: string
}

/** Parts of Berlin that people give as the place: Bezirke and Ortsteile. */
const partsOfBerlin = (
  'Mitte Moabit Hansaviertel Tiergarten Wedding Gesundbrunnen Friedrichshain-Kreuzberg ' +
  'Friedrichshain Kreuzberg Pankow Prenzlauer_Berg Weißensee Blankenburg Heinersdorf Karow ' +
  'Stadtrandsiedlung_Malchow Blankenfelde Buch Französisch_Buchholz Niederschönhausen Rosenthal ' +
  'Wilhelmsruh Charlottenburg-Wilmersdorf Charlottenburg Wilmersdorf Schmargendorf Grunewald ' +
  'Westend Charlottenburg-Nord Halensee Spandau Haselhorst Siemensstadt Staaken Gatow Kladow ' +
  'Hakenfelde Falkenhagener_Feld Wilhelmstadt Steglitz-Zehlendorf Steglitz Lichterfelde Lankwitz ' +
  'Zehlendorf Dahlem Nikolassee Wannsee Schlachtensee Tempelhof-Schöneberg Schöneberg Friedenau ' +
  'Tempelhof Mariendorf Marienfelde Lichtenrade Neukölln Britz Buckow Rudow Gropiusstadt ' +
  'Treptow-Köpenick Alt-Treptow Plänterwald Baumschulenweg Johannisthal Niederschöneweide ' +
  'Altglienicke Adlershof Bohnsdorf Oberschöneweide Köpenick Friedrichshagen Rahnsdorf Grünau ' +
  'Müggelheim Schmöckwitz Marzahn-Hellersdorf Marzahn Biesdorf Kaulsdorf Mahlsdorf Hellersdorf ' +
  'Lichtenberg Friedrichsfelde Karlshorst Falkenberg Malchow Wartenberg Neu-Hohenschönhausen ' +
  'Alt-Hohenschönhausen Fennpfuhl Rummelsburg Reinickendorf Tegel Konradshöhe Heiligensee Frohnau ' +
  'Hermsdorf Waidmannslust Lübars Wittenau Märkisches_Viertel Borsigwalde Treptow Hohenschönhausen'
).split(' ')

/** Parts of Hamburg and Bremen that people give as the place; other places of their names are elsewhere. */
const partsOfHamburg = (
  'Mitte Altona Eimsbüttel Nord Wandsbek Bergedorf Harburg HafenCity St._Pauli St._Georg ' +
  'Hammerbrook Billstedt Rothenburgsort Veddel Wilhelmsburg Finkenwerder Sternschanze Ottensen ' +
  'Bahrenfeld Groß_Flottbek Othmarschen Lurup Osdorf Nienstedten Blankenese Sülldorf Rissen ' +
  'Rotherbaum Harvestehude Lokstedt Niendorf Schnelsen Eidelstedt Stellingen Eppendorf ' +
  'Groß_Borstel Alsterdorf Winterhude Uhlenhorst Barmbek Dulsberg Ohlsdorf Fuhlsbüttel Langenhorn ' +
  'Eilbek Jenfeld Tonndorf Farmsen-Berne Bramfeld Steilshoop Wellingsbüttel Sasel Poppenbüttel ' +
  'Hummelsbüttel Duvenstedt Bergstedt Volksdorf Rahlstedt Lohbrügge Kirchwerder Allermöhe ' +
  'Billwerder Wilstorf Eißendorf Heimfeld Moorburg Hausbruch Neugraben-Fischbek Neuenfelde'
).split(' ')

const partsOfBremen = (
  'Mitte Vegesack Blumenthal Burglesum Hemelingen Huchting Gröpelingen Obervieland Schwachhausen ' +
  'Horn-Lehe Oberneuland Findorff Woltmershausen Walle Borgfeld Strom Seehausen'
).split(' ')

/** Parts whose names places elsewhere bear too, which the data sets do not list, so that alone they decide nothing. */
const common = new Set(
  (
    'Kreuzberg Tempelhof Mariendorf Frohnau Westend Gesundbrunnen Johannisthal Friedrichsfelde ' +
    'Nord Bergedorf Neuenfelde Moorburg Walle Schwachhausen'
  ).split(' '),
)

/** Towns and villages with a Sorbian name beside the German one, `German:Sorbian`. */
const sorbianNames: [LandId, string, string][] = [
  [
    'DE-BB',
    'Sorben/Wenden-Gesetz des Landes Brandenburg (SWG) und Verzeichnis der Gemeinden',
    'Cottbus:Chóśebuz Spremberg:Grodk Lübben:Lubin Lübbenau:Lubnjow Calau:Kalawa ' +
      'Vetschau:Wětošow Peitz:Picnjo Burg:Bórkowy Drebkau:Drjowk Forst:Baršć ' +
      'Senftenberg:Zły_Komorow Großräschen:Rań Welzow:Wjelcej Kolkwitz:Gołkojce Döbern:Derbno ' +
      'Lieberose:Luboraz',
  ],
  [
    'DE-SN',
    'Sächsisches Sorbengesetz (SächsSorbG), Anlage zu § 3',
    'Bautzen:Budyšin Hoyerswerda:Wojerecy Weißwasser:Běła_Woda Kamenz:Kamjenc Wittichenau:Kulow ' +
      'Bernsdorf:Njedźichow Radibor:Radwor Crostwitz:Chrósćicy Panschwitz-Kuckau:Pančicy-Kukow ' +
      'Malschwitz:Malešecy Königswartha:Rakecy Lohsa:Łaz Neschwitz:Njeswačidło Göda:Hodźij ' +
      'Rietschen:Rěčicy Boxberg:Hamor Schleife:Slepo Krauschwitz:Krušwica Bad_Muskau:Mužakow ' +
      'Niesky:Niska Löbau:Lubij Ralbitz-Rosenthal:Ralbicy-Róžant Räckelwitz:Worklecy ' +
      'Nebelschütz:Njebjelčicy',
  ],
]

const spaced = (text: string) => text.replaceAll('_', ' ')

const partsOf = (partOf: string, land: LandId, parts: string[], source: string): Line[] =>
  parts.map((part) => ({
    ...{ name: spaced(part), partOf, land, source, noted: '2026-11-26' },
    ...(common.has(part) && { common: true }),
  }))

const lines: Line[] = [
  // Who gives the Land as the place has said enough – and „Hessen“ is also a village in Sachsen-Anhalt.
  ...lands.map(({ id: land, name }): Line => {
    return { name, land, source: 'Grundgesetz, Präambel', noted: '2026-11-26' }
  }),
  ...partsOf(
    'Berlin',
    'DE-BE',
    partsOfBerlin,
    'Amt für Statistik Berlin-Brandenburg, Verzeichnis der Bezirke und Ortsteile',
  ),
  ...partsOf(
    'Hamburg',
    'DE-HH',
    partsOfHamburg,
    'Statistikamt Nord, Verzeichnis der Bezirke und Stadtteile Hamburgs',
  ),
  ...partsOf(
    'Bremen',
    'DE-HB',
    partsOfBremen,
    'Statistisches Landesamt Bremen, Verzeichnis der Stadt- und Ortsteile',
  ),
  ...sorbianNames.flatMap(([land, source, pairs]) =>
    pairs.split(' ').map((pair) => {
      const [german = '', sorbian = ''] = pair.split(':').map(spaced)
      return { name: sorbian, sameAs: german, land, source, noted: '2026-11-26' }
    }),
  ),
]

export const readOverrides = (): Place[] =>
  lines.map(({ source: _, noted: _n, ...place }) => ({ ...place, set: overrides.id }))
