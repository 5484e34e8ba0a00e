import { expect, test } from 'vitest'
import { kinds } from '../../src/publications/kinds.ts'
import { readRecord } from '../../src/publications/record.ts'
import { caseFile, files, inputOf, type Loose, tableFile } from './fixtures.ts'

const faultsWhen = (change: (input: Loose) => unknown, file = caseFile) => {
  const input = inputOf(file)
  change(input)
  const reading = readRecord(input)
  return reading.ok ? [] : reading.faults
}

type Row = [change: (input: Loose) => unknown, path: string, message: string, file?: string]

const rows: { [what: string]: Row } = {
  'a missing field': [(r) => delete r.title, 'title', 'Das Feld „Titel“ fehlt.'],
  'a missing field further in': [
    (r) => delete r.findings[1].consensus,
    'findings[1].consensus',
    'Das Feld „Einigkeit“ (Erkenntnisse, Nr. 2) fehlt.',
    tableFile,
  ],
  'a missing group': [(r) => delete r.contact, 'contact', 'Das Feld „Ansprechstelle“ fehlt.'],
  'a missing term': [(r) => delete r.licence, 'licence', 'Das Feld „Lizenz“ fehlt.'],
  'an empty text': [(r) => (r.summary = '  '), 'summary', 'Das Feld „Zusammenfassung“ ist leer.'],
  'a title that is too long': [
    (r) => (r.title = 'ä'.repeat(172)),
    'title',
    'Das Feld „Titel“ ist zu lang: 172 Zeichen, erlaubt sind höchstens 160.',
  ],
  'a text where a list belongs': [
    (r) => (r.goals = 'weniger Papier'),
    'goals',
    'Das Feld „Ziele“ muss eine Liste sein, angegeben ist ein Text.',
  ],
  'a number where a text belongs': [
    (r) => (r.findings[0].text = 7),
    'findings[0].text',
    'Das Feld „Erkenntnis“ (Erkenntnisse, Nr. 1) muss ein Text sein, angegeben ist eine Zahl.',
    tableFile,
  ],
  'null is not a value': [
    (r) => (r.steps[0].text = null),
    'steps[0].text',
    'Das Feld „Beschreibung“ (Vorgehen, Nr. 1) muss ein Text sein, angegeben ist nichts (null).',
  ],
  'half a person': [
    (r) => (r.attendance = 12.5),
    'attendance',
    'Das Feld „Teilnehmende“ muss eine ganze Zahl sein, angegeben ist eine Kommazahl.',
    tableFile,
  ],
  'a number too big': [
    (r) => (r.resources.days = 1500),
    'resources.days',
    'Das Feld „Beratungstage“ (Aufwand) enthält 1.500, erlaubt ist höchstens 1.000.',
  ],
  'a number too small': [
    (r) => (r.attendance = 0),
    'attendance',
    'Das Feld „Teilnehmende“ enthält 0, erlaubt ist mindestens 1.',
    tableFile,
  ],
  'a number far too big, which is wrong in two ways': [
    (r) => (r.attendance = 1e20),
    'attendance',
    'Das Feld „Teilnehmende“ enthält 100.000.000.000.000.000.000, erlaubt ist höchstens 10.000.',
    tableFile,
  ],
  'no topic': [
    (r) => (r.topics = []),
    'topics',
    'Das Feld „Themen“ braucht mindestens einen Eintrag.',
  ],
  'too many entries': [
    (r) => (r.keywords = Array.from({ length: 21 }, (_, n) => `Wort ${n}`)),
    'keywords',
    'Das Feld „Schlagwörter“ enthält 21 Einträge, erlaubt sind höchstens 20.',
  ],
  'a term that is not in the list': [
    (r) => (r.outcome = 'super'),
    'outcome',
    'Das Feld „Ausgang“ enthält „super“. Möglich sind: succeeded, partly, failed.',
  ],
  'a term twice': [
    (r) => (r.topics = ['leadership', 'leadership']),
    'topics[1]',
    'Das Feld „Themen“ (Nr. 2) nennt „leadership“ mehrfach.',
  ],
  'a bare letter as sector': [
    (r) => (r.sectors = ['C']),
    'sectors[0]',
    'Das Feld „Von Bedeutung für diese Wirtschaftszweige“ (Nr. 1) muss ein Objekt sein, angegeben ist ein Text.',
  ],
  'a letter the edition does not have': [
    (r) => (r.sectors = [{ scheme: 'wz2008', code: 'V' }]),
    'sectors[0].code',
    'Das Feld „Von Bedeutung für diese Wirtschaftszweige“ (Nr. 1) enthält „V“. Möglich sind: A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U.',
  ],
  'a day that does not exist': [
    (r) => (r.period.from = '2025-02-30'),
    'period.from',
    'Das Feld „Beginn“ (Zeitraum) enthält „2025-02-30“. Das ist kein Kalendertag in der Form JJJJ-MM-TT.',
  ],
  'a German date': [
    (r) => (r.date = '19.03.2026'),
    'date',
    'Das Feld „Datum“ enthält „19.03.2026“. Das ist kein Kalendertag in der Form JJJJ-MM-TT.',
    tableFile,
  ],
  'an open line': [
    (r) => (r.sources = [{ title: 'BMAS', link: 'http://www.bmas.de/' }]),
    'sources[0].link',
    'Das Feld „Adresse“ (Quellen, Nr. 1) enthält „http://www.bmas.de/“. Gebraucht wird eine vollständige Adresse, die mit https:// beginnt.',
  ],
  'a mailbox that is none': [
    (r) => (r.contact.mailbox = 'transfer at example'),
    'contact.mailbox',
    'Das Feld „Funktionspostfach“ (Ansprechstelle) enthält „transfer at example“. Das ist keine E-Mail-Adresse.',
  ],
  'two lines in one': [
    (r) => (r.title = 'Titel\nUntertitel'),
    'title',
    'Das Feld „Titel“ darf nur eine Zeile sein und keine Steuerzeichen oder unvollständigen Schriftzeichen enthalten.',
  ],
  'a control character in a text': [
    (r) => (r.results = 'gut\u0000'),
    'results',
    'Das Feld „Ergebnisse“ enthält unerlaubte Zeichen (Steuerzeichen oder unvollständige Schriftzeichen).',
  ],
  'an attachment without alternative text': [
    (r) => (r.attachments = [{ file: 'a.pdf' }]),
    'attachments[0].alt',
    'Das Feld „Alternativtext“ (Anlagen, Nr. 1) fehlt.',
  ],
  'an attachment that lies elsewhere': [
    (r) => (r.attachments = [{ ...attachment, file: '../a.pdf' }]),
    'attachments[0].file',
    'Das Feld „Datei“ (Anlagen, Nr. 1) enthält „../a.pdf“. Das hat nicht die verlangte Form. Gefragt ist: Wie heißt die Datei, die neben dem Beitrag liegt?',
  ],
  'an attachment that is proved by hand': [
    (r) => (r.attachments = [{ ...attachment, dig: 'abc' }]),
    'attachments[0].dig',
    'Ein Feld „dig“ gibt es hier nicht.',
  ],
  'a misspelt member': [
    (r) => (r.sumary = 'x'),
    'sumary',
    'Ein Feld „sumary“ gibt es hier nicht. Ist „summary“ gemeint?',
  ],
  'a label for a name': [
    (r) => (r.themen = ['leadership']),
    'themen',
    'Ein Feld „themen“ gibt es hier nicht. Ist „topics“ gemeint?',
  ],
  'an unknown member further in': [
    (r) => (r.findings[0]['wer dafür war'] = 'alle'),
    'findings[0]["wer dafür war"]',
    'Ein Feld „wer dafür war“ gibt es hier nicht.',
    tableFile,
  ],
  'a fault in what stays here': [
    (r) => (r.local.consent.givenOn = 'gestern'),
    'local.consent.givenOn',
    'Das Feld „Erteilt am“ (Interne Angaben, Einwilligung des Betriebs) enthält „gestern“. Das ist kein Kalendertag in der Form JJJJ-MM-TT.',
  ],
  'a kind nobody knows': [
    (r) => (r.kind = 'constructor'),
    'kind',
    `Die Beitragsart fehlt oder ist unbekannt. Möglich sind: ${kinds.map(({ id, label }) => `${id} (${label})`).join(', ')}.`,
  ],
  'a company named without consent': [
    (r) => delete r.local,
    'local.consent',
    'Der Betrieb ist namentlich genannt. Dafür muss seine Einwilligung vorliegen: Bitte Datum, Umfang und Nachweis angeben oder den Betrieb anonymisieren.',
  ],
  'a name for an anonymous company': [
    (r) => (r.company.anonymous = true),
    'company.name',
    'Der Betrieb soll anonym bleiben; das Feld „Name des Betriebs“ muss leer sein.',
  ],
  'no name for a company that is not anonymous': [
    (r) => delete r.company.name,
    'company.name',
    'Das Feld „Name des Betriebs“ fehlt. Soll er ungenannt bleiben, gilt „Anonym“.',
  ],
  'an end before the beginning': [
    (r) => (r.period = { from: '2025-03-01', to: '2025-02-28' }),
    'period.to',
    'Das Ende (2025-02-28) liegt vor dem Beginn (2025-03-01).',
  ],
  'a deadline before the round table': [
    (r) => (r.agreements[2].by = '2026-03-18'),
    'agreements[2].by',
    'Die Frist (2026-03-18) liegt vor dem Runden Tisch (2026-03-19).',
    tableFile,
  ],
  'a round table that was nowhere': [
    (r) => delete r.place,
    'place',
    'Das Feld „Ort“ fehlt. Fand der Runde Tisch online statt, gilt „Online“.',
    tableFile,
  ],
  'a municipality of another Land': [
    (r) => (r.regions = [{ land: 'DE-BE', ags: '12054000' }]),
    'regions[0].ags',
    'Der Gemeindeschlüssel „12054000“ gehört nicht zu Berlin; dort beginnen die Schlüssel mit 11.',
  ],
}

