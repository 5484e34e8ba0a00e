/** Signing with another centre's record from the command line. */
import { ConfigError } from '../config.ts'
import { type Endorsement, RecordId, Role, roles } from '../exchange/entry.ts'
import type { Hub } from '../hub.ts'
import { endorse } from '../publications/endorse.ts'
import { ownersOf } from '../publications/store.ts'
import { say } from './say.ts'
import { withSigner } from './with-hub.ts'

const said: Record<Endorsement['op'], Record<Role, string>> = {
  endorse: { party: 'Mitgezeichnet', shelf: 'Ins bundesweite Regal gestellt' },
  decline: { party: 'Mitzeichnung abgelehnt', shelf: 'Nicht für das bundesweite Regal' },
  retract: { party: 'Mitzeichnung zurückgenommen', shelf: 'Aus dem Regal genommen' },
}

export const endorseRecord = async (
  env: Record<string, string | undefined>,
  op: Endorsement['op'],
  record: string,
  options: { centre: string; role: string },
): Promise<number> => {
  const role = Role.safeParse(options.role).data
  if (!role) throw new ConfigError(`Als Rolle gilt nur: ${roles.join(', ')}.`)
  const { rid, slug } = readRecord(record)
  const { ver, seq } = await withSigner(env, options.centre, async (hub, iss) =>
    endorse(hub, op, { iss, of: slug ?? (await onlyOwner(hub, rid)), rid, role }),
  )
  say(`${said[op][role]}: Beitrag ${rid}, Fassung ${ver}; Eintrag ${seq}.`)
  return 0
}

/** `RID`, `SLUG/RID` or the address of the record's page. */
const readRecord = (text: string) => {
  const [rid, slug] = text.split('/').toReversed()
  if (RecordId.safeParse(rid).success) return { rid: rid ?? '', slug }
  throw new ConfigError(
    `„${text}“ nennt keinen Beitrag: seine Kennung (UUID der Version 7), auch mit dem Kürzel seines Zentrums davor, oder die Adresse seiner Seite.`,
  )
}

/** Nobody can take another's id, but anybody may use it again for a record of its own. */
const onlyOwner = async (hub: Hub, rid: string) => {
  const [owner, ...others] = await ownersOf(hub.sql, rid)
  if (!owner) throw new ConfigError(`Einen Beitrag ${rid} gibt es auf diesem Knoten nicht.`)
  if (others.length === 0) return owner.slug
  const slugs = [owner, ...others].map(({ slug }) => `${slug}/${rid}`)
  throw new ConfigError(`Es gibt mehrere Beiträge mit dieser Kennung: ${slugs.join(', ')}.`)
}
