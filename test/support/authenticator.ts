/** A device with a passkey, as far as a server sees it: ES256, no attestation. */
import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signWith,
} from 'node:crypto'

interface Options {
  challenge: string
  user?: { id: string }
}

/** What a dishonest or odd device or page would do otherwise. */
export interface Oddity {
  origin?: string
  rpId?: string
  /** Whether PIN, finger or face were asked for. */
  verified?: boolean
  userHandle?: string
}

export interface Authenticator {
  /** How often it was used; 0 for ever unless somebody sets it. */
  counter: number
  id: string
  create(options: Options, oddity?: Oddity): string
  get(options: Options, oddity?: Oddity): string
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const base64url = (bytes: Buffer) => bytes.toString('base64url')

/** One credential at the site of `origin`. */
export const openAuthenticator = (origin: string): Authenticator => {
  const id = randomBytes(16)
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let handle = ''

  const clientData = (type: string, { challenge }: Options, { origin: said = origin }: Oddity) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: said, crossOrigin: false }))

  const authenticator: Authenticator = {
    counter: 0,
    id: base64url(id),
    create: (options, oddity = {}) => {
      handle = options.user?.id ?? ''
      const attested = Buffer.concat([Buffer.alloc(16), size(id.length), id, coseOf(publicKey)])
      const data = Buffer.concat([dataOf(authenticator, origin, oddity, 0x40), attested])
      return answer(id, {
        clientDataJSON: base64url(clientData('webauthn.create', options, oddity)),
        attestationObject: base64url(attestationOf(data)),
        transports: ['internal'],
      })
    },
    get: (options, oddity = {}) => {
      const client = clientData('webauthn.get', options, oddity)
      const data = dataOf(authenticator, origin, oddity, 0)
      const signed = Buffer.concat([data, sha256(client)])
      return answer(id, {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(signWith('sha256', signed, privateKey)),
        userHandle: oddity.userHandle ?? handle,
      })
    },
  }
  return authenticator
}

const answer = (id: Buffer, response: object) =>
  JSON.stringify({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })

/** Two bytes, big-endian. */
const size = (length: number) => Buffer.from([length >> 8, length & 0xff])

/** Relying party, flags (present 1, verified 4, attested 0x40), counter. */
const dataOf = (
  { counter }: Authenticator,
  origin: string,
  { rpId = new URL(origin).hostname, verified = true }: Oddity,
  flags: number,
) => {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([sha256(rpId), Buffer.from([flags | 1 | (verified ? 4 : 0)]), count])
}

/** CBOR of {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053). */
const coseOf = (key: KeyObject) => {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
}

/** CBOR of {fmt: "none", attStmt: {}, authData}. */
const attestationOf = (data: Buffer) =>
  Buffer.concat([
    Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
    Buffer.from([0x59]),
    size(data.length),
    data,
  ])
