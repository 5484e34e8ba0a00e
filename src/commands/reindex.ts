import { recountFigures } from '../insight/store.ts'
import { forgetBeside } from '../search/beside-store.ts'
import { rebuildBeside } from '../search/meilisearch-rebuild.ts'
import type { Trouble } from '../search/meilisearch-server.ts'
import { reindex } from '../search/reindex.ts'
import { numberOf } from '../web/texts.ts'
import { complain, say } from './say.ts'
import { withEvery } from './with-hub.ts'

/**
 * Builds the search index and the figures of the node anew – or of every node of the demo –, while the old ones answer.
 */
export const rebuildIndex = async (env: Record<string, string | undefined>): Promise<number> => {
  const outcomes = await withEvery(env, async (hub) => {
    say(hub.config.origin)
    if (!(await reindex(hub, progressOf('PostgreSQL', 'Einträge'), sayOnce(waiting)))) {
      complain(
        '  PostgreSQL: Inzwischen hat ein anderer Aufruf von „reindex“ begonnen; er führt es zu Ende.',
      )
      return false
    }
    say('  PostgreSQL: fertig')
    await recountFigures(hub.sql)
    say('  Zahlen: fertig')
    if (!hub.config.meilisearch) {
      const [was] = await forgetBeside(hub.sql)
      if (was) say('  Meilisearch: nicht mehr in Gebrauch. Bitte löschen Sie dort den alten Index.')
      return true
    }
    const kept = await rebuildBeside(hub, progressOf('Meilisearch', 'Beiträge'))
    if (kept.ok) say('  Meilisearch: fertig')
    else complain(`  Meilisearch: ${explainSearch(kept)} Der bisherige Index bleibt in Gebrauch.`)
    return kept.ok
  })
  return outcomes.every(Boolean) ? 0 : 1
}

const waiting =
  '  PostgreSQL: Der neue Index ist fertig. Er kommt in Gebrauch, sobald niemand mehr lange im alten liest, etwa eine Sicherung.'

const sayOnce = (words: string) => {
  let said = false
  return () => {
    if (!said) say(words)
    said = true
  }
}

const width = 30

/** A bar that grows in its line; where nobody sits at a terminal, a line for every tenth. */
const progressOf = (engine: string, what: string) => {
  let told = -1
  return (done: number, all: number) => {
    const share = all > 0 ? Math.min(1, done / all) : 1
    const filled = Math.round(share * width)
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`
    const line = `  ${engine} ${bar} ${Math.floor(share * 100)} % (${numberOf(done)} von ${numberOf(all)} ${what})`
    const tenth = Math.floor(share * 10)
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${share === 1 ? '\n' : ''}`)
    else if (tenth > told) say(line)
    told = tenth
  }
}

/** Why the index on Meilisearch could not be kept, in a sentence. */
const explainSearch = (trouble: Trouble) => {
  switch (trouble.reason) {
    case 'task-failed':
      return trouble.code === 'no_space_left_on_device'
        ? 'Auf dem Server ist kein Speicherplatz mehr frei.'
        : `Der Server meldet einen Fehler (${trouble.code}).`
    case 'task-lost':
      return 'Der Server kennt seinen Auftrag nicht mehr.'
    case 'documents-missing':
      return `Der Server hat nur ${trouble.held} von ${trouble.expected} Beiträgen.`
    case 'begun-anew':
      return 'Inzwischen hat ein anderer Aufruf von „reindex“ begonnen; er führt es zu Ende.'
  }
}
