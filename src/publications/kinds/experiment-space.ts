import type { Fault } from '../../problem.ts'
import { areaFaults, namedArea } from '../area.ts'
import { date, group, groups, line, lines, link, number, term, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe } from '../linked-data.ts'
import { ownData } from '../vocabularies/own-data.ts'
import { prices } from '../vocabularies/prices.ts'
import { regions } from '../vocabularies/regions.ts'
import { spaceTypes } from '../vocabularies/space-types.ts'

/** Where people of a company can try AI out before they decide anything. */
export const experimentSpace = defineKind({
  id: 'experiment-space',
  label: 'Experimentierraum',
  plural: 'Experimentierräume',
  path: 'experimentierraeume',
  listedAt: '/experimentierraeume',
  intro:
    'Künstliche Intelligenz zum Ausprobieren: an Geräten, im Lernlabor oder am eigenen Rechner, ohne dass etwas gekauft werden muss.',

  fields: {
    type: term({
      label: 'Art',
      question: 'Was für ein Experimentierraum ist das?',
      from: spaceTypes,
      required: true,
      weight: 'C',
    }),
    tryOut: text({
      label: 'Was man ausprobieren kann',
      question: 'Was tun die Besucherinnen und Besucher dort?',
      required: true,
      weight: 'B',
    }),
    applications: lines({
      label: 'Anwendungen',
      question: 'Welche Anwendungen stehen bereit?',
      max: 160,
      weight: 'B',
    }),
    place: group({
      label: 'Ort',
      question: 'Wo ist der Experimentierraum?',
      fields: {
        address: line({ label: 'Anschrift', question: 'Unter welcher Anschrift?', required: true }),
        land: term({ label: 'Land', question: 'In welchem Land?', from: regions, required: true }),
      },
      weight: 'C',
    }),
    area: groups({
      label: 'Einzugsgebiet',
      question: 'Wohin kommt er, oder für welche Betriebe ist er gedacht?',
      fields: namedArea,
      weight: 'C',
    }),
    booking: link({ label: 'Buchung', question: 'Wo vereinbart man einen Termin?', weight: false }),
    seats: number({
      label: 'Plätze',
      question: 'Wie viele können gleichzeitig ausprobieren?',
      min: 1,
      max: 10_000,
      whole: true,
    }),
    support: line({
      label: 'Begleitung',
      question: 'Wer hilft beim Ausprobieren?',
      max: 300,
    }),
    ownData: term({
      label: 'Eigene Daten',
      question: 'Darf man mit eigenen Daten arbeiten?',
      from: ownData,
      required: true,
      weight: 'C',
    }),
    privacyNote: text({
      label: 'Hinweis zum Datenschutz',
      question: 'Was geschieht mit den Daten?',
      max: 1500,
    }),
    open: group({
      label: 'Geöffnet',
      question: 'Von wann bis wann besteht er?',
      fields: {
        from: date({ label: 'Von', question: 'Ab wann?', required: true }),
        to: date({ label: 'Bis', question: 'Bis wann?' }),
      },
    }),
    price: term({ label: 'Kosten', question: 'Was kostet das die Betriebe?', from: prices }),
    accessibility: text({
      label: 'Barrierefreiheit',
      question: 'Was sollten Menschen mit Behinderungen vorher wissen?',
      max: 1500,
    }),
  },

  teaser: ['type', 'ownData'],
  kept: ['place', 'area', 'booking', 'open', 'price'],

  rules: ({ type, place, area, open }) => {
    const faults: Fault[] = areaFaults('area', area)
    if (type && type !== 'online-tool' && !place && !area?.length) {
      const message =
        'Das Feld „Ort“ fehlt. Kommt der Experimentierraum zu den Betrieben, gilt „Einzugsgebiet“.'
      faults.push({ path: 'place', message })
    }
    if (open?.to && open.to < open.from) {
      const message = `Das Ende (${open.to}) liegt vor dem Beginn (${open.from}).`
      faults.push({ path: 'open.to', message })
    }
    return faults
  },

  mapping: (record) => ({
    ...describe(record),
    '@type': 'Service',
    serviceType: 'Experimentierraum',
    ...(record.place && {
      availableChannel: {
        '@type': 'ServiceChannel',
        serviceLocation: { '@type': 'Place', address: record.place.address },
      },
    }),
    ...(record.open && {
      validFrom: record.open.from,
      ...(record.open.to && { validThrough: record.open.to }),
    }),
  }),
})
