/** Taking a node's keys to another machine, under a passphrase. */
import { readFile, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { ConfigError, readPassphrase } from '../config.ts'
import { codeOf } from '../database/start-error.ts'
import { exportKeyFile, importKeyFile } from '../federation/carry-keys.ts'
import { countOf } from '../web/texts.ts'
import { say } from './say.ts'
import { ensureSecret, withBare, withServed } from './with-hub.ts'

type Env = Record<string, string | undefined>

export const exportKeys = async (env: Env, path: string): Promise<number> => {
  const passphrase = await passphraseOf(env, true)
  const text = await withServed(env, (hub) => exportKeyFile(hub, passphrase))
  await writeFile(path, `${text}\n`, { flag: 'wx', mode: 0o600 }).catch((error) => {
    throw new ConfigError(
      codeOf(error) === 'EEXIST'
        ? `Die Datei ${path} gibt es schon.`
        : `Die Datei ${path} lässt sich nicht schreiben.`,
    )
  })
  say(`Die Schlüssel dieses Knotens liegen in ${path}, verschlüsselt mit der Passphrase.`)
  say('Bewahren Sie Datei und Passphrase getrennt voneinander auf.')
  return 0
}

export const importKeys = async (env: Env, path: string): Promise<number> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ConfigError(`Die Datei ${path} lässt sich nicht lesen.`)
  })
  const passphrase = await passphraseOf(env, false)
  await ensureSecret(env)
  const count = await withBare(env, (hub) => importKeyFile(hub, text.trim(), passphrase))
  say(`${countOf(count, 'Schlüssel', 'Schlüssel')} übernommen.`)
  return 0
}

/** From the environment, for scripts, or asked for at the terminal; a new one twice. */
const passphraseOf = async (env: Env, isNew: boolean) => {
  const given = readPassphrase(env)
  if (given !== undefined) return given
  if (!process.stdin.isTTY) {
    throw new ConfigError(
      'Ohne Passphrase geht es nicht: am Terminal eingeben oder KEY_PASSPHRASE setzen.',
    )
  }
  const [passphrase, again] = await ask(
    isNew ? ['Passphrase: ', 'Noch einmal: '] : ['Passphrase: '],
  )
  if (passphrase === undefined) throw new ConfigError('Die Eingabe wurde abgebrochen.')
  if (!isNew || again === passphrase) return passphrase
  throw new ConfigError('Die beiden Eingaben sind verschieden.')
}

/** Asks one thing after the other; nobody sees what is typed. What was asked when somebody gave up is missing. */
const ask = async (questions: string[]) => {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const answers: string[] = []
  try {
    for (const question of questions) {
      process.stderr.write(question)
      answers.push(await terminal.question(''))
      process.stderr.write('\n')
    }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
    process.stderr.write('\n')
  } finally {
    terminal.close()
  }
  return answers
}
