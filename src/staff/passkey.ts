/** Passkeys (WebAuthn): what a browser is asked for, and judging what it answers. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { parseObject } from '../signing/json.ts'
import type { NewPasskey, StoredPasskey } from './store.ts'

/** Milliseconds that a challenge can be answered. */
const patience = 10 * 60_000

/** What the page holds for the script, and what it sends back, sealed, so that nothing of it is kept here. */
export interface Ceremony {
  options: object
  ceremony: string
}

const Sealed = z.strictObject({
  challenge: z.string(),
  /** Milliseconds since 1970. */
  until: z.int(),
  /** For whom the passkey is made. */
  person: z.string(),
  /** What it is made with: the id of an invitation, or nothing. */
  invitation: z.string(),
})
type Sealed = z.infer<typeof Sealed>

/** EdDSA, ES256, RS256 (COSE): what authenticators have. */
const supportedAlgorithmIDs = [-8, -7, -257]

const site = (hub: Hub) => ({
  expectedOrigin: hub.config.origin,
  expectedRPID: new URL(hub.config.origin).hostname,
})

/** Asks for a new passkey: one that its device finds by itself, and that asks for PIN, finger or face. */
export const offerPasskey = async (
  hub: Hub,
  who: { person: string; name: string; invitation?: string; known?: StoredPasskeyId[] },
): Promise<Ceremony> => {
  const options = await generateRegistrationOptions({
    rpName: 'Transfernetz',
    rpID: new URL(hub.config.origin).hostname,
    userName: who.name || 'Transfernetz',
    userDisplayName: who.name,
    userID: handleOf(who.person),
    excludeCredentials: who.known ?? [],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs,
    timeout: patience,
  })
  const { person, invitation = '' } = who
  return { options, ceremony: await sealed(hub, options.challenge, person, invitation) }
}

type StoredPasskeyId = { id: string; transports: string[] }

/** Asks for any passkey of this site. */
export const askForPasskey = async (hub: Hub): Promise<Ceremony> => {
  const options = await generateAuthenticationOptions({
    rpID: new URL(hub.config.origin).hostname,
    userVerification: 'required',
    timeout: patience,
  })
  return { options, ceremony: await sealed(hub, options.challenge, '', '') }
}

const purpose = 'passkey'

const sealed = (hub: Hub, challenge: string, person: string, invitation: string) => {
  const content: Sealed = { challenge, until: hub.now() + patience, person, invitation }
  return hub.keys.sealText(purpose, JSON.stringify(content))
}

/** What we asked, as long as it can be answered. */
export const openCeremony = async (hub: Hub, ceremony: string): Promise<Sealed | undefined> => {
  const text = await hub.keys.openText(purpose, ceremony)
  const content = text === undefined ? undefined : Sealed.parse(JSON.parse(text))
  return content && content.until > hub.now() ? content : undefined
}

/** A person's id in the 16 bytes that the device keeps with the passkey. */
const handleOf = (person: string) => Uint8Array.from(Buffer.from(person.replaceAll('-', ''), 'hex'))

/** The new passkey in an answer; undefined where it is none to what we asked. */
export const judgeNewPasskey = async (
  hub: Hub,
  { challenge }: Pick<Sealed, 'challenge'>,
  answer: string,
  device: string,
): Promise<NewPasskey | undefined> => {
  // The library looks at each member itself and rejects what is not as it must be.
  const response = parseObject(answer) as unknown as RegistrationResponseJSON | undefined
  if (!response) return undefined
  const verified = await verifyRegistrationResponse({
    ...site(hub),
    response,
    expectedChallenge: challenge,
    supportedAlgorithmIDs,
    requireUserVerification: true,
  }).catch((err: unknown) => hub.log.info({ err }, 'a new passkey was refused'))
  if (!verified?.verified) return undefined
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
  return {
    id,
    publicKey: Buffer.from(publicKey).toString('base64'),
    counter,
    transports: transports.filter((transport) => knownTransports.includes(transport)),
    device,
  }
}

/** How a passkey reaches its browser (WebAuthn Level 3, 5.8.4). The browser says it; nobody signs it. */
const knownTransports: string[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

/** Which passkey an answer claims to be of; undefined where it is no answer. */
export const claimedPasskey = (answer: string) => {
  const id = parseObject(answer)?.id
  return typeof id === 'string' && id.length <= 1400 ? id : undefined
}

/** How often the passkey says it was used; undefined where the answer is not its, or not to what we asked. */
export const judgePasskey = async (
  hub: Hub,
  { challenge }: Pick<Sealed, 'challenge'>,
  answer: string,
  passkey: StoredPasskey,
): Promise<number | undefined> => {
  // As above.
  const response = parseObject(answer) as unknown as AuthenticationResponseJSON
  const owner = Buffer.from(handleOf(passkey.person)).toString('base64url')
  const verified = await verifyAuthenticationResponse({
    ...site(hub),
    response,
    expectedChallenge: challenge,
    credential: {
      id: passkey.id,
      publicKey: Uint8Array.from(passkey.public_key),
      // That it rises is for the database to see, which knows the newest.
      counter: 0,
    },
    requireUserVerification: true,
  }).catch((err: unknown) => hub.log.info({ err }, 'a passkey was refused'))
  if (!verified?.verified || response.response.userHandle !== owner) return undefined
  return verified.authenticationInfo.newCounter
}
