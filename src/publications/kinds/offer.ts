import { areaFaults, namedArea } from '../area.ts'
import { date, group, groups, line, link, term, terms, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe } from '../linked-data.ts'
import { capacity } from '../vocabularies/capacity.ts'
import { channels } from '../vocabularies/channels.ts'
import { checkBases } from '../vocabularies/check-bases.ts'
import { languages } from '../vocabularies/languages.ts'
import { prices } from '../vocabularies/prices.ts'
import { providerTypes } from '../vocabularies/provider-types.ts'
import { regions } from '../vocabularies/regions.ts'
import { services } from '../vocabularies/services.ts'
import { labelOf } from '../vocabulary.ts'

/** Where a company finds advice, and when somebody last made sure of it. */
export const offer = defineKind({
  id: 'offer',
  label: 'Beratungsangebot',
  plural: 'Beratungsangebote',
  path: 'beratungsangebote',
  intro:
    'Wo kleine und mittlere Unternehmen und ihre Beschäftigten Rat finden: bei Zukunftszentren, Kammern, Verbänden und anderen.',

  fields: {
    provider: line({
      label: 'Anbieter',
      question: 'Wer bietet das an?',
      required: true,
      weight: 'B',
    }),
    providerType: term({
      label: 'Art des Anbieters',
      question: 'Was für eine Einrichtung ist das?',
      from: providerTypes,
      required: true,
      weight: 'C',
    }),
    seat: group({
      label: 'Sitz des Anbieters',
      question: 'Wo hat der Anbieter seinen Sitz?',
      fields: {
        place: line({ label: 'Ort', question: 'In welchem Ort?', max: 120, required: true }),
        land: term({ label: 'Land', question: 'In welchem Land?', from: regions, required: true }),
      },
      weight: 'C',
    }),
    services: terms({
      label: 'Leistungen',
      question: 'Was bekommen Betriebe dort?',
      from: services,
      required: true,
      weight: 'B',
    }),
    process: text({
      label: 'So läuft es ab',
      question: 'Was geschieht von der ersten Nachricht bis zum Ende der Beratung?',
      max: 2000,
      weight: 'C',
    }),
    area: groups({
      label: 'Einzugsgebiet',
      question: 'Wo müssen die Betriebe ihren Sitz haben?',
      fields: namedArea,
      most: 60,
      required: true,
      weight: 'C',
    }),
    price: term({ label: 'Kosten', question: 'Was kostet das die Betriebe?', from: prices }),
    subsidy: line({
      label: 'Fördermöglichkeiten',
      question: 'Welche Förderung kommt dafür infrage?',
      max: 300,
    }),
    channels: terms({ label: 'Wege', question: 'Wie wird beraten?', from: channels }),
    languages: terms({
      label: 'Beratungssprachen',
      question: 'In welchen Sprachen wird beraten?',
      from: languages,
    }),
    capacity: term({
      label: 'Freie Plätze',
      question: 'Kann zurzeit jemand Neues beraten werden?',
      from: capacity,
    }),
    website: link({ label: 'Internetseite', question: 'Wo steht mehr darüber?', weight: false }),
    checkedOn: date({
      label: 'Zuletzt geprüft',
      question: 'Wann wurde zuletzt geprüft, dass alles noch stimmt?',
      required: true,
    }),
    checkedBy: line({
      label: 'Geprüft von',
      question: 'Welche Rolle oder welches Team hat geprüft?',
      max: 120,
    }),
    basis: term({
      label: 'Grundlage der Prüfung',
      question: 'Worauf stützt sich das?',
      from: checkBases,
      required: true,
    }),
  },

  teaser: ['provider', 'services', 'capacity'],
  kept: ['providerType', 'area', 'price', 'checkedOn', 'basis', 'contact'],

  rules: ({ area }) => areaFaults('area', area),

  mapping: (record) => ({
    ...describe(record),
    '@type': 'Service',
    provider: { '@type': 'Organization', name: record.provider },
    serviceType: record.services.map((id) => labelOf(services, id)),
    areaServed: record.area.map(({ land, ags, name }) => ({
      '@type': 'AdministrativeArea',
      name: name ?? labelOf(regions, land),
      identifier: ags ? [land, ags] : land,
    })),
  }),
})
