import type { z } from 'zod'
import type { Fault } from '../problem.ts'
import { area, areaFaults } from './area.ts'
import { attachments } from './attachment.ts'
import {
  classes,
  date,
  flag,
  group,
  groups,
  line,
  lines,
  link,
  mailbox,
  type objectOf,
  term,
  terms,
  text,
  usual,
} from './field.ts'
import { reference } from './reference.ts'
import { companySizes } from './vocabularies/company-sizes.ts'
import { languages } from './vocabularies/languages.ts'
import { licences } from './vocabularies/licences.ts'
import { relations } from './vocabularies/relations.ts'
import { sectors } from './vocabularies/sectors.ts'
import { topics } from './vocabularies/topics.ts'
import { visibility } from './vocabularies/visibility.ts'

/** What every record begins with. */
export const opening = {
  title: line({
    label: 'Titel',
    question: 'Worum geht es? Nennen Sie Anliegen und Branche in einem Satz.',
    max: 160,
    required: true,
    weight: 'A',
  }),
  summary: line({
    label: 'Zusammenfassung',
    question: 'Was sollen andere nach zwei Sätzen wissen? Bitte ohne Formatierung.',
    max: 300,
    required: true,
    weight: 'B',
  }),
  easyLanguage: text({
    label: 'In Leichter Sprache',
    question: 'Wie lautet die Zusammenfassung in Leichter Sprache?',
    max: 1500,
  }),
}

/** What every record ends with: how to find, use and trust it. */
export const closing = {
  topics: terms({
    label: 'Themen',
    question: 'Welche Themen berührt der Beitrag?',
    from: topics,
    required: true,
    weight: 'B',
  }),
  sectors: classes({
    label: 'Von Bedeutung für diese Wirtschaftszweige',
    question: 'Für welche Wirtschaftszweige ist der Beitrag von Bedeutung?',
    from: sectors,
  }),
  craft: flag({
    label: 'Handwerk',
    question: 'Betrifft der Beitrag das Handwerk?',
    weight: 'C',
  }),
  companySizes: terms({
    label: 'Von Bedeutung für diese Betriebsgrößen',
    question: 'Für welche Betriebsgrößen ist der Beitrag von Bedeutung?',
    from: companySizes,
  }),
  regions: groups({
    label: 'Regionen',
    question: 'Auf welche Länder und Orte bezieht sich der Beitrag?',
    fields: area,
    weight: 'C',
  }),
  keywords: lines({
    label: 'Schlagwörter',
    question: 'Unter welchen Wörtern würde man den Beitrag suchen?',
    max: 60,
    weight: 'B',
  }),
  authors: lines({
    label: 'Verfasst von',
    question: 'Welche Rollen oder Teams haben den Beitrag verfasst? Namen nur mit Einverständnis.',
    max: 120,
  }),
  contact: group({
    label: 'Ansprechstelle',
    question: 'An wen können sich andere wenden?',
    fields: {
      role: line({
        label: 'Rolle oder Team',
        question: 'Wer gibt Auskunft?',
        max: 120,
        required: true,
      }),
      mailbox: mailbox({
        label: 'Funktionspostfach',
        question: 'Welches Postfach wird auch bei Abwesenheit gelesen?',
        required: true,
      }),
      deputy: mailbox({
        label: 'Postfach der Vertretung',
        question: 'Wer wird erinnert, wenn die Überprüfung überfällig ist?',
        required: true,
      }),
    },
    required: true,
  }),
  language: usual(
    {
      label: 'Sprache',
      question: 'In welcher Sprache ist der Beitrag verfasst?',
      from: languages,
      required: true,
      weight: false,
    },
    'de',
  ),
  licence: term({
    label: 'Lizenz',
    question: 'Unter welcher Lizenz dürfen andere den Beitrag nutzen?',
    from: licences,
    required: true,
    weight: false,
  }),
  funding: group({
    label: 'Förderhinweis',
    question: 'Aus welchem Programm und von wem wird die Arbeit gefördert?',
    fields: {
      programme: line({ label: 'Programm', question: 'Welches Programm?', required: true }),
      funder: line({ label: 'Gefördert durch', question: 'Wer fördert?', required: true }),
      coFunders: lines({ label: 'Kofinanziert durch', question: 'Wer finanziert mit?', most: 10 }),
    },
    required: true,
  }),
  related: groups({
    label: 'Verwandte Beiträge',
    question: 'Welche Beiträge gehören dazu?',
    means: 'record',
    fields: {
      rel: term({
        label: 'Beziehung',
        question: 'Wie stehen die Beiträge zueinander?',
        from: relations,
        required: true,
        weight: false,
      }),
      ...reference,
    },
  }),
  sources: groups({
    label: 'Quellen',
    question: 'Worauf stützt sich der Beitrag?',
    fields: {
      title: line({ label: 'Titel', question: 'Wie heißt die Quelle?', max: 300, required: true }),
      link: link({ label: 'Adresse', question: 'Wo ist die Quelle zu finden?', weight: false }),
    },
  }),
  attachments,
  reviewBy: date({
    label: 'Zu überprüfen bis',
    question: 'Bis wann ist zu prüfen, ob der Beitrag noch stimmt? Üblich sind zwölf Monate.',
    required: true,
    weight: false,
  }),
  visibility: term({
    label: 'Sichtbarkeit',
    question: 'Wer darf den Beitrag lesen?',
    from: visibility,
    required: true,
    weight: false,
  }),
}

export const envelope = { ...opening, ...closing }
export type Envelope = z.infer<ReturnType<typeof objectOf<typeof envelope>>>

/** What every kind keeps at the node. It is never signed and never leaves. */
export const localEnvelope = {
  internalContact: line({
    label: 'Interne Ansprechperson',
    question: 'Wer im Zentrum kennt den Vorgang?',
  }),
  notes: text({
    label: 'Interne Notizen',
    question: 'Was sollten Kolleginnen und Kollegen im Zentrum wissen?',
  }),
}

/** What the fields of an envelope must say together. */
export const envelopeRules = ({ regions: places }: Pick<Envelope, 'regions'>): Fault[] =>
  areaFaults('regions', places)
