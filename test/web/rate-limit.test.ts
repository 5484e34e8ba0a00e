import { expect, test } from 'vitest'
import { networkOf, rateLimit } from '../../src/web/rate-limit.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8:0:0:9:8:7:6', '2001:db8:0:0'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
  ['::1', '0:0:0:0'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test('from one network so many calls are welcome in a window, and again in the next', () => {
  const clock = { now: 0 }
  const welcome = rateLimit({ calls: 2, milliseconds: 1_000, now: () => clock.now })

  const calls = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '192.0.2.7'].map(networkOf)
  const first = calls.map(welcome)
  clock.now = 1_000

  expect(first).toEqual([true, true, false, true])
  expect(welcome(networkOf('2001:db8::4'))).toBe(true)
})
