import { text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe } from '../linked-data.ts'
import { recordVersion } from '../reference.ts'

/** What a centre took over from another one, how it changed it, and what came of it. */
export const adoption = defineKind({
  id: 'adoption',
  label: 'Übernahme',
  plural: 'Übernahmen',
  path: 'uebernahmen',
  listedAt: '/bausteine',
  intro: 'Was Zentren voneinander übernehmen und wie sie es an ihre Region anpassen.',

  fields: {
    what: recordVersion({
      label: 'Übernommen',
      question: 'Welchen Beitrag haben Sie übernommen?',
      required: true,
    }),
    adaptation: text({
      label: 'Anpassung',
      question: 'Was haben Sie verändert, damit es bei Ihnen passt?',
      max: 2500,
      required: true,
      weight: 'B',
    }),
    result: text({
      label: 'Ergebnis',
      question: 'Was kam bei Ihnen dabei heraus?',
      max: 2500,
      weight: 'B',
    }),
  },

  teaser: [],
  kept: ['adaptation', 'result'],
  follows: {
    field: 'what',
    kinds: ['building-block', 'case-example', 'insight'],
    action: 'Übernahme eintragen',
  },
  backlinks: { what: 'Übernommen von anderen' },
  mapping: (record) => ({
    ...describe(record),
    '@type': 'Article',
    articleSection: 'Übernahme',
    isBasedOn: { '@id': `${record.what.iss}#${record.what.rid}` },
  }),
})