const attachment = { file: 'Prüfliste.pdf', alt: 'Prüfliste mit sieben Fragen' }

test.each(Object.entries(rows))(
  '%s is named with its place',
  (_, [change, path, message, file]) => {
    expect(faultsWhen(change, file)).toEqual([{ path, message }])
  },
)

test('every fault is reported, in the order of the form', () => {
  const faults = faultsWhen((r) => {
    r.title = ''
    r.topics = ['leadership', 'gibt es nicht']
    r.company.sizes = 'medium'
  })

  expect(faults.map(({ path }) => path)).toEqual(['title', 'company.sizes', 'topics[1]'])
})

test('what fields must say together is told with the rest, not on a second try', () => {
  const faults = faultsWhen((r) => {
    r.title = ''
    r.topics = ['gibt es nicht']
    r.regions = ['Berlin', { land: 'DE-BE', ags: '12054000' }]
    r.period = { from: '2025-03-01', to: '2025-02-28', days: 3 }
    delete r.local
  })

  expect(faults.map(({ path }) => path)).toEqual([
    'title',
    'period.days',
    'topics[0]',
    'regions[0]',
    'regions[1].ags',
    'local.consent',
    'period.to',
  ])
})

test('a place that is wrong by itself is named once', () => {
  expect(faultsWhen((r) => (r.local = 'liegt vor')).map(({ path }) => path)).toEqual(['local'])
  expect(faultsWhen((r) => (r.place = 7), tableFile).map(({ path }) => path)).toEqual(['place'])
  expect(faultsWhen((r) => (r.period.from = 'gestern')).map(({ path }) => path)).toEqual([
    'period.from',
  ])
})

