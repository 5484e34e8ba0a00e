import { centres, date, groups, line, term, terms, text } from '../field.ts'
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
  listedAt: '/synthesen',
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
        dissent: line({
          label: 'Anders gesehen',
          question: 'Was sehen manche anders, und wer?',
          max: 600,
        }),
        centres: centres({
          label: 'Dahinter stehen',
          question: 'Welche Zentren stehen dahinter?',
          most: 40,
        }),
        lands: terms({ label: 'Länder', question: 'Aus welchen Ländern?', from: regions }),
        sources: recordVersions({
          label: 'So steht es in',
          question: 'In welchen Beiträgen steht das?',
          most: 60,
        }),
      },
      most: 60,
      required: true,
      weight: 'B',
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
      most: 60,
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
      most: 60,
    }),
    derivedFrom: recordVersions({
      label: 'Beruht auf',
      question: 'Welche Beiträge liegen zugrunde?',
      most: 60,
      required: true,
    }),
  },

  chapters: [
    { label: 'Die Frage', fields: ['question', 'derivedFrom'] },
    { label: 'Erkenntnisse', fields: ['findings'] },
    { label: 'Empfehlungen und Offenes', fields: ['recommendations', 'openAgreements'] },
  ],
  teaser: ['question'],
  restsOn: ['derivedFrom', 'findings'],
  backlinks: { derivedFrom: 'Eingegangen in', findings: 'Eingegangen in' },
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
