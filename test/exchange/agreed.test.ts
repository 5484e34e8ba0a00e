import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spansOf } from '../../src/exchange/agreed.ts'
import type { KnowledgeExchange } from '../../src/federation/statement.ts'

type Stated = Parameters<typeof spansOf>[0]
type Epochs = KnowledgeExchange['feeds']['public']

const base = (epoch: number, seq: number, dig = `${epoch}@${seq}`) => ({ epoch, seq, dig })
const none = { epoch: 0, seq: 0, dig: '' }

const stated = (epochs: Epochs, more: object = {}): Stated => ({
  status: 'active',
  jwks: { keys: [] },
  feeds: { public: epochs, members: epochs },
  ...more,
})

const ends = (centre: Stated) =>
  spansOf(centre, 'public').map(({ epoch, end }) => [epoch, end?.seq])

describe('what counts of a feed', () => {
  test('is all of the only epoch', () => {
    expect(ends(stated([{ epoch: 1, base: none }]))).toEqual([[1, undefined]])
  })

  test('is each closed epoch up to its base, then the current one', () => {
    const epochs = [
      { epoch: 1, base: none },
      { epoch: 2, base: base(1, 7) },
      { epoch: 3, base: base(2, 4) },
    ]

    expect(ends(stated(epochs))).toEqual([
      [1, 7],
      [2, 4],
      [3, undefined],
    ])
  })

  test('is nothing of epochs that no base leads to', () => {
    const epochs = [
      { epoch: 1, base: none },
      { epoch: 2, base: base(1, 7) },
      { epoch: 3, base: base(1, 5) },
    ]

    expect(ends(stated(epochs))).toEqual([
      [1, 5],
      [2, 0],
      [3, undefined],
    ])
  })

  test('is nothing of all former epochs where nothing was agreed', () => {
    const epochs = [
      { epoch: 1, base: none },
      { epoch: 2, base: none },
    ]

    expect(ends(stated(epochs))).toEqual([
      [1, 0],
      [2, undefined],
    ])
  })

  test.each(['suspended', 'ended'])('of a centre that is %s ends at its cut', (status) => {
    const epochs = [
      { epoch: 1, base: none },
      { epoch: 2, base: base(1, 7) },
      { epoch: 3, base: base(2, 9) },
    ]
    const valid_through = [{ feed: 'public', epoch: 2, seq: 3, dig: 'x' }]
    const centre = stated(epochs, { status, valid_through })

    expect(ends(centre)).toEqual([
      [1, 7],
      [2, 3],
      [3, 0],
    ])
    expect(spansOf(centre, 'members').map(({ end }) => end?.seq)).toEqual([0, 0, 0])
  })

  test('has to pass the entries at which keys were cut, as far as they count', () => {
    const cut = (seq: number) => [{ feed: 'public', epoch: 1, seq, dig: `cut ${seq}` }]
    const key = (seq: number) => ({ use: 'sig', valid_through: cut(seq) })
    const epochs = [
      { epoch: 1, base: none },
      { epoch: 2, base: base(1, 7) },
    ]
    const keys = { jwks: { keys: [key(5), key(0), key(9), key(2)] } }

    const [first, second] = spansOf(stated(epochs, keys), 'public')

    expect(first?.points).toEqual([
      { seq: 2, dig: 'cut 2' },
      { seq: 5, dig: 'cut 5' },
      { seq: 7, dig: '1@7' },
    ])
    expect(second?.points).toEqual([])
  })

  test('leads from the current epoch back to the first without a gap, whatever the bases are', () => {
    const bases = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 20 })), { maxLength: 8 })
    fc.assert(
      fc.property(bases, (list) => {
        const epochs = [
          { epoch: 1, base: none },
          ...list.map(([pick, seq], i) => ({
            epoch: i + 2,
            base: base(1 + (pick % (i + 1)), seq),
          })),
        ]

        const spans = spansOf(stated(epochs), 'public')

        expect(spans.filter(({ end }) => !end).map(({ epoch }) => epoch)).toEqual([epochs.length])
        // Each epoch that counts begins on the end of the one before that counts.
        const counting = spans.filter(({ end }) => end?.seq !== 0)
        const follows = counting.slice(1).every((span, i) => {
          const { end } = counting[i] ?? {}
          const began = epochs.find(({ epoch }) => epoch === span.epoch)?.base
          return began?.seq === 0 || end?.dig === began?.dig
        })
        expect(follows).toBe(true)
      }),
    )
  })
})
