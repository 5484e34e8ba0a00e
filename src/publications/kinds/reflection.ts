import type { Fault } from '../../problem.ts'
import { groups, line, number, term, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe } from '../linked-data.ts'
import { record, recordVersion } from '../reference.ts'
import { criteria } from '../vocabularies/criteria.ts'
import { labelOf } from '../vocabulary.ts'

/** How colleagues of several centres judge a case example. */
export const reflection = defineKind({
  id: 'reflection',
  label: 'Reflexionsbewertung',
  plural: 'Reflexionsbewertungen',
  path: 'reflexionen',
  listedAt: '/erkenntnisse',
  intro: 'Wie Kolleginnen und Kollegen ein Fallbeispiel nach gemeinsamen Merkmalen bewerten.',

  fields: {
    meeting: record({
      label: 'Reflexionstreffen',
      question: 'Bei welcher Veranstaltung wurde bewertet?',
    }),
    case: recordVersion({
      label: 'Fallbeispiel',
      question: 'Welches Fallbeispiel wurde bewertet?',
      required: true,
    }),
    criteria: groups({
      label: 'Bewertung',
      question: 'Wie bewertet die Runde jedes Merkmal, und warum?',
      fields: {
        criterion: term({
          label: 'Merkmal',
          question: 'Welches Merkmal?',
          from: criteria,
          required: true,
        }),
        grade: number({
          label: 'Stufe',
          question: 'Von 1 (kaum) bis 4 (voll und ganz)?',
          min: 1,
          max: 4,
          whole: true,
          required: true,
        }),
        reason: line({ label: 'Begründung', question: 'Warum?', max: 400, required: true }),
      },
      required: true,
      weight: 'C',
    }),
    verdict: text({
      label: 'Urteil',
      question: 'Was folgt daraus für andere?',
      max: 1500,
      required: true,
      weight: 'B',
    }),
  },

  teaser: [],
  restsOn: ['case'],
  follows: { field: 'case', kinds: ['case-example'], action: 'Bewertung schreiben' },
  backlinks: { case: 'So bewertet', meeting: 'Dort bewertet' },

  rules: ({ criteria: graded = [] }) =>
    graded.flatMap(({ criterion }, n): Fault[] =>
      graded.some((other, m) => m < n && other.criterion === criterion)
        ? [
            {
              path: `criteria[${n}].criterion`,
              message: `„${labelOf(criteria, criterion)}“ ist schon bewertet.`,
            },
          ]
        : [],
    ),

  mapping: (record) => ({
    ...describe(record),
    '@type': 'CriticReview',
    reviewBody: record.verdict,
    itemReviewed: { '@id': `${record.case.iss}#${record.case.rid}` },
  }),
})
