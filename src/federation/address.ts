/** Which network addresses another node may have: those that are reached over the public internet. */
import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address is a public one, of no special use (IANA's special-purpose registries, RFC 6890): no
 * private, shared, link-local, loopback, multicast, documentation, benchmarking or tunnel address. Addresses
 * that carry an IPv4 address (mapped, NAT64) are what that one is. Anything but an IP address is not public.
 */
export const isPublicAddress = (text: string): boolean => {
  const address = parse(text)
  if (!address) return false
  // Of IPv6 only 2000::/3 was ever given out; the rest has names for some of its uses, not for all.
  const givenOut = address.kind() === 'ipv4' || isGlobalUnicast(address as ipaddr.IPv6)
  return givenOut && address.range() === 'unicast'
}

/** Whether an IP address is this machine's own, by whatever way it is written. */
export const isLoopbackAddress = (text: string): boolean => parse(text)?.range() === 'loopback'

const parse = (text: string) => {
  if (!ipaddr.isValid(text)) return undefined
  const address = ipaddr.parse(text)
  return address.kind() === 'ipv6' ? carried(address as ipaddr.IPv6) : address
}

/** `::ffff:0:0/96` (RFC 4291) and `64:ff9b::/96` (RFC 6052) lead to the IPv4 address in their last 32 bits. */
const carriers = ['::ffff:0:0', '64:ff9b::'].map((prefix) => ipaddr.IPv6.parse(prefix))

const carried = (address: ipaddr.IPv6) =>
  carriers.some((prefix) => address.match(prefix, 96))
    ? new ipaddr.IPv4(address.toByteArray().slice(12))
    : address

const isGlobalUnicast = (address: ipaddr.IPv6) => address.match(ipaddr.IPv6.parse('2000::'), 3)
