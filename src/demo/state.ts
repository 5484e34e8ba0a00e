import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, type DemoSettings } from '../config.ts'
import { StartError } from '../database/start-error.ts'
import type { DemoState } from './nodes.ts'

const defaultPort = 8701

const pathIn = (dataDir: string) => join(dataDir, 'demo.json')

/** What an earlier start left, or undefined. */
export const readState = async (dataDir: string): Promise<DemoState | undefined> => {
  try {
    return JSON.parse(await readFile(pathIn(dataDir), 'utf8')) as DemoState
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new StartError(`${pathIn(dataDir)} lässt sich nicht lesen.`, { cause })
  }
}

/** The directory is there. */
export const keepState = async (dataDir: string, state: DemoState) => {
  await writeFile(`${pathIn(dataDir)}.new`, `${JSON.stringify(state, null, 2)}\n`)
  await rename(`${pathIn(dataDir)}.new`, pathIn(dataDir))
}

/** The state to start with. The port is part of every entity id, so another one means other data. */
export const openState = async ({ dataDir, port }: DemoSettings): Promise<DemoState> => {
  const state = await readState(dataDir)
  if (!state) return { port: port ?? defaultPort }
  if (port === undefined || port === state.port) return state
  throw new ConfigError(
    `Die Daten in ${dataDir} gehören zu Port ${state.port}, denn er ist Teil der Kennungen aller Zentren: Starten Sie ohne DEMO_PORT, oder wählen Sie mit DATA_DIR einen anderen Ordner.`,
  )
}
