import { expect, test } from 'vitest'
import { readCaller } from '../../src/web/caller.ts'
import { networkOf } from '../../src/web/rate-limit.ts'

const behind = readCaller(['10.0.0.0/8', '192.0.2.1', '2001:db8:ffff::/48'])

test.each([
  ['no proxy at all', '198.51.100.7', '', '198.51.100.7'],
  ['a stranger who names somebody else', '198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['our proxy', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
  ['our proxy, seen as IPv6', '::ffff:10.1.2.3', '203.0.113.9', '203.0.113.9'],
  ['two proxies of ours', '10.1.2.3', '203.0.113.9, 192.0.2.1', '203.0.113.9'],
  [
    'a caller who wrote a list himself',
    '10.1.2.3',
    '127.0.0.1, 10.9.9.9, 203.0.113.9',
    '203.0.113.9',
  ],
  ['our proxy that names nobody', '10.1.2.3', '', '10.1.2.3'],
  ['our proxy that names nonsense', '10.1.2.3', '203.0.113.9, unknown', '10.1.2.3'],
  ['a proxy that adds the port', '10.1.2.3', '203.0.113.9:4711', '203.0.113.9'],
  ['a proxy that adds the port to IPv6', '10.1.2.3', '[2001:db8::7]:4711', '2001:db8::7'],
  ['our proxy over IPv6', '2001:db8:ffff::1', '2001:db8::7', '2001:db8::7'],
  ['a socket that is gone', '', '203.0.113.9', ''],
])('behind %s the caller is known', (_, connected, forwardedFor, caller) => {
  expect(behind(connected, forwardedFor)).toBe(caller)
})

test('where no proxy is configured, none is believed', () => {
  expect(readCaller([])('127.0.0.1', '203.0.113.9')).toBe('127.0.0.1')
})

test('whoever goes through many addresses of one network stays one caller', () => {
  const callers = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'].map((address) =>
    networkOf(behind('10.1.2.3', address)),
  )

  expect(new Set(callers).size).toBe(1)
})
