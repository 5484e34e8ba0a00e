import { text } from '../field.ts'
import { defineKind } from '../kind.ts'
import { describe } from '../linked-data.ts'
import { record, records } from '../reference.ts'

/** What a centre answers another one. */
export const answer = defineKind({
  id: 'answer',
  label: 'Antwort',
  plural: 'Antworten',
  path: 'antworten',
  listedAt: '/fachfragen',
  only: 'members',
  intro: 'Was Zentren auf Fachfragen antworten.',

  fields: {
    about: record({
      label: 'Antwort auf',
      question: 'Auf welche Fachfrage antworten Sie?',
      required: true,
    }),
    text: text({
      label: 'Antwort',
      question: 'Was wissen Sie dazu, und woher?',
      required: true,
      weight: 'B',
    }),
    evidence: records({
      label: 'Belege',
      question: 'Welche Beiträge zeigen das?',
    }),
  },

  teaser: [],
  follows: { field: 'about', kinds: ['question'], action: 'Antwort schreiben' },
  backlinks: { about: 'Antworten', evidence: 'Als Beleg genannt in' },
  mapping: (record) => ({ ...describe(record), '@type': 'Answer', text: record.text }),
})