/** Every place in a value, from the top. */
const placesIn = (value: Loose): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries<Loose>(value).flatMap(([name, member]) => [
        [name],
        ...placesIn(member).map((path) => [name, ...path]),
      ])
    : []

/** One of each kind. */
const oneOfEach = kinds.map(({ id }) => files.find((file) => inputOf(file).kind === id) ?? id)

test.each(oneOfEach)('%s with anything wrong anywhere gets an answer', (file) => {
  const wrong = [undefined, null, 7, 'x', '2026-02-30', '99:99', true, [], [null], {}, { x: 1 }]
  for (const path of placesIn(inputOf(file))) {
    for (const value of wrong) {
      const change = (r: Loose) => {
        const around = path.slice(0, -1).reduce((part, step) => part[step], r)
        around[path.at(-1) ?? ''] = value
      }

      expect(() => faultsWhen(change, file), `${path.join('.')}: ${value}`).not.toThrow()
    }
  }
})

test.each([null, [], 'Beitrag', 7])('%j is no record', (input) => {
  expect(readRecord(input)).toEqual({
    ok: false,
    faults: [{ path: '', message: 'Ein Beitrag ist ein JSON-Objekt.' }],
  })
})

test('a complete attachment is accepted', () => {
  expect(faultsWhen((r) => (r.attachments = [attachment]))).toEqual([])
})

test('both editions of the sector classification are accepted', () => {
  const sectors = [
    { scheme: 'wz2008', code: 'J' },
    { scheme: 'wz2025', code: 'V' },
  ]

  expect(faultsWhen((r) => (r.sectors = sectors))).toEqual([])
})

test('a record beyond 256 KiB could not travel and is refused', () => {
  const long = '😀'.repeat(4000)

  const faults = faultsWhen((r) => {
    for (const name of ['initialSituation', 'challenge', 'solution', 'results']) r[name] = long
    r.steps = Array.from({ length: 20 }, () => ({ title: 'Schritt', text: '😀'.repeat(2000) }))
    r.lessons = Array.from({ length: 20 }, () => '😀'.repeat(400))
    r.obstacles = r.lessons
  })

  expect(faults).toEqual([
    { path: '', message: expect.stringMatching(/^Der Beitrag ist mit \d+ KiB zu groß/) },
  ])
})

test('a member named __proto__ is no member of ours', () => {
  const input = JSON.stringify(inputOf(caseFile)).replace('{', '{"__proto__":{"x":1},')

  expect(readRecord(JSON.parse(input))).toMatchObject({
    ok: false,
    faults: [{ path: '__proto__' }],
  })
})

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  'of an empty %s every field that is needed is named, and of a wrong one every fault at its field',
  (id, kind) => {
    const needed = Object.entries(kind.fields).flatMap(([name, field]) =>
      field.required && !['language', 'zone', 'reviewBy'].includes(name) ? [name] : [],
    )
    const wrong = Object.fromEntries(Object.keys(kind.fields).map((name) => [name, null]))
    const faultsOf = (input: object) => {
      const reading = readRecord({ kind: id, ...input })
      return reading.ok ? [] : reading.faults
    }

    const empty = faultsOf({})
    const all = faultsOf(wrong)

    expect(empty.map(({ path }) => path)).toEqual(expect.arrayContaining(needed))
    expect(empty.every(({ message }) => /^Das Feld „.+“ fehlt\./.test(message))).toBe(true)
    expect(all.map(({ path }) => path).sort()).toEqual(Object.keys(wrong).sort())
    for (const { path, message } of all) {
      expect(message).toContain(`„${kind.fields[path]?.label}“`)
    }
  },
)
