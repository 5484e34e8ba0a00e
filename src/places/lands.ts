/** The sixteen Länder: ISO 3166-2 code, the first two digits of every AGS within, German name. */
export const lands = [
  { id: 'DE-BB', ags: '12', name: 'Brandenburg' },
  { id: 'DE-BE', ags: '11', name: 'Berlin' },
  { id: 'DE-BW', ags: '08', name: 'Baden-Württemberg' },
  { id: 'DE-BY', ags: '09', name: 'Bayern' },
  { id: 'DE-HB', ags: '04', name: 'Bremen' },
  { id: 'DE-HE', ags: '06', name: 'Hessen' },
  { id: 'DE-HH', ags: '02', name: 'Hamburg' },
  { id: 'DE-MV', ags: '13', name: 'Mecklenburg-Vorpommern' },
  { id: 'DE-NI', ags: '03', name: 'Niedersachsen' },
  { id: 'DE-NW', ags: '05', name: 'Nordrhein-Westfalen' },
  { id: 'DE-RP', ags: '07', name: 'Rheinland-Pfalz' },
  { id: 'DE-SH', ags: '01', name: 'Schleswig-Holstein' },
  { id: 'DE-SL', ags: '10', name: 'Saarland' },
  { id: 'DE-SN', ags: '14', name: 'Sachsen' },
  { id: 'DE-ST', ags: '15', name: 'Sachsen-Anhalt' },
  { id: 'DE-TH', ags: '16', name: 'Thüringen' },
] as const

export type LandId = (typeof lands)[number]['id']

export const landIds = lands.map(({ id }) => id)

export const nameOfLand = (id: LandId) => lands.find((land) => land.id === id)?.name ?? id

/** The Land of an AGS, or of the first digits of one; undefined where there is none. */
export const landOfAgs = (ags: string): LandId | undefined =>
  lands.find((land) => ags.startsWith(land.ags))?.id

export const landByName = (name: string): LandId | undefined =>
  lands.find((land) => land.name === name)?.id
