import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OnRecord } from '../../src/exchange/entry.ts'
import { applyOperation, type RecordState } from '../../src/exchange/rules.ts'

const rid = '01890a5d-ac96-774b-bcce-b302099a8057'
const teaser = { title: 'Tischlerei' }

const publish = (ver: number): OnRecord => ({
  op: 'publish',
  rid,
  ver,
  kind: 'case-example',
  len: 2,
  dig: 'A'.repeat(43),
})
const withdraw = (ver: number): OnRecord => ({ op: 'withdraw', rid, ver, reason: 'outdated' })
const erase = (ver: number, continued?: true): OnRecord => ({
  op: 'erase',
  rid,
  ver,
  reason: 'legal',
  ...(continued && { continued }),
})

/** Applies operations one after the other; one that breaks a rule changes nothing. */
const tell = (...operations: OnRecord[]) => {
  let state: RecordState | undefined
  const faults: string[] = []
  operations.forEach((operation, i) => {
    const answer = applyOperation(
      state,
      operation,
      { seq: i + 1, iat: 100 + i },
      operation.op === 'publish' ? teaser : null,
    )
    if (answer.ok) state = answer.state
    else faults.push(answer.fault)
  })
  return { ...state, faults }
}

describe('a record that is published', () => {
  test('shows its newest version and remembers when it first came', () => {
    expect(tell(publish(1), publish(2))).toEqual({
      rid,
      kind: 'case-example',
      ver: 2,
      state: 'published',
      closed: false,
      seq: 2,
      changed: 101,
      first_published: 100,
      teaser,
      faults: [],
    })
  })

  test('may leave out versions that stand in the other feed', () => {
    expect(tell(publish(3), publish(7))).toMatchObject({ ver: 7, faults: [] })
  })

  test.each([1, 2])('never goes back to version %i', (ver) => {
    expect(tell(publish(2), publish(ver))).toMatchObject({
      ver: 2,
      seq: 1,
      faults: ['version-not-rising'],
    })
  })
})

describe('a withdrawal', () => {
  test('takes the newest version out of sight', () => {
    expect(tell(publish(1), withdraw(1))).toMatchObject({
      state: 'withdrawn',
      ver: 1,
      kind: 'case-example',
      teaser: null,
      faults: [],
    })
  })

  test('is undone by a later version, and by no older one', () => {
    expect(tell(publish(1), withdraw(1), publish(2))).toMatchObject({
      state: 'published',
      ver: 2,
      teaser,
      faults: [],
    })
    expect(tell(publish(1), withdraw(1), publish(1))).toMatchObject({
      state: 'withdrawn',
      faults: ['version-not-rising'],
    })
  })

  test.each([
    ['of a record that is unknown', [withdraw(1)], 'record-unknown'],
    ['of an older version', [publish(1), publish(2), withdraw(1)], 'version-not-newest'],
    ['of a version to come', [publish(1), withdraw(2)], 'version-not-newest'],
    ['said twice', [publish(1), withdraw(1), withdraw(1)], 'not-published'],
    ['after an erasure', [publish(1), erase(1), withdraw(1)], 'not-published'],
    ['of a closed record', [publish(1), erase(0), withdraw(1)], 'record-closed'],
  ])('%s has no effect', (_, operations, fault) => {
    const before = tell(...operations.slice(0, -1))

    expect(tell(...operations)).toEqual({ ...before, faults: [fault] })
  })
})

describe('an erasure', () => {
  test('of the newest version leaves nothing to be shown, whatever stood before', () => {
    expect(tell(publish(1), publish(2), erase(2))).toMatchObject({
      state: 'erased',
      ver: 2,
      closed: false,
      teaser: null,
      faults: [],
    })
  })

  test('of an older version changes nothing that readers see', () => {
    const before = tell(publish(1), publish(2))

    expect(tell(publish(1), publish(2), erase(1))).toEqual(before)
  })

  test('of one version makes room for the next', () => {
    expect(tell(publish(1), erase(1), publish(1), publish(2))).toMatchObject({
      state: 'published',
      ver: 2,
      faults: ['version-not-rising'],
    })
  })

  test('of a withdrawn version leaves it erased', () => {
    expect(tell(publish(1), withdraw(1), erase(1))).toMatchObject({ state: 'erased', faults: [] })
  })

  test('of all versions closes the record for ever', () => {
    expect(tell(publish(1), publish(2), erase(0), publish(3))).toMatchObject({
      state: 'erased',
      closed: true,
      ver: 2,
      faults: ['record-closed'],
    })
  })

  test('of all versions that is continued does not close it', () => {
    expect(tell(publish(1), erase(0, true), publish(2))).toMatchObject({
      state: 'published',
      closed: false,
      ver: 2,
      faults: [],
    })
  })

  test('once closed, a record is not opened again by an erasure that is continued', () => {
    expect(tell(publish(1), erase(0), erase(0, true), publish(2))).toMatchObject({
      closed: true,
      faults: ['record-closed'],
    })
    expect(tell(publish(1), erase(0), erase(1), publish(2))).toMatchObject({
      closed: true,
      faults: ['record-closed'],
    })
  })

  test('of a version to come is a fault', () => {
    expect(tell(publish(1), erase(2))).toMatchObject({
      state: 'published',
      faults: ['version-unknown'],
    })
  })

  test('of what this chain does not know stands: after a new epoch it repeats an older one', () => {
    expect(tell(erase(0), publish(1))).toMatchObject({
      state: 'erased',
      closed: true,
      kind: null,
      faults: ['record-closed'],
    })
    expect(tell(erase(3), publish(3), publish(4))).toMatchObject({
      state: 'published',
      ver: 4,
      faults: ['version-not-rising'],
    })
  })
})

test('whatever happens: versions never fall, a closed record stays closed, only what is published is shown', () => {
  const ver = fc.integer({ min: 1, max: 4 })
  const operation = fc.oneof(
    ver.map(publish),
    ver.map(withdraw),
    fc.integer({ min: 0, max: 4 }).map((n) => erase(n)),
    fc.constant(erase(0, true)),
  )

  fc.assert(
    fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
      for (let n = 1; n <= operations.length; n++) {
        const before = tell(...operations.slice(0, n - 1))
        const after = tell(...operations.slice(0, n))

        expect(after.ver ?? 0).toBeGreaterThanOrEqual(before.ver ?? 0)
        if (before.closed) expect(after).toMatchObject({ closed: true, state: 'erased' })
        if (after.teaser) expect(after.state).toBe('published')
        if (after.faults.length > before.faults.length) {
          expect({ ...after, faults: [] }).toEqual({ ...before, faults: [] })
        }
      }
    }),
  )
})
