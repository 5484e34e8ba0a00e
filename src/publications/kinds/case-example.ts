import type { Fault } from '../../problem.ts'
import {
  classed,
  date,
  flag,
  group,
  groups,
  line,
  lines,
  number,
  term,
  terms,
  text,
} from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe, some } from '../linked-data.ts'
import { record } from '../reference.ts'
import { aiActClasses } from '../vocabularies/ai-act-classes.ts'
import { aiOrigins } from '../vocabularies/ai-origins.ts'
import { aiUses } from '../vocabularies/ai-uses.ts'
import { companySizes } from '../vocabularies/company-sizes.ts'
import { costBands } from '../vocabularies/cost-bands.ts'
import { maturity } from '../vocabularies/maturity.ts'
import { outcome } from '../vocabularies/outcome.ts'
import { regions } from '../vocabularies/regions.ts'
import { sectors } from '../vocabularies/sectors.ts'

/** What a centre and a company did together, and what others can learn from it. */
export const caseExample = defineKind({
  id: 'case-example',
  label: 'Fallbeispiel',
  plural: 'Fallbeispiele',
  path: 'fallbeispiele',
  intro:
    'Wie Betriebe ein Anliegen angegangen sind, was sich dadurch verändert hat und was andere daraus lernen können – auch dort, wo es nicht gelungen ist.',

  fields: {
    initialSituation: text({
      label: 'Ausgangslage',
      question: 'Wie arbeitete der Betrieb, bevor die Beratung begann?',
      required: true,
      weight: 'C',
    }),
    challenge: text({
      label: 'Anliegen',
      question: 'Was sollte sich ändern, und warum gerade jetzt?',
      required: true,
      weight: 'B',
    }),
    goals: lines({
      label: 'Ziele',
      question: 'Was wollten Leitung und Beschäftigte erreichen?',
      max: 300,
    }),
    solution: text({
      label: 'Lösung',
      question: 'Was wurde eingeführt oder verändert?',
      required: true,
      weight: 'B',
    }),
    steps: groups({
      label: 'Vorgehen',
      question: 'In welchen Schritten ist der Betrieb vorgegangen?',
      fields: {
        title: line({
          label: 'Schritt',
          question: 'Wie heißt der Schritt?',
          max: 160,
          required: true,
        }),
        text: text({ label: 'Beschreibung', question: 'Was ist dabei geschehen?', max: 2000 }),
      },
    }),
    employeeParticipation: text({
      label: 'Beteiligung der Beschäftigten',
      question: 'Wie haben Beschäftigte und, wo vorhanden, der Betriebsrat mitgewirkt?',
      required: true,
      weight: 'C',
    }),
    technologies: lines({
      label: 'Technik',
      question: 'Welche Technik kam zum Einsatz? Nennen Sie lieber die Art als die Marke.',
      max: 120,
      weight: 'B',
    }),
    aiUse: group({
      label: 'KI-Einsatz',
      question: 'Wofür wird Künstliche Intelligenz eingesetzt?',
      fields: {
        kind: terms({
          label: 'Einsatzzweck',
          question: 'Was übernimmt die KI?',
          from: aiUses,
          required: true,
        }),
        origin: term({
          label: 'Herkunft des Systems',
          question: 'Gekauft oder selbst entwickelt?',
          from: aiOrigins,
          required: true,
        }),
      },
      weight: 'B',
    }),
    legal: group({
      label: 'Rechtliche Fragen',
      question: 'Was war rechtlich zu klären?',
      fields: {
        privacy: text({
          label: 'Datenschutz',
          question: 'Welche personenbezogenen Daten sind betroffen, und wie sind sie geschützt?',
          max: 2000,
        }),
        coDetermination: text({
          label: 'Mitbestimmung',
          question: 'Was wurde mit der Interessenvertretung vereinbart?',
          max: 2000,
        }),
        aiActClass: term({
          label: 'Einstufung nach KI-Verordnung',
          question: 'In welche Risikoklasse fällt das System?',
          from: aiActClasses,
        }),
      },
    }),
    period: group({
      label: 'Zeitraum',
      question: 'Wann fand die Begleitung statt?',
      fields: {
        from: date({ label: 'Beginn', question: 'Wann begann sie?', required: true }),
        to: date({ label: 'Ende', question: 'Wann endete sie?' }),
      },
    }),
    resources: group({
      label: 'Aufwand',
      question: 'Was hat es den Betrieb gekostet?',
      fields: {
        days: number({
          label: 'Beratungstage',
          question: 'Wie viele Tage hat das Zentrum beraten und qualifiziert?',
          max: 1000,
        }),
        costBand: term({
          label: 'Kosten des Betriebs',
          question: 'Was hat der Betrieb ausgegeben, ohne Arbeitszeit?',
          from: costBands,
        }),
        roles: lines({ label: 'Beteiligte Rollen', question: 'Wer hat mitgearbeitet?', max: 120 }),
      },
    }),
    results: text({
      label: 'Ergebnisse',
      question: 'Was hat sich tatsächlich verändert?',
      required: true,
      weight: 'B',
    }),
    evidence: groups({
      label: 'Belege',
      question: 'Woran lässt sich die Veränderung ablesen?',
      fields: {
        indicator: line({ label: 'Messgröße', question: 'Was wurde gemessen?', required: true }),
        before: number({ label: 'Vorher', question: 'Wie war es vorher?', min: -1_000_000_000 }),
        after: number({
          label: 'Nachher',
          question: 'Wie ist es nachher?',
          min: -1_000_000_000,
          required: true,
        }),
        unit: line({ label: 'Einheit', question: 'In welcher Einheit?', max: 80, required: true }),
        method: line({
          label: 'Erhebung',
          question: 'Wie wurde gemessen?',
          max: 300,
          required: true,
        }),
      },
    }),
    successFactors: lines({
      label: 'Was geholfen hat',
      question: 'Was hat zum Gelingen beigetragen?',
      max: 400,
    }),
    obstacles: lines({
      label: 'Was gehindert hat',
      question: 'Woran hat es gehakt?',
      max: 400,
    }),
    lessons: lines({
      label: 'Lehren',
      question: 'Was würden Sie wieder so machen, was nicht?',
      max: 400,
      required: true,
      weight: 'B',
    }),
    transferability: group({
      label: 'Übertragbarkeit',
      question: 'Was brauchen andere, um es nachzumachen?',
      fields: {
        conditions: text({
          label: 'Voraussetzungen',
          question: 'Unter welchen Bedingungen gelingt es?',
          max: 1500,
          required: true,
        }),
        effort: line({
          label: 'Zu erwartender Aufwand',
          question: 'Womit ist zu rechnen?',
          max: 300,
          required: true,
        }),
        forWhom: line({
          label: 'Geeignet für',
          question: 'Welchen Betrieben ist es zu empfehlen?',
          max: 300,
          required: true,
        }),
      },
      required: true,
    }),
    maturity: term({
      label: 'Reifegrad',
      question: 'Wie weit ist der Betrieb damit?',
      from: maturity,
      required: true,
    }),
    outcome: term({
      label: 'Ausgang',
      question: 'Ist es gelungen? Auch was nicht gelingt, hilft anderen.',
      from: outcome,
      required: true,
    }),
    company: group({
      label: 'Betrieb',
      question: 'Um welchen Betrieb geht es?',
      fields: {
        anonymous: flag({
          label: 'Anonym',
          question: 'Soll der Betrieb ungenannt bleiben?',
          required: true,
          weight: false,
        }),
        name: line({
          label: 'Name des Betriebs',
          question: 'Wie heißt der Betrieb? Nur mit Einwilligung.',
          weight: 'C',
        }),
        size: term({ label: 'Betriebsgröße', question: 'Wie groß ist er?', from: companySizes }),
        sector: classed({
          label: 'Wirtschaftszweig',
          question: 'In welchem Wirtschaftszweig arbeitet er?',
          from: sectors,
        }),
        land: term({ label: 'Land', question: 'Wo hat er seinen Sitz?', from: regions }),
      },
    }),
    usedBuildingBlocks: groups({
      label: 'Eingesetzte Qualifizierungsbausteine',
      question: 'Welche Qualifizierungsbausteine kamen zum Einsatz?',
      fields: {
        title: line({ label: 'Baustein', question: 'Wie heißt der Baustein?', required: true }),
        record: record({
          label: 'Beitrag',
          question: 'Wo ist der Baustein veröffentlicht?',
        }),
      },
    }),
  },

  local: {
    consent: group({
      label: 'Einwilligung des Betriebs',
      question: 'Worin hat der Betrieb eingewilligt?',
      fields: {
        givenOn: date({
          label: 'Erteilt am',
          question: 'Wann wurde die Einwilligung erteilt?',
          required: true,
        }),
        scope: line({
          label: 'Umfang',
          question: 'Was darf veröffentlicht werden?',
          max: 300,
          required: true,
        }),
        evidence: line({
          label: 'Nachweis',
          question: 'Unter welchem Aktenzeichen liegt sie ab?',
          required: true,
        }),
      },
    }),
  },

  chapters: [
    { label: 'Ausgangslage', fields: ['company', 'initialSituation', 'challenge', 'goals'] },
    {
      label: 'Vorgehen',
      fields: ['solution', 'steps', 'employeeParticipation', 'technologies', 'aiUse', 'period'],
    },
    { label: 'Recht und Aufwand', fields: ['legal', 'resources', 'usedBuildingBlocks'] },
    { label: 'Ergebnis', fields: ['results', 'evidence', 'outcome', 'maturity'] },
    {
      label: 'Was andere daraus lernen',
      fields: ['lessons', 'successFactors', 'obstacles', 'transferability'],
    },
  ],
  teaser: ['outcome', 'maturity'],
  backlinks: { usedBuildingBlocks: 'Eingesetzt in' },
  day: ({ period }) => period?.to ?? period?.from,

  rules: ({ company, period }, { consent }) => {
    const faults: Fault[] = []
    if (company && !company.anonymous && !company.name) {
      faults.push({
        path: 'company.name',
        message: 'Das Feld „Name des Betriebs“ fehlt. Soll er ungenannt bleiben, gilt „Anonym“.',
      })
    }
    if (company?.anonymous && company.name) {
      faults.push({
        path: 'company.name',
        message: 'Der Betrieb soll anonym bleiben; das Feld „Name des Betriebs“ muss leer sein.',
      })
    }
    if (company?.name && !consent) {
      faults.push({
        path: 'local.consent',
        message:
          'Der Betrieb ist namentlich genannt. Dafür muss seine Einwilligung vorliegen: Bitte Datum, Umfang und Nachweis angeben oder den Betrieb anonymisieren.',
      })
    }
    if (period?.to && period.to < period.from) {
      faults.push({
        path: 'period.to',
        message: `Das Ende (${period.to}) liegt vor dem Beginn (${period.from}).`,
      })
    }
    return faults
  },

  mapping: (record) => ({
    ...describe(record),
    '@type': 'Article',
    articleSection: 'Fallbeispiel',
    ...(record.period && {
      temporalCoverage: `${record.period.from}/${record.period.to ?? '..'}`,
    }),
    ...some(
      'mentions',
      record.technologies?.map((name) => ({ '@type': 'Thing', name })),
    ),
  }),
})
