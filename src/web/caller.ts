import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Who is calling: the address at the other end of the connection, or, where a trusted proxy stands there, whom it
 * names in `X-Forwarded-For`. That list is read from its end: what stands before the first address that we do not
 * trust was written by that one, who may write anything.
 */
export const readCaller = (trustedProxies: string[]) => {
  const networks = trustedProxies.map(networkIn)
  const isTrusted = (address: Address) =>
    networks.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))

  return (connected: string, forwardedFor: string): string => {
    let caller = addressIn(connected)
    const hops = forwardedFor.split(',').toReversed()
    for (const hop of hops) {
      if (!caller || !isTrusted(caller)) break
      const named = addressIn(hop)
      if (!named) break
      caller = named
    }
    return caller?.toString() ?? connected
  }
}

const networkIn = (text: string): [Address, number] => {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** An address as proxies write it: some add the port. IPv4 within IPv6 is IPv4. */
const addressIn = (text: string): Address | undefined => {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  return ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)
    ? ipaddr.process(bare)
    : undefined
}
