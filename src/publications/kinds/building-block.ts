import { date, duration, group, groups, line, lines, link, number, term, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe, some } from '../linked-data.ts'
import { formats } from '../vocabularies/formats.ts'
import { prices } from '../vocabularies/prices.ts'

/** What a centre has people learn, so that other centres can do the same. */
export const buildingBlock = defineKind({
  id: 'building-block',
  label: 'Qualifizierungsbaustein',
  plural: 'Qualifizierungsbausteine',
  path: 'bausteine',
  listedAt: '/bausteine',
  intro:
    'Was Zentren mit Betrieben lernen: fertig zum Übernehmen, mit Zielen, Ablauf und dem, was bei der Erprobung herauskam.',

  fields: {
    learningGoals: lines({
      label: 'Lernziele',
      question: 'Was können die Teilnehmenden danach?',
      max: 300,
      required: true,
      weight: 'B',
    }),
    targetGroup: line({
      label: 'Zielgruppe',
      question: 'Für wen ist der Baustein gedacht?',
      max: 300,
      required: true,
      weight: 'B',
    }),
    prerequisites: line({
      label: 'Vorkenntnisse',
      question: 'Was müssen die Teilnehmenden mitbringen?',
      max: 300,
    }),
    content: text({
      label: 'Inhalt',
      question: 'Worum geht es, in welcher Reihenfolge?',
      weight: 'C',
    }),
    method: text({ label: 'Methode', question: 'Wie wird gelernt?', max: 2000 }),
    format: term({
      label: 'Format',
      question: 'In welcher Form findet der Baustein statt?',
      from: formats,
      required: true,
      weight: 'C',
    }),
    duration: duration({
      label: 'Dauer',
      question: 'Wie lange dauert er?',
      required: true,
    }),
    teachingUnits: number({
      label: 'Unterrichtseinheiten',
      question: 'Wie viele Unterrichtseinheiten von 45 Minuten sind das?',
      min: 1,
      max: 1000,
      whole: true,
    }),
    groupSize: group({
      label: 'Gruppengröße',
      question: 'Für wie viele Teilnehmende ist er gedacht?',
      fields: {
        least: number({
          label: 'Mindestens',
          question: 'Wie viele mindestens?',
          min: 1,
          whole: true,
        }),
        most: number({ label: 'Höchstens', question: 'Wie viele höchstens?', min: 1, whole: true }),
      },
    }),
    materials: groups({
      label: 'Material',
      question: 'Welches Material gehört dazu?',
      fields: {
        title: line({ label: 'Titel', question: 'Wie heißt es?', required: true }),
        link: link({ label: 'Adresse', question: 'Wo ist es zu finden?', weight: false }),
      },
    }),
    certificate: line({
      label: 'Bescheinigung',
      question: 'Was bekommen die Teilnehmenden bescheinigt?',
    }),
    cost: term({
      label: 'Kosten',
      question: 'Was kostet er die Betriebe? Üblich ist kostenfrei.',
      from: prices,
    }),
    tried: groups({
      label: 'Erprobt',
      question: 'Wo wurde er erprobt, und was kam dabei heraus?',
      fields: {
        where: line({ label: 'Wo', question: 'Wo oder bei wem?', required: true }),
        when: date({ label: 'Wann', question: 'Wann?' }),
        participants: number({
          label: 'Teilnehmende',
          question: 'Wie viele haben teilgenommen?',
          min: 1,
          max: 10_000,
          whole: true,
        }),
        assessment: line({
          label: 'Einschätzung',
          question: 'Was hat sich gezeigt?',
          max: 400,
        }),
      },
      weight: 'C',
    }),
    takingOver: text({
      label: 'So übernehmen Sie den Baustein',
      question: 'Was müssen andere Zentren wissen, um ihn selbst durchzuführen?',
      max: 2000,
    }),
    dates: groups({
      label: 'Nächste Termine',
      question: 'Wann findet er das nächste Mal statt?',
      fields: {
        day: date({ label: 'Tag', question: 'An welchem Tag?', required: true }),
        place: line({ label: 'Ort', question: 'Wo?', required: true }),
        registration: link({ label: 'Anmeldung', question: 'Wo meldet man sich an?' }),
      },
    }),
  },

  teaser: ['format', 'duration'],
  kept: ['targetGroup', 'tried'],

  rules: ({ groupSize }) =>
    groupSize?.least && groupSize.most && groupSize.most < groupSize.least
      ? [
          {
            path: 'groupSize.most',
            message: `Höchstens ${groupSize.most} ist weniger als mindestens ${groupSize.least}.`,
          },
        ]
      : [],

  // The words are those of AMB (Allgemeines Metadatenprofil für Bildungsressourcen), which are schema.org's.
  mapping: (record) => ({
    ...describe(record),
    '@type': ['LearningResource', 'Course'],
    teaches: record.learningGoals,
    timeRequired: record.duration,
    educationalUse: record.format,
    ...some('competencyRequired', record.prerequisites ? [record.prerequisites] : []),
  }),
})
