/** Sends people what they were told, to the addresses they gave. */
import type { Hub } from '../hub.ts'
import { noteSent, sendLater, takeUnsent, type UnsentMessage } from './message-store.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds after which somebody else may try, should this process die meanwhile. */
const mine = 10 * minute

/** After the first failure five minutes, then twice as long each time. */
const pauseAfter = (tries: number) => Math.min(5 * minute * 2 ** (tries - 1), day / 2)

/** One after the other: a mail server wants it so. Whoever dies between sending and noting it sends it twice. */
export const sendMail = async (hub: Hub): Promise<void> => {
  if (!hub.mail) return
  const now = hub.now()
  const unsent = await takeUnsent(hub.sql, now, { again: now + mine, news: now - 2 * day })
  for (const message of unsent) await send(hub, hub.mail, message)
}

const send = async (hub: Hub, mail: NonNullable<Hub['mail']>, message: UnsentMessage) => {
  const { id, email, subject, tries } = message
  try {
    await mail({ id, to: email, subject, text: letterOf(hub, message) })
    await noteSent(hub.sql, id)
  } catch (error) {
    // Without its text: it may repeat the address.
    const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
    hub.log.warn({ message: id, code, responseCode, tries }, 'an e-mail could not be sent')
    await sendLater(hub.sql, id, hub.now() + pauseAfter(tries))
  }
}

const letterOf = ({ config }: Hub, { name, text, path }: UnsentMessage) =>
  `Guten Tag${name ? ` ${name}` : ''},

${text}

${config.origin}${path}

Diese Nachricht hat das Transfernetz verschickt. Ob Sie solche E-Mails bekommen, entscheiden Sie hier:
${config.origin}/arbeit/nachrichten
`
