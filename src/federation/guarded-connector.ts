/** Connecting to other nodes: by their names in the DNS, at public addresses only. */
import { Resolver } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { PeerFault } from './peer.ts'

/** Milliseconds for a connection, lookup and TLS handshake included. */
const timeout = 5_000

/**
 * The address that was checked is the one connected to: a name is looked up once for each connection, and
 * whatever it means later, a connection that is kept stays where it is. One bad address spoils the name.
 */
export const guardedConnector = (
  isAllowed: (address: string) => boolean,
  resolve: (host: string) => Promise<string[]>,
): buildConnector.connector => {
  const check = (addresses: string[]) => {
    if (!addresses.every(isAllowed)) throw new PeerFault('address')
    return addresses.map((address) => ({ address, family: isIP(address) }))
  }
  const lookup: LookupFunction = (host, _, found) => {
    resolve(host)
      .then(check)
      .then(
        (addresses) => found(null, addresses),
        (error) => found(error, []),
      )
  }
  const connect = buildConnector({
    lookup,
    autoSelectFamily: true,
    timeout,
    // Whatever the environment says.
    rejectUnauthorized: true,
  })
  return (options, done) => {
    // An address is not looked up: Node connects to it at once.
    const refused = isIP(options.hostname) !== 0 && !isAllowed(options.hostname)
    if (refused) done(new PeerFault('address'), null)
    else connect(options, done)
  }
}

/**
 * From the DNS, not from the operating system: its lookups occupy one of the process's four threads for as
 * long as the name server of a hostile peer cares to be silent, and signatures are checked on these threads.
 */
export const addressesOf = async (host: string): Promise<string[]> => {
  // RFC 6761, section 6.3: this name is never asked of the DNS.
  if (host === 'localhost') return ['127.0.0.1', '::1']
  const resolver = new Resolver({ timeout: 1_500, tries: 2 })
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  if (addresses.length === 0) throw new PeerFault('unreachable')
  return addresses
}
