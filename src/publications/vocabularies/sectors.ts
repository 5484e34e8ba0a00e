import { defineVocabulary } from '../vocabulary.ts'

/**
 * Economic sections of the German classification (Klassifikation der Wirtschaftszweige), titles as
 * published by Destatis. Letters moved between the editions – J was information and communication
 * in 2008, is publishing and broadcasting in 2025 – so that a term is always edition and letter.
 */
export const sectors = defineVocabulary('sectors', [
  {
    id: 'wz2008:A',
    de: 'Land- und Forstwirtschaft, Fischerei',
    en: 'Agriculture, forestry and fishing',
  },
  { id: 'wz2008:B', de: 'Bergbau und Gewinnung von Steinen und Erden', en: 'Mining and quarrying' },
  { id: 'wz2008:C', de: 'Verarbeitendes Gewerbe', en: 'Manufacturing' },
  {
    id: 'wz2008:D',
    de: 'Energieversorgung',
    en: 'Electricity, gas, steam and air conditioning supply',
  },
  {
    id: 'wz2008:E',
    de: 'Wasserversorgung; Abwasser- und Abfallentsorgung und Beseitigung von Umweltverschmutzungen',
    en: 'Water supply; sewerage, waste management and remediation activities',
  },
  { id: 'wz2008:F', de: 'Baugewerbe', en: 'Construction' },
  {
    id: 'wz2008:G',
    de: 'Handel; Instandhaltung und Reparatur von Kraftfahrzeugen',
    en: 'Wholesale and retail trade; repair of motor vehicles and motorcycles',
  },
  { id: 'wz2008:H', de: 'Verkehr und Lagerei', en: 'Transportation and storage' },
  { id: 'wz2008:I', de: 'Gastgewerbe', en: 'Accommodation and food service activities' },
  { id: 'wz2008:J', de: 'Information und Kommunikation', en: 'Information and communication' },
  {
    id: 'wz2008:K',
    de: 'Erbringung von Finanz- und Versicherungsdienstleistungen',
    en: 'Financial and insurance activities',
  },
  { id: 'wz2008:L', de: 'Grundstücks- und Wohnungswesen', en: 'Real estate activities' },
  {
    id: 'wz2008:M',
    de: 'Erbringung von freiberuflichen, wissenschaftlichen und technischen Dienstleistungen',
    en: 'Professional, scientific and technical activities',
  },
  {
    id: 'wz2008:N',
    de: 'Erbringung von sonstigen wirtschaftlichen Dienstleistungen',
    en: 'Administrative and support service activities',
  },
  {
    id: 'wz2008:O',
    de: 'Öffentliche Verwaltung, Verteidigung; Sozialversicherung',
    en: 'Public administration and defence; compulsory social security',
  },
  { id: 'wz2008:P', de: 'Erziehung und Unterricht', en: 'Education' },
  {
    id: 'wz2008:Q',
    de: 'Gesundheits- und Sozialwesen',
    en: 'Human health and social work activities',
  },
  {
    id: 'wz2008:R',
    de: 'Kunst, Unterhaltung und Erholung',
    en: 'Arts, entertainment and recreation',
  },
  {
    id: 'wz2008:S',
    de: 'Erbringung von sonstigen Dienstleistungen',
    en: 'Other service activities',
  },
  {
    id: 'wz2008:T',
    de: 'Private Haushalte mit Hauspersonal; Herstellung von Waren und Erbringung von Dienstleistungen durch private Haushalte für den Eigenbedarf ohne ausgeprägten Schwerpunkt',
    en: 'Activities of households as employers; undifferentiated goods- and services-producing activities of households for own use',
  },
  {
    id: 'wz2008:U',
    de: 'Exterritoriale Organisationen und Körperschaften',
    en: 'Activities of extraterritorial organisations and bodies',
  },

  {
    id: 'wz2025:A',
    de: 'Land- und Forstwirtschaft, Fischerei',
    en: 'Agriculture, forestry and fishing',
  },
  { id: 'wz2025:B', de: 'Bergbau und Gewinnung von Steinen und Erden', en: 'Mining and quarrying' },
  { id: 'wz2025:C', de: 'Verarbeitendes Gewerbe', en: 'Manufacturing' },
  {
    id: 'wz2025:D',
    de: 'Energieversorgung',
    en: 'Electricity, gas, steam and air conditioning supply',
  },
  {
    id: 'wz2025:E',
    de: 'Wasserversorgung; Abwasser- und Abfallentsorgung und Beseitigung von Umweltverschmutzungen',
    en: 'Water supply; sewerage, waste management and remediation activities',
  },
  { id: 'wz2025:F', de: 'Baugewerbe', en: 'Construction' },
  { id: 'wz2025:G', de: 'Handel', en: 'Wholesale and retail trade' },
  { id: 'wz2025:H', de: 'Verkehr und Lagerei', en: 'Transportation and storage' },
  { id: 'wz2025:I', de: 'Gastgewerbe', en: 'Accommodation and food service activities' },
  {
    id: 'wz2025:J',
    de: 'Verlagswesen, Rundfunk sowie Erstellung und Verbreitung von Medieninhalten',
    en: 'Publishing, broadcasting, and content production and distribution activities',
  },
  {
    id: 'wz2025:K',
    de: 'Telekommunikation, Softwareentwicklung, IT-Beratung und Erbringung sonstiger Dienstleistungen der Informationstechnologie und der Computerinfrastruktur',
    en: 'Telecommunication, computer programming, consulting, computing infrastructure and other information service activities',
  },
  {
    id: 'wz2025:L',
    de: 'Erbringung von Finanz- und Versicherungsdienstleistungen',
    en: 'Financial and insurance activities',
  },
  { id: 'wz2025:M', de: 'Grundstücks- und Wohnungswesen', en: 'Real estate activities' },
  {
    id: 'wz2025:N',
    de: 'Erbringung von freiberuflichen, wissenschaftlichen und technischen Dienstleistungen',
    en: 'Professional, scientific and technical activities',
  },
  {
    id: 'wz2025:O',
    de: 'Erbringung von sonstigen wirtschaftlichen Dienstleistungen',
    en: 'Administrative and support service activities',
  },
  {
    id: 'wz2025:P',
    de: 'Öffentliche Verwaltung, Verteidigung; Sozialversicherung',
    en: 'Public administration and defence; compulsory social security',
  },
  { id: 'wz2025:Q', de: 'Erziehung und Unterricht', en: 'Education' },
  {
    id: 'wz2025:R',
    de: 'Gesundheits- und Sozialwesen',
    en: 'Human health and social work activities',
  },
  { id: 'wz2025:S', de: 'Kunst, Sport und Erholung', en: 'Arts, sports and recreation' },
  {
    id: 'wz2025:T',
    de: 'Erbringung von sonstigen Dienstleistungen',
    en: 'Other service activities',
  },
  {
    id: 'wz2025:U',
    de: 'Private Haushalte mit Haushaltspersonal sowie Herstellung von Waren und Erbringung von Dienstleistungen durch private Haushalte für den Eigenbedarf ohne ausgeprägten Schwerpunkt',
    en: 'Activities of households as employers and undifferentiated goods- and services-producing activities of households for own use',
  },
  {
    id: 'wz2025:V',
    de: 'Exterritoriale Organisationen und Körperschaften',
    en: 'Activities of extraterritorial organisations and bodies',
  },
])
