/** Networks remembered at most; beyond, all are forgotten, which costs less than remembering without bound. */
const most = 10_000

/** So many calls per window from one network. Answers whether a call is welcome. */
export const rateLimit = ({
  calls,
  milliseconds,
  now,
}: {
  calls: number
  milliseconds: number
  now: () => number
}) => {
  let window = 0
  const counts = new Map<string, number>()

  return (network: string) => {
    const current = Math.floor(now() / milliseconds)
    if (current !== window || counts.size > most) counts.clear()
    window = current
    const count = (counts.get(network) ?? 0) + 1
    counts.set(network, count)
    return count <= calls
  }
}

/** The first 64 bits of an IPv6 address; an IPv4 address as it is. */
export const networkOf = (address: string) =>
  address.includes('.') ? address.replace(/^.*:/, '') : groupsOf(address).slice(0, 4).join(':')

/** The eight groups of an IPv6 address, the zeros that `::` stands for among them. */
const groupsOf = (address: string) => {
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...zeros, ...tail]
}
