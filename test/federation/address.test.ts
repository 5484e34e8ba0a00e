import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from '../../src/federation/address.ts'

describe('an address of special use is not public', () => {
  test.each([
    ['this network', '0.0.0.0'],
    ['this network', '0.255.255.255'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared by carriers (RFC 6598)', '100.64.0.1'],
    ['shared by carriers (RFC 6598)', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local, of cloud metadata', '169.254.169.254'],
    ['protocol assignments', '192.0.0.8'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['6to4 relays', '192.88.99.1'],
    ['benchmarking', '198.18.0.1'],
    ['benchmarking', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-compatible, long deprecated', '::127.0.0.1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped private', '::ffff:a00:1'],
    ['IPv4-translated', '::ffff:0:8.8.8.8'],
    ['NAT64 of a loopback', '64:ff9b::7f00:1'],
    ['NAT64 of a private address', '64:ff9b::192.168.0.1'],
    ['NAT64 of a network of its own', '64:ff9b:1::808:808'],
    ['discard-only', '100::1'],
    ['Teredo', '2001::1'],
    ['ORCHID', '2001:20::1'],
    ['benchmarking', '2001:2::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['6to4', '2002:7f00:1::1'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fd12:3456:789a::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local, deprecated', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['never given out', '4000::1'],
    ['no address', 'localhost'],
    ['no address', ''],
    ['a network', '8.8.8.0/24'],
  ])('%s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

test.each([
  '8.8.8.8',
  '100.63.255.255',
  '172.32.0.1',
  '192.0.1.1',
  '198.20.0.1',
  '2a02:2e0::1',
  '2001:4860:4860::8888',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('the same IPv4 address is judged the same however it is carried', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const judged = isPublicAddress(address)

      expect(isPublicAddress(`::ffff:${address}`)).toBe(judged)
      expect(isPublicAddress(`64:ff9b::${address}`)).toBe(judged)
    }),
  )
})

test('this machine itself is recognised, and nothing else is', () => {
  const own = ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1']
  const others = ['0.0.0.0', '::', '10.0.0.1', '128.0.0.1', '::2', 'localhost']

  expect(own.filter(isLoopbackAddress)).toEqual(own)
  expect(others.filter(isLoopbackAddress)).toEqual([])
})
