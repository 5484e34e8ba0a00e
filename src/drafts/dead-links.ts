/** Links that lead nowhere. They are asked as other nodes are: public addresses only, briefly, without following. */
import { type PeerReason, requestPeer } from '../federation/peer.ts'
import type { Hub } from '../hub.ts'
import type { Finding } from './checks.ts'
import type { PlacedText } from './texts.ts'

/** So many are asked, and each so long (milliseconds). */
const most = 20
const patience = 3_000

const inText = /https:\/\/[^\s<>()"'\]]{1,2000}/g

export const deadLinksIn = async (
  hub: Pick<Hub, 'fetch'>,
  texts: PlacedText[],
): Promise<Finding[]> => {
  const links = texts
    .filter(({ look }) => look.as === 'link' || look.as === 'text')
    .flatMap(({ path, field, text }) =>
      [...text.matchAll(inText)].map(([url]) => ({
        path,
        field,
        url: url.replace(/[.,;:!?]+$/, ''),
      })),
    )
    .filter(({ url }) => URL.canParse(url))
  const findings = await Promise.all(
    links.slice(0, most).map(async ({ path, field, url }) => {
      const trouble = await troubleWith(hub, url)
      const message = `Im Feld „${field.label}“ führt ein Link ins Leere: ${url} (${trouble}).`
      return trouble ? [{ level: 'warning' as const, path, message }] : []
    }),
  )
  return findings.flat()
}

/** Whoever declines to answer us may still answer a reader. */
const troubleWith = async ({ fetch }: Pick<Hub, 'fetch'>, url: string) => {
  // Whatever host a writer names: this is not about other nodes.
  const answer = await requestPeer({ fetch }, url, { method: 'HEAD' }, patience)
  if ('reason' in answer) return troubles[answer.reason] ?? 'nicht erreichbar'
  await answer.body?.cancel().catch(() => undefined)
  return answer.status === 404 || answer.status === 410 ? 'die Seite gibt es nicht' : undefined
}

const troubles: Partial<Record<PeerReason, string>> = {
  'too-slow': 'antwortet nicht',
  address: 'keine öffentliche Adresse',
}
