import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { digest } from './digest.ts'
import type { Journal, Signed } from './journal.ts'

/** A journal in a directory: one small file a feed, replaced as a whole and synced. */
export const fileJournal = (directory: string): Journal => {
  const path = (iss: string, feed: string) => join(directory, `${digest(`${iss} ${feed}`)}.json`)
  const turns = new Map<string, Promise<unknown>>()

  return {
    last: async (iss, feed) => {
      const text = await readFile(path(iss, feed), 'utf8').catch(absent)
      return text === undefined ? undefined : (JSON.parse(text) as Signed)
    },

    inTurn: (iss, feed, act) => {
      const name = path(iss, feed)
      const turn = (turns.get(name) ?? Promise.resolve()).then(act)
      const settled = turn.catch(() => undefined)
      turns.set(name, settled)
      return turn
    },

    note: async (iss, feed, signed) => {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      await replaceSynced(directory, path(iss, feed), JSON.stringify(signed))
    },
  }
}

/** Writes beside, syncs, renames, syncs the directory: after a power cut there is the old or the new file. */
const replaceSynced = async (directory: string, path: string, text: string) => {
  // One name, so that what a kill leaves behind is overwritten by the next note.
  const beside = `${path}.new`
  await using file = await open(beside, 'w', 0o600)
  await file.writeFile(text)
  await file.datasync()
  await rename(beside, path)
  await using folder = await open(directory)
  await folder.sync()
}

const absent = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined
  throw error
}
