import { say } from './say.ts'
import { withEvery } from './with-hub.ts'

/** Takes what was erased out of the files of the databases too. */
export const purgeFiles = async (env: Record<string, string | undefined>): Promise<number> => {
  const nodes = await withEvery(env, async (hub) => ({
    origin: hub.config.origin,
    done: await hub.purge(),
  }))
  for (const { origin, done } of nodes) {
    say(
      done
        ? `${origin}: Gelöschtes ist auch aus den Dateien der Datenbank entfernt.`
        : `${origin}: Die Tabellen sind neu geschrieben; die alten Dateien gehen mit dem nächsten Checkpoint der Datenbank, meist binnen Minuten.`,
    )
  }
  return 0
}
