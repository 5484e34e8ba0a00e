/** Bringing an own feed back to what was signed last, where journal and database no longer say the same. */
import type { Centre } from '../federation/centre.ts'
import { learnTrust } from '../federation/learn.ts'
import type { FeedName } from '../federation/statement.ts'
import { centreById } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { unverifiedPayload } from '../signing/unverified.ts'
import { contradictedByNote } from './fork.ts'
import { compareHoldings } from './gossip.ts'
import { askHolders, fetchBack, type Holder, hasNothingMore } from './holders.ts'
import { logEnd } from './log-store.ts'
import { pullOf } from './pull-page.ts'
import { type Standing, standingOf } from './standing.ts'
import { type EntryAt, entryAt, type HeldFeed } from './store.ts'
import { type SigningHub, signingHub } from './turn.ts'

/** Where an own feed stands after it was tried to bring it back, and who was asked. */
export interface Recovery {
  standing: Standing
  holders: Holder[]
}

/**
 * Fetches back what this database forgot of an own feed, from whoever holds it. Where nobody here knows what was
 * signed last, every active centre must have answered; then the journal begins anew at the end of the feed.
 * Undefined where the feed is not known yet. To be called in the feed's turn.
 */
export const recoverFeed = async (
  hub: SigningHub,
  iss: string,
  name: FeedName,
): Promise<Recovery | undefined> => {
  const before = await lookWithTrust(hub, iss, name)
  if (!before) return undefined
  if (!isOpen(before.standing)) {
    await proveContradiction(hub, before)
    return { standing: before.standing, holders: [] }
  }
  const holders = await askHolders(hub, before.standing.feed)
  await fetchBack(hub, before, holders, async () => {
    const now = await look(hub, iss, name)
    return now !== undefined && !isOpen(now.standing)
  })
  await followOthers(hub, before.standing.feed, holders)
  const after = (await look(hub, iss, name)) ?? before
  await proveContradiction(hub, after)
  const { standing } = after
  // What the present epoch lacks is another question than what an earlier one did.
  if (before.standing.is === 'incomplete' && standing.is !== 'incomplete') {
    return recoverFeed(hub, iss, name)
  }
  if (standing.is === 'uncertain' && holders.every(hasNothingMore)) {
    await noteEnd(hub, standing.feed)
  }
  return { standing, holders }
}

/** Where journal and database tell two histories, both signed here, the proof is kept, and served to everybody. */
const proveContradiction = async (hub: SigningHub, { centre, standing }: Look) => {
  const { is, feed, last } = standing
  if (is !== 'contradictory' || !last) return
  const pull = await pullOf(hub, centre, feed, centre.entries_endpoint)
  if (pull) await contradictedByNote(pull, last)
}

/** The same with what others hold at a number that is held here. */
const followOthers = async (hub: Hub, feed: HeldFeed, holders: Holder[]) => {
  for (const { endpoint } of holders.filter(({ holds }) => holds === 'other')) {
    await compareHoldings(hub, { ...feed, dig: '' }, endpoint)
  }
}

interface Look {
  centre: Centre
  standing: Standing
}

const look = async (hub: SigningHub, iss: string, name: FeedName): Promise<Look | undefined> => {
  const centre = await centreById(hub.sql, iss)
  const standing = centre && (await standingOf(hub.sql, hub.journal, centre, name))
  return standing && { centre, standing }
}

/** What the database forgot may be what the anchor stated: a new epoch. */
const lookWithTrust = async (hub: SigningHub, iss: string, name: FeedName) => {
  const found = await look(hub, iss, name)
  if (!found || !isAhead(found.standing)) return found
  await learnTrust(hub)
  return look(hub, iss, name)
}

const isAhead = ({ last, feed }: Standing) => (last?.epoch ?? 0) > feed.epoch
const isOpen = ({ is }: Standing) => ['forgotten', 'incomplete', 'uncertain'].includes(is)

/**
 * An operator vouches that nothing was signed in a feed after this number, which is the last one held here.
 * Possible only where nobody here knows better: what the journal remembers cannot be unsaid.
 */
export const acceptEnd = (hub: Hub, iss: string, name: FeedName, seq: number): Promise<void> => {
  const signing = signingHub(hub)
  return signing.journal.inTurn(iss, name, async () => {
    const standing = (await look(signing, iss, name))?.standing
    if (standing?.is !== 'uncertain') throw new Problem('conflict', notUncertain)
    const { size } = standing.feed
    if (size !== seq) {
      throw new Problem('conflict', `Die Nummer des letzten Eintrags hier ist ${size}.`)
    }
    await noteEnd(signing, standing.feed)
  })
}

const notUncertain =
  'Hier gibt es nichts zu bestätigen: Was zuletzt unterschrieben wurde, sagt das Unterschriftenbuch.'

/** The journal goes on from the last entry that is held. */
export const noteEnd = async (hub: SigningHub, feed: HeldFeed) => {
  const { iss, epoch, size: seq, dig } = feed
  const [end] = await logEnd(hub.sql)
  const [entry] = await entryAt(hub.sql, feed.id, seq)
  if (!end || (!entry && seq > 0)) throw new Error('the last entry is not there')
  const mark = { life: end.life, position: end.position }
  await hub.journal.note(iss, feed.feed, { epoch, seq, dig, mark, ...notedOf(entry) })
}

const notedOf = (entry: EntryAt | undefined) => {
  if (!entry) return { prev: '', jws: '' }
  const { jws, content, salt, local } = entry
  return {
    prev: String(unverifiedPayload(jws)?.prev),
    jws,
    ...(content && salt && { content: text(content), salt: text(salt) }),
    ...(local && { local }),
  }
}

const text = (bytes: Buffer) => bytes.toString('base64url')

/** Why a feed is not signed on, for the person who wanted to. */
export const whyNot = ({ standing, holders }: Recovery): string => {
  const { is, feed, last } = standing
  const asked = holders.filter((holder) => !hasNothingMore(holder)).flatMap(({ names }) => names)
  const missing = asked.length > 0 ? `ohne Auskunft von: ${asked.join(', ')}` : 'niemand hat mehr'
  switch (is) {
    case 'forgotten':
      return `Das Unterschriftenbuch reicht bis Eintrag ${last?.seq} (Epoche ${last?.epoch}), die Datenbank nur bis ${feed.size} (Epoche ${feed.epoch}): Sie wurde aus einer älteren Sicherung wiederhergestellt, und kein anderer Knoten konnte das Fehlende liefern (${missing}). ${advice}`
    case 'incomplete':
      return `Von Epoche ${feed.epoch} sind hier nur ${feed.size} Einträge, und kein anderer Knoten konnte die übrigen liefern (${missing}). ${advice}`
    case 'uncertain':
      return `Das Unterschriftenbuch fehlt oder ist veraltet. Ob nach Eintrag ${feed.size} noch etwas unterschrieben wurde, ist nicht gewiss (${missing}). ${advice}`
    default:
      return `Das Unterschriftenbuch und die Datenbank nennen verschiedene Einträge unter derselben Nummer. ${advice}`
  }
}

const advice = 'Was zu tun ist, sagt „transfernetz recover“.'
