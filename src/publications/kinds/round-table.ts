import type { Fault } from '../../problem.ts'
import { centres, date, flag, groups, line, lines, number, term, terms, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe, some } from '../linked-data.ts'
import { addressees } from '../vocabularies/addressees.ts'
import { agreementStates } from '../vocabularies/agreement-states.ts'
import { consensus } from '../vocabularies/consensus.ts'
import { participants } from '../vocabularies/participants.ts'
import { topics } from '../vocabularies/topics.ts'

/** What those who sat at a round table found, recommend and agreed on. */
export const roundTable = defineKind({
  id: 'round-table',
  label: 'Ergebnis eines Runden Tischs',
  plural: 'Ergebnisse Runder Tische',
  path: 'runde-tische',
  intro:
    'Was Betriebe, Sozialpartner, Kammern und Zentren gemeinsam herausgefunden haben, wie einig sie sich waren und was sie empfehlen und vereinbaren.',

  fields: {
    series: line({
      label: 'Reihe',
      question: 'Gehört der Runde Tisch zu einer Reihe?',
      max: 160,
      weight: 'C',
    }),
    question: line({
      label: 'Leitfrage',
      question: 'Über welche Frage wurde gesprochen?',
      max: 300,
      required: true,
      weight: 'A',
    }),
    date: date({ label: 'Datum', question: 'Wann fand er statt?', required: true }),
    place: line({ label: 'Ort', question: 'Wo fand er statt?', max: 160 }),
    online: flag({ label: 'Online', question: 'Fand er online statt?' }),
    moderation: line({
      label: 'Moderation',
      question: 'Welche Rolle oder welches Team hat moderiert?',
      max: 160,
    }),
    groups: terms({
      label: 'Beteiligte Gruppen',
      question: 'Wer saß am Tisch? Bitte Gruppen, keine Namen.',
      from: participants,
    }),
    attendance: number({
      label: 'Teilnehmende',
      question: 'Wie viele Menschen haben teilgenommen?',
      min: 1,
      max: 10_000,
      whole: true,
    }),
    theses: lines({
      label: 'Thesen',
      question: 'Welche Thesen lagen zugrunde?',
      max: 400,
      weight: 'C',
    }),
    findings: groups({
      label: 'Erkenntnisse',
      question: 'Was hat der Runde Tisch herausgefunden?',
      fields: {
        text: text({
          label: 'Erkenntnis',
          question: 'Was ist die Erkenntnis?',
          max: 1500,
          required: true,
        }),
        topic: term({ label: 'Thema', question: 'Zu welchem Thema?', from: topics }),
        consensus: term({
          label: 'Einigkeit',
          question: 'Wie einig war sich die Runde?',
          from: consensus,
          required: true,
        }),
      },
      required: true,
      weight: 'B',
    }),
    recommendations: groups({
      label: 'Empfehlungen',
      question: 'Was empfiehlt der Runde Tisch?',
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
    openQuestions: lines({
      label: 'Offene Fragen',
      question: 'Was blieb ungeklärt?',
      max: 400,
      weight: 'C',
    }),
    agreements: groups({
      label: 'Vereinbarungen',
      question: 'Wer macht was bis wann?',
      fields: {
        what: line({ label: 'Was', question: 'Was ist zu tun?', max: 400, required: true }),
        who: line({
          label: 'Wer',
          question: 'Welche Stelle ist zuständig? Bitte keine Namen.',
          max: 160,
          required: true,
        }),
        by: date({ label: 'Bis wann', question: 'Bis wann?' }),
        state: term({
          label: 'Stand',
          question: 'Wie weit ist es?',
          from: agreementStates,
          required: true,
        }),
      },
    }),
    nationwideRelevance: text({
      label: 'Bundesweite Bedeutung',
      question: 'Was daran ist für andere Regionen von Bedeutung?',
      max: 1500,
    }),
    parties: centres({
      label: 'Um Mitzeichnung gebeten',
      question: 'Welche Zentren sollen mitzeichnen?',
    }),
  },

  chapters: [
    {
      label: 'Der Runde Tisch',
      fields: [
        'series',
        'question',
        'date',
        'place',
        'online',
        'moderation',
        'groups',
        'attendance',
        'theses',
      ],
    },
    { label: 'Erkenntnisse', fields: ['findings'] },
    { label: 'Empfehlungen und Offenes', fields: ['recommendations', 'openQuestions'] },
    {
      label: 'Vereinbarungen und Mitzeichnung',
      fields: ['agreements', 'nationwideRelevance', 'parties'],
    },
  ],
  teaser: ['question', 'date'],
  day: ({ date }) => date,

  rules: ({ date, agreements, place, online }) => {
    const faults: Fault[] = (agreements ?? []).flatMap(({ by }, n) =>
      by && by < date
        ? [
            {
              path: `agreements[${n}].by`,
              message: `Die Frist (${by}) liegt vor dem Runden Tisch (${date}).`,
            },
          ]
        : [],
    )
    if (!place && !online) {
      const message = 'Das Feld „Ort“ fehlt. Fand der Runde Tisch online statt, gilt „Online“.'
      faults.push({ path: 'place', message })
    }
    return faults
  },

  mapping: (record) => ({
    ...describe(record),
    '@type': 'Report',
    alternativeHeadline: record.question,
    temporalCoverage: record.date,
    ...some(
      'hasPart',
      record.findings.map(({ text }) => ({ '@type': 'Claim', text })),
    ),
  }),
})
