import { groups, line, lines, term, text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe } from '../linked-data.ts'
import { record, recordVersions } from '../reference.ts'
import { strengths } from '../vocabularies/strengths.ts'

/** What follows from one case or many, and how sure that is. */
export const insight = defineKind({
  id: 'insight',
  label: 'Transfererkenntnis',
  plural: 'Transfererkenntnisse',
  path: 'erkenntnisse',
  intro:
    'Was sich aus Fallbeispielen und Runden Tischen für andere schließen lässt, worauf es beruht und was dagegen spricht.',

  fields: {
    statement: line({
      label: 'Erkenntnis',
      question: 'Was gilt, in einem Satz?',
      max: 400,
      required: true,
      weight: 'A',
    }),
    derivedFrom: recordVersions({
      label: 'Beruht auf',
      question: 'Aus welchen Beiträgen folgt das?',
      most: 60,
      required: true,
    }),
    counterEvidence: groups({
      label: 'Was dagegen spricht',
      question: 'Wo hat es sich anders gezeigt?',
      fields: {
        text: line({ label: 'Beobachtung', question: 'Was?', max: 400, required: true }),
        record: record({ label: 'Beitrag', question: 'In welchem Beitrag steht es?' }),
      },
      weight: 'C',
    }),
    conditions: text({
      label: 'Unter welchen Bedingungen',
      question: 'Wann gilt das, wann nicht?',
      max: 2000,
      weight: 'C',
    }),
    strength: term({
      label: 'Belegt durch',
      question: 'Wie gut ist das belegt?',
      from: strengths,
      required: true,
    }),
    actions: lines({
      label: 'Empfohlenes Vorgehen',
      question: 'Was sollten andere deshalb tun?',
      max: 400,
      weight: 'B',
    }),
  },

  teaser: ['statement', 'strength'],
  restsOn: ['derivedFrom', 'counterEvidence'],
  follows: {
    field: 'derivedFrom',
    kinds: ['case-example', 'round-table'],
    action: 'Erkenntnis ableiten',
  },
  backlinks: { derivedFrom: 'Daraus gefolgert', counterEvidence: 'Als Gegenbeispiel genannt in' },
  mapping: (record) => ({
    ...describe(record),
    '@type': ['Claim', 'Article'],
    text: record.statement,
    isBasedOn: record.derivedFrom.map(({ iss, rid }) => ({ '@id': `${iss}#${rid}` })),
  }),
})
