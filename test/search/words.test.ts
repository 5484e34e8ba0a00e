import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitCompound } from '../../src/search/compound.ts'
import { editDistance, likeliest } from '../../src/search/correct.ts'
import { fold, joinedOf, tokensOf, visible } from '../../src/search/normal.ts'
import { placesOf } from '../../src/search/passages.ts'
import { readQuestion } from '../../src/search/question.ts'
import { stemOf } from '../../src/search/stem.ts'
import { formsOf } from '../../src/search/verbs.ts'
import { wayOf } from '../../src/search/way.ts'

const wordsOf = (text: string) => tokensOf(visible(text)).map(({ word }) => word)
const stemsOf = (text: string) => wordsOf(text).map(stemOf)

describe('words are compared in one spelling', () => {
  test.each([
    ['Bäckerei', 'BAECKEREI'],
    ['Maßnahme', 'Massnahme'],
    ['Café', 'Cafe'],
    ['Mitarbeiter:innen', 'Mitarbeiterinnen'],
    ['Mitarbeiter*innen', 'Mitarbeiterinnen'],
    ['Mitarbeiter_innen', 'Mitarbeiterinnen'],
    ['Mitarbeiter/-innen', 'Mitarbeiterinnen'],
    ['Mitarbeiter/innen', 'Mitarbeiterinnen'],
    ['MitarbeiterInnen', 'Mitarbeiterinnen'],
    ['Fach\u00adkraft', 'Fachkraft'],
    ["Azubi's", 'Azubis'],
    ['Müller’s', 'Müllers'],
  ])('%s is %s', (one, other) => {
    expect(wordsOf(one)).toEqual(wordsOf(other))
  })

  test('a word with hyphens is also one word', () => {
    const text = 'Per E-Mail und KI-Textbaustein'

    expect(joinedOf(text, tokensOf(text)).map(({ word }) => word)).toEqual([
      'email',
      'kitextbaustein',
    ])
  })

  test('wherever a word is found, it stands there in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const text = visible(typed)
        for (const { word, from, to } of tokensOf(text)) {
          const there = text.slice(from, to).replaceAll(/[:*_·•/()\u0640-]/g, '')
          expect(fold(there).replaceAll(/[^\p{L}\p{N}]/gu, '')).toBe(
            word.replaceAll(/[^\p{L}\p{N}]/gu, ''),
          )
        }
      }),
    )
  })
})

describe('inflected words have one stem', () => {
  test.each([
    'Haus Häuser Häusern Hauses',
    'Bäckerei Bäckereien Backerei',
    'Angebot Angebote Angeboten Angebots',
    'Mitarbeiter Mitarbeiterinnen Mitarbeitern',
    'Kollege Kollegin Kolleginnen Kollegen',
    'Arzt Ärzte Ärztin Ärztinnen Ärzten',
    'Beschäftigte Beschäftigten Beschäftigter',
    'Plan Pläne Plänen Plans',
    'Lehrling Lehrlinge Lehrlingen',
    'Gerät Geräte Geraete Gerate',
    'neue neuer neues neuen',
    'Azubi Azubis',
    'Kita Kitas',
    'Foto Fotos',
    'Ergebnis Ergebnisse Ergebnisses',
    'arbeitslos arbeitslose arbeitsloser',
    'Fensterglas Fenstergläser',
    'Kamera Kameras',
  ])('%s', (words) => {
    expect(new Set(stemsOf(words)).size).toBe(1)
  })

  test('words that only look alike have stems of their own', () => {
    const stems = stemsOf('Berlin Beratung Betrieb Betreuung Termin Terminal Haus Hase')

    expect(new Set(stems).size).toBe(stems.length)
  })

  test.each([
    'Sicherheit sich',
    'Lager lagen',
    'Maler mal',
    'Montage Montag',
    'Träger tragen',
    'Vereinbarkeit Vereinbarung',
    'verständlich Verstand',
  ])('%s: two words, though Snowball makes one of them', (words) => {
    expect(new Set(stemsOf(words)).size).toBe(2)
  })
})

describe('compounds are taken apart into words that are known', () => {
  const split = (word: string, ...inRecords: string[]) =>
    splitCompound(fold(word), (part) => inRecords.map(fold).includes(part))

  test.each([
    ['Qualifizierungsbaustein', 'qualifizierung baustein'],
    ['Sprachmodell', 'sprach modell'],
    ['Steuerkanzlei', 'steuer kanzlei'],
    ['Nachtschichtverteilung', 'nacht schicht verteilung'],
    ['Drohnenbilder', 'drohne bilder'],
  ])('%s: %s', (word, parts) => {
    expect(split(word).join(' ')).toBe(parts)
  })

  test('records teach new words', () => {
    expect(split('Eierlikörtorte')).toEqual([])
    expect(split('Eierlikörtorte', 'Eierlikör', 'Torte')).toEqual(['eierlikoer', 'torte'])
  })

  test.each([
    'Betriebsrat',
    'Handwerk',
    'Ausbildung',
    'Einarbeitung',
    'Bearbeitung',
    'Freiheit',
    'Maßnahmen',
  ])('%s stays whole', (word) => {
    expect(split(word)).toEqual([])
  })

  test('what only has the letters of a word in it is not shown as a compound with it', () => {
    const tokens = tokensOf('Auszubildende bedienen die Bilderkennung und das Archivbild')

    expect(placesOf(wayOf('word', [stemOf('bild')]), tokens)).toEqual([3, 6])
  })
})

