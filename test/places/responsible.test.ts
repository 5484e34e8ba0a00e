import { expect, test } from 'vitest'
import { responsibleFor } from '../../src/places/responsible.ts'

const centre = (slug: string, regions: string[], more = {}) => ({
  id: `https://${slug}.example/centres/${slug}`,
  organization_name: slug,
  entries_endpoint: `https://${slug}.example/exchange/v1/entries`,
  regions,
  status: 'active' as const,
  umbrella: false,
  ...more,
})
const berlin = centre('berlin', ['DE-BE'])
const kiww = centre('kiww', [], { umbrella: true })
const nord = centre('nord', ['DE-HH', 'DE-SH'])
const named = (answer: ReturnType<typeof responsibleFor>) =>
  answer.map(({ name, why }) => `${name}: ${why}`)

test('the centre of the Land is responsible', () => {
  expect(responsibleFor([berlin, kiww, nord], ['DE-BE'])).toEqual([
    {
      ...{ entity_id: berlin.id, name: 'berlin', why: 'zuständig für Berlin' },
      contact: 'https://berlin.example/impressum',
    },
  ])
})

test('a centre for several Länder is named once, with all of them', () => {
  expect(named(responsibleFor([berlin, nord], ['DE-HH', 'DE-SH']))).toEqual([
    'nord: zuständig für Hamburg und Schleswig-Holstein',
  ])
})

test('several centres for one Land are all named: nobody is chosen in silence', () => {
  const other = centre('zweites', ['DE-BE'])

  expect(named(responsibleFor([berlin, other], ['DE-BE']))).toEqual([
    'berlin: zuständig für Berlin',
    'zweites: zuständig für Berlin',
  ])
})

test('where there is no centre the umbrella takes care, also beside one that is responsible', () => {
  expect(named(responsibleFor([berlin, kiww], ['DE-BE', 'DE-BW', 'DE-HE']))).toEqual([
    'berlin: zuständig für Berlin',
    'kiww: vermittelt, weil es für Baden-Württemberg und Hessen noch kein Zentrum gibt',
  ])
})

test.each(['suspended', 'ended'] as const)('a centre that is %s is not responsible', (status) => {
  expect(named(responsibleFor([{ ...berlin, status }, kiww], ['DE-BE']))).toEqual([
    'kiww: vermittelt, weil es für Berlin noch kein Zentrum gibt',
  ])
})

test('of several centres for a Land those are named that advise such companies, and otherwise all, with what they say', () => {
  const craft = { sizes: ['micro', 'small'], sectors: ['wz2008:C'], words: 'kleines Gewerbe' }
  const large = { sizes: ['large'], words: 'große Unternehmen' }
  const [one, other] = [
    centre('eins', ['DE-BE'], { serves: craft }),
    centre('zwei', ['DE-BE'], { serves: large }),
  ]
  const of = (kind: object, centres = [one, other]) =>
    named(responsibleFor(centres, ['DE-BE'], kind))

  expect(of({})).toEqual([
    'eins: zuständig für Berlin; berät kleines Gewerbe',
    'zwei: zuständig für Berlin; berät große Unternehmen',
  ])
  expect(of({ size: 'large', sector: 'wz2008:C' })).toEqual([
    'zwei: zuständig für Berlin; berät große Unternehmen',
  ])
  expect(of({ size: 'medium' })).toEqual([
    'eins: zuständig für Berlin; berät kleines Gewerbe – das passt hier nicht',
    'zwei: zuständig für Berlin; berät große Unternehmen – das passt hier nicht',
  ])
  expect(of({ size: 'medium' }, [one, other, berlin])).toEqual(['berlin: zuständig für Berlin'])
})
