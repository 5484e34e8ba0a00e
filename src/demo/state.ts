import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, type DemoSettings } from '../config.ts'
import type { DemoState } from './nodes.ts'

const defaultPort = 8701

const pathIn = (dataDir: string) => join(dataDir, 'demo.json')

/** What an earlier start left, or undefined. */
export const readState = async (dataDir: string): Promise<DemoState | undefined> => {
  const text = await readFile(pathIn(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : (JSON.parse(text) as DemoState)
}

export const keepState = async (dataDir: string, state: DemoState) => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
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