describe('typing errors', () => {
  const known = (...words: string[]) =>
    words.map((word) => ({ word: fold(word), shown: word, documents: 3 }))

  test.each([
    ['Dienstplanug', 'Dienstplanung'],
    ['Deinstplanung', 'Dienstplanung'],
    ['Dienstplamumg', 'Dienstplanung'],
    ['Htoel', 'Hotel'],
    ['Rume', 'Räume'],
    ['Brauerie', 'Brauerei'],
  ])('%s is taken for %s', (typed, meant) => {
    const words = known('Dienstplanung', 'Hotel', 'Räume', 'Brauerei')

    expect(likeliest(fold(typed), words, true)?.shown).toBe(meant)
  })

  test('who writes a capital means no word that records write small', () => {
    expect(likeliest('fechten', known('echten'), true)).toBeUndefined()
    expect(likeliest('fechten', known('echten'), false)?.shown).toBe('echten')
  })

  test.each([
    ['Lager', 'is a word of its own', 'Lagern'],
    ['Frauen', 'is a form of a known word', 'Fragen'],
    ['Werft', 'is a trade that we know', 'Wert'],
    ['Htl', 'is too short', 'Hotel'],
    ['2o25', 'has digits', '2025'],
    ['Mtosle', 'is too far away', 'Hostels'],
  ])('%s %s', (typed, _, word) => {
    expect(likeliest(fold(typed), known(word), true)).toBeUndefined()
  })

  test('the distance is the same in both directions, and none from a word to itself', () => {
    const word = fc.stringMatching(/^[a-f]{0,7}$/)
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, other)).toBe(editDistance(other, one))
        expect(editDistance(one, one)).toBe(0)
        expect(editDistance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length))
      }),
    )
  })
})

describe('verbs', () => {
  test.each([
    ['plant', 'planen'],
    ['planen', 'geplant'],
    ['arbeitet', 'gearbeitet'],
    ['digitalisiert', 'digitalisieren'],
    ['eingeführt', 'einführen'],
    ['übernimmt', 'übernehmen'],
    ['übernehmen', 'übernommen'],
    ['weggeworfen', 'wegwerfen'],
    ['verlieren', 'verlor'],
  ])('%s and %s are one', (form, other) => {
    expect(formsOf(fold(form))).toContain(fold(other))
  })

  test.each(['lager', 'kurs', 'ki'])('%s is none', (word) => {
    expect(formsOf(word)).toEqual([])
  })
})

describe('a question', () => {
  test('has words, phrases in quotes of any kind, and words after a minus', () => {
    const { wanted, unwanted } = readQuestion('Pflege „ohne Betriebsrat“ -Klinik -"große Häuser"')

    expect(wanted.map(({ words, exact }) => [words.join(' '), exact])).toEqual([
      ['pflege', false],
      ['ohne betriebsrat', true],
    ])
    expect(unwanted.map(({ words }) => words.join(' '))).toEqual(['klinik', 'grosse haeuser'])
  })

  test.each([
    ['2016/679', '2016 679'],
    ['2,5', '2 5'],
    ['team@zentrum.example', 'team zentrum example'],
    ['www.zentrum.example', 'www zentrum example'],
  ])('takes %s as one thing', (typed, words) => {
    expect(readQuestion(typed).wanted).toMatchObject([{ words: words.split(' '), exact: true }])
  })

  test.each([
    ['Wie führt man ein ERP-System ein?', ['ein']],
    ['Kunden rufen dauernd an, um Termine zu machen', ['an']],
    ['Wo fangen wir an und was kommt zurück?', ['an', 'zurueck']],
    ['Arbeiten mit KI in einem Betrieb an der Küste', []],
  ])('„%s“: verbs in two parts are told by their first, at the end of a clause', (typed, parts) => {
    expect(readQuestion(typed).particles).toEqual(parts)
  })

  test.each([
    ['Wie können wir Termine besser planen?', true],
    ['was hilft gegen Fachkräftemangel', true],
    ['Dienstplan Pflege', false],
    ['dienstplan in der pflege', false],
    ['Wie gesund', false],
  ])('„%s“: a sentence with things in it: %s', (typed, is) => {
    expect(readQuestion(typed).isSentence).toBe(is)
  })

  test('takes a word with hyphens as it is written and as its words', () => {
    expect(readQuestion('E-Mail').wanted).toMatchObject([
      { words: ['e', 'mail'], joined: 'email', exact: false },
    ])
  })
})
