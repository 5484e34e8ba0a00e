import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { digest } from './digest.ts'
import { isBefore, type Journal, type Mark, type NotedStatement, type Signed } from './journal.ts'

/**
 * A journal in a directory: one small file for each feed, for the log and for each subject of a trust anchor, replaced as
 * a whole and synced.
 */
export const fileJournal = (directory: string): Journal => {
  const path = (iss: string, feed: string) => join(directory, `${digest(`${iss} ${feed}`)}.json`)
  const logPath = join(directory, 'log.json')
  const statements = join(directory, 'statements')
  const statedPath = (sub: string) => join(statements, `${digest(sub)}.json`)
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(act)
    turns.set(
      name,
      turn.catch(() => undefined),
    )
    return turn
  }

  return {
    last: (iss, feed) => readJson<Signed | null>(path(iss, feed)),

    start: async (iss, feed) => {
      await makeDirectory(directory)
      await makeSynced(directory, path(iss, feed), 'null')
    },

    inTurn: (iss, feed, act) => inTurn(path(iss, feed), act),

    note: async (iss, feed, signed) => {
      await makeDirectory(directory)
      // One name, so that what a kill leaves behind is overwritten by the next note.
      const beside = `${path(iss, feed)}.new`
      await replaceSynced(directory, path(iss, feed), beside, JSON.stringify(signed))
    },

    mark: async () => {
      const marks = await Promise.all((await filesIn(directory)).map(markIn))
      return marks.reduce(later, { life: 0, position: 0 })
    },

    // Nothing else keeps those apart who note it at the same time, here or in another process of the node.
    noteMark: (mark) =>
      inTurn(logPath, async () => {
        const noted = await readJson<{ mark: Mark }>(logPath)
        if (noted && !isBefore(noted.mark, mark)) return
        await makeDirectory(directory)
        const beside = `${logPath}.${process.pid}`
        await replaceSynced(directory, logPath, beside, JSON.stringify({ mark }))
      }),

    statement: (sub) => readJson<NotedStatement>(statedPath(sub)),

    statements: async () => {
      const all = await Promise.all((await filesIn(statements)).map(readJson<NotedStatement>))
      return all.filter((stated) => stated !== undefined)
    },

    noteStatement: (stated) => {
      const file = statedPath(stated.sub)
      return inTurn(file, async () => {
        const noted = await readJson<NotedStatement>(file)
        if (noted && noted.iat >= stated.iat) return
        await makeDirectory(statements)
        await replaceSynced(statements, file, `${file}.${process.pid}`, JSON.stringify(stated))
      })
    },
  }
}

const later = (one: Mark, other: Mark) => (isBefore(one, other) ? other : one)

const filesIn = async (directory: string) => {
  const names = (await readdir(directory).catch(absent)) ?? []
  return names.filter((name) => name.endsWith('.json')).map((name) => join(directory, name))
}

const markIn = async (path: string): Promise<Mark> =>
  (await readJson<{ mark: Mark } | null>(path))?.mark ?? { life: 0, position: 0 }

const readJson = async <T>(path: string) => {
  const text = await readFile(path, 'utf8').catch(absent)
  return text === undefined ? undefined : (JSON.parse(text) as T)
}

const makeDirectory = (directory: string) => mkdir(directory, { recursive: true, mode: 0o700 })

/** Writes beside, syncs, renames, syncs the directory: after a power cut there is the old or the new file. */
const replaceSynced = async (directory: string, path: string, beside: string, text: string) => {
  await writeSynced(beside, text)
  await rename(beside, path)
  await syncDirectory(directory)
}

/** The same for a file that must not be there yet; one that is there stays. */
const makeSynced = async (directory: string, path: string, text: string) => {
  const beside = `${path}.${process.pid}`
  await writeSynced(beside, text)
  await link(beside, path).catch(present)
  await rm(beside)
  await syncDirectory(directory)
}

const writeSynced = async (path: string, text: string) => {
  await using file = await open(path, 'w', 0o600)
  await file.writeFile(text)
  await file.datasync()
}

const syncDirectory = async (directory: string) => {
  await using folder = await open(directory)
  await folder.sync()
}

const absent = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined
  throw error
}

const present = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EEXIST') throw error
}
