/** Verifying what is on record for a centre. */
import { verifyAudit } from '../staff/audit.ts'
import { complain, say } from './say.ts'
import { withCentre } from './with-hub.ts'

type Env = Record<string, string | undefined>

const broken = {
  gap: 'dort fehlt ein Eintrag',
  digest: 'dieser Eintrag oder sein Fingerabdruck wurde verändert',
  end: 'Einträge am Ende fehlen oder wurden ausgetauscht',
}

export const verifyRecord = async (
  env: Env,
  { centre, known }: { centre: string; known?: string },
): Promise<number> => {
  const proof = await withCentre(env, centre, (hub) => verifyAudit(hub, centre, known))
  if (!proof.ok) {
    complain(`Das Protokoll ist bei Nr. ${proof.seq} gebrochen: ${broken[proof.reason]}.`)
    return 1
  }
  say(`Das Protokoll ist unversehrt: ${proof.entries} Einträge.`)
  say(`Fingerabdruck des letzten: ${proof.dig}`)
  if (proof.known) return 0
  complain(`Der Fingerabdruck ${known} steht nicht darin.`)
  return 1
}
