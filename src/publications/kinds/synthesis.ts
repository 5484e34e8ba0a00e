import { date, groups, line, lines, term, terms, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe, some } from '../linked-data.ts'
import { recordVersions } from '../reference.ts'
import { addressees } from '../vocabularies/addressees.ts'
import { consensus } from '../vocabularies/consensus.ts'
import { regions } from '../vocabularies/regions.ts'

/** What several round tables and insights say together. */
export const synthesis = defineKind({
  id: 'synthesis',
  label: 'Synthese',
  plural: 'Synthesen',
  path: 'synthesen',
  intro:
    'Was mehrere Runde Tische zu einer Frage gemeinsam ergeben: wo Einigkeit besteht, wo nicht, und wer hinter jeder Erkenntnis steht.',

  fields: {
    question: line({
      label: 'Leitfrage',
      question: 'Welche Frage wird beantwortet?',
      max: 300,
      required: true,
      weight: 'A',
    }),
    findings: groups({
      label: 'Erkenntnisse',
      question: 'Was ergibt sich, und wie einig ist man sich?',
      fields: {
        text: text({
          label: 'Erkenntnis',
          question: 'Was ist die Erkenntnis?',
          max: 1500,
          required: true,
        }),
        consensus: term({
          label: 'Einigkeit',
          question: 'Wie einig sind sich die Runden?',
          from: consensus,
          required: true,
        }),
        centres: lines({
          label: 'Zentren',
          question: 'Welche Zentren stehen dahinter (Kürzel der Zentren)?',
          max: 40,
          most: 40,
          pattern: /^[a-z\d]+(-[a-z\d]+)*$/,
          weight: false,
        }),
        lands: terms({ label: 'Länder', question: 'Aus welchen Ländern?', from: regions }),
      },
      most: 60,
      required: true,
      weight: 'B',
    }),
    derivedFrom: recordVersions({
      label: 'Beruht auf',
      question: 'Welche Beiträge liegen zugrunde?',
      most: 60,
      required: true,
    }),
    recommendations: groups({
      label: 'Empfehlungen',
      question: 'Was wird wem empfohlen?',
      fields: {
        text: text({
          label: 'Empfehlung',
          question: 'Was wird empfohlen?',
          max: 1500,
          required: true,
        }),
        to: term({ label: 'An', question: 'Wem?', from: addressees, required: true }),
      },
      weight: 'B',
    }),
    openAgreements: groups({
      label: 'Offene Vereinbarungen',
      question: 'Was ist noch zu tun?',
      fields: {
        what: line({ label: 'Was', question: 'Was ist zu tun?', max: 400, required: true }),
        who: line({
          label: 'Wer',
          question: 'Welche Stelle ist zuständig?',
          max: 160,
          required: true,
        }),
        by: date({ label: 'Bis wann', question: 'Bis wann?' }),
      },
    }),
  },

  teaser: ['question'],
  backlinks: { derivedFrom: 'Eingegangen in' },
  mapping: (record) => ({
    ...describe(record),
    '@type': 'Report',
    alternativeHeadline: record.question,
    isBasedOn: record.derivedFrom.map(({ iss, rid }) => ({ '@id': `${iss}#${rid}` })),
    ...some(
      'hasPart',
      record.findings.map(({ text }) => ({ '@type': 'Claim', text })),
    ),
  }),
})
