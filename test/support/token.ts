/** Tokens as a stranger might write them. */

export const base64url = (bytes: string | Uint8Array | number[]) =>
  (typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes)).toString('base64url')

/** A token of any header, payload and signature, given as JSON texts: nobody signed it. */
export const tokenOf = (header: string, payload: string, signature = 'signature') =>
  [header, payload, signature].map(base64url).join('.')

/** The payload of a token, unverified. */
// biome-ignore lint/suspicious/noExplicitAny: tests read and bend every member
export const payloadOf = (token: string): any =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** The same signed bytes under the other valid signature: ECDSA takes n − s as well as s. */
export const otherSignature = (token: string) => {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  const s = order - BigInt(`0x${signature.toString('hex', 32)}`)
  signature.write(s.toString(16).padStart(64, '0'), 32, 'hex')
  return `${token.slice(0, end)}.${signature.toString('base64url')}`
}

/** The same token with one of its three parts replaced. */
export const withPart = (token: string, part: 0 | 1 | 2, text: string) =>
  token
    .split('.')
    .map((old, i) => (i === part ? text : old))
    .join('.')
