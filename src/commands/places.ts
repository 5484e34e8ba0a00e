import { readFile } from 'node:fs/promises'
import { ConfigError } from '../config.ts'
import { importSet } from '../places/import-set.ts'
import { fatalUtf8 } from '../signing/json.ts'
import { dateOf } from '../web/texts.ts'
import { complain, say } from './say.ts'
import { withEvery } from './with-hub.ts'

/** Takes a file of places in at this node, or at every node of the demo. */
export const importPlaceFile = async (
  env: Record<string, string | undefined>,
  path: string,
  options: { version?: string },
): Promise<number> => {
  const text = await readText(path)
  const version = options.version ?? new Date().toISOString().slice(0, 10)
  const answers = await withEvery(env, (hub) => importSet(hub, { text, version }))
  for (const answer of answers) {
    if (!answer.ok) {
      complain(
        `${path} ist keine Datei, die hier bekannt ist: DE.txt von GeoNames, zuordnung_plz_ort.csv oder GV100AD von Destatis.`,
      )
      return 1
    }
    const { title, asOf } = answer.set
    const state = asOf ? `, Stand ${dateOf(Date.parse(asOf) / 1000)}` : ''
    say(`Übernommen: ${title}${state}, ${answer.count} Orte.`)
  }
  return 0
}

/** Older files of the statistical offices are in Latin-1. */
const readText = async (path: string) => {
  const bytes = await readFile(path).catch(() => {
    throw new ConfigError(`Die Datei ${path} lässt sich nicht lesen.`)
  })
  return fatalUtf8(bytes) ?? new TextDecoder('latin1').decode(bytes)
}
