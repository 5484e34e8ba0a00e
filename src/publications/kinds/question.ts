import { centres, date, line, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe } from '../linked-data.ts'
import { recordVersion } from '../reference.ts'

/** What somebody at a centre wants to know from the others. */
export const question = defineKind({
  id: 'question',
  label: 'Fachfrage',
  plural: 'Fachfragen',
  path: 'fachfragen',
  listedAt: '/fachfragen',
  intro:
    'Was Zentren einander fragen und was sie einander antworten. Was auch anderen hilft, wird mit seiner Antwort veröffentlicht.',

  fields: {
    question: line({
      label: 'Frage',
      question: 'Was möchten Sie wissen?',
      max: 400,
      required: true,
      weight: 'A',
    }),
    context: text({
      label: 'Hintergrund',
      question: 'Worum geht es in dem Betrieb? Bitte so, dass ihn niemand erkennt.',
      max: 2500,
      weight: 'C',
    }),
    askedOf: centres({
      label: 'Gefragt sind',
      question: 'Welche Zentren sollen antworten? Keines heißt: alle.',
    }),
    due: date({ label: 'Antwort erbeten bis', question: 'Bis wann brauchen Sie eine Antwort?' }),
    answer: text({
      label: 'Antwort',
      question: 'Wie lautet die Antwort, so wie andere sie lesen sollen?',
      weight: 'B',
    }),
    answeredBy: line({
      label: 'Beantwortet von',
      question: 'Welches Zentrum hat geantwortet?',
      max: 160,
    }),
    accepted: recordVersion({
      label: 'Angenommene Antwort',
      question: 'Welche Antwort hat das Zentrum angenommen?',
    }),
  },

  teaser: ['due', 'answeredBy'],
  kept: ['question', 'askedOf', 'accepted'],
  backlinks: { accepted: 'Angenommen als Antwort auf' },

  rules: ({ answer, accepted }, _, { visibility }) => [
    ...(visibility === 'public' && !answer
      ? [
          {
            path: 'answer',
            message:
              'Das Feld „Antwort“ fehlt: Veröffentlicht wird eine Fachfrage erst mit ihrer Antwort.',
          },
        ]
      : []),
    ...(accepted && !answer
      ? [
          {
            path: 'answer',
            message: 'Das Feld „Antwort“ fehlt: Was steht in der angenommenen Antwort?',
          },
        ]
      : []),
  ],

  mapping: (record) => ({
    ...describe(record),
    '@type': 'QAPage',
    mainEntity: {
      '@type': 'Question',
      name: record.question,
      ...(record.answer && { acceptedAnswer: { '@type': 'Answer', text: record.answer } }),
    },
  }),
})
