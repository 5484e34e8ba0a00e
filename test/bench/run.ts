/** `npm run bench`: every figure as a ratio to the bare cost of the same work, in one run on one machine. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/database/embedded.ts'
import { benchCompass } from './compass.ts'
import { benchExchange } from './exchange.ts'
import { benchHostile } from './hostile.ts'
import { benchInsight } from './insight.ts'
import { benchLatency } from './latency.ts'
import { benchMirror } from './mirror.ts'
import { benchPages } from './pages.ts'
import { benchPlaces } from './places.ts'
import { benchReading } from './reading.ts'
import { benchStarting } from './starting.ts'

const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }
const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)

const directory = await mkdtemp(join(tmpdir(), 'tn-bench-'))
// Root's PostgreSQL runs as another user, who has to get there.
await chmod(directory, 0o711)
const database = await startEmbedded({ directory: join(directory, 'postgres'), log })
try {
  if (isWanted('exchange')) {
    console.log(
      '10.000 Einträge zu 2 KB von einem Partnerknoten prüfen und speichern, gegen die bare Arbeit',
    )
    const { ratio, rate, bareRate } = await benchExchange(database)
    console.log(
      `  Median: bar ${Math.round(bareRate)}/s, Transfernetz ${Math.round(rate)}/s, Verhältnis ${ratio.toFixed(2)} (Ziel ≤ 1,15)`,
    )
  }
  if (isWanted('mirror')) {
    console.log('100.000 Einträge zu 2 KB spiegeln, während ein Beitrag gelesen wird')
    const { ratio, rate, megabytes, idle, busy } = await benchMirror(database)
    console.log(
      `  ${Math.round(rate)}/s, Verhältnis zur baren Arbeit ${ratio.toFixed(2)} (Ziel ≤ 2)`,
    )
    console.log(`  Speicher höchstens ${megabytes} MB (Ziel ≤ 512)`)
    console.log(
      `  Lesen, p99: sonst ${idle} ms, währenddessen ${busy} ms (Ziel: höchstens 50 ms mehr)`,
    )
  }
  if (isWanted('reading')) {
    console.log('Einen Beitrag mit Herkunft lesen, gegen eine Zeile aus PostgreSQL mit Hono')
    const { ratio } = await benchReading(database, directory)
    console.log(`  Median: Verhältnis ${ratio.toFixed(2)} (Ziel ≥ 0,6)`)
  }
  if (isWanted('pages')) {
    console.log(
      'Seiten mit 20 Beiträgen, gegen eine bare Seite mit Hono; die Startseite in Chromium',
    )
    const { ratio, paint, transferred } = await benchPages(database, directory)
    console.log(`  Median: Verhältnis ${ratio.toFixed(2)} (Ziel ≥ 0,25)`)
    console.log(
      `  erster Inhalt nach ${Math.round(paint)} ms bei vierfach gebremstem Prozessor (Ziel ≤ 1000); ${Math.round(transferred / 1000)} KB übertragen (Ziel ≤ 200)`,
    )
  }
  if (isWanted('places')) {
    console.log('Wer ist zuständig? Für jede Postleitzahl, und über HTTP gegen Hono mit einem JSON')
    const { p99, ratio } = await benchPlaces(database, directory)
    console.log(
      `  im Programm p99 ${p99.toFixed(2)} ms (Ziel ≤ 5); über HTTP Verhältnis ${ratio.toFixed(2)} (Ziel ≥ 0,5)`,
    )
  }
  if (isWanted('compass')) {
    console.log('Beratungskompass über 5.000 Angebote')
    const { p50, p99 } = await benchCompass(database)
    console.log(`  Median ${p50} ms, p99 ${p99} ms (Ziel ≤ 50)`)
  }
  if (isWanted('insight')) {
    console.log('Zahlen über 50.000 Beiträge von 14 Zentren')
    const { following, recounting, pages, mostRss } = await benchInsight(database)
    console.log(
      `  zählen: der Reihe nach ${(following / 1000).toFixed(1)} s, alles neu ${(recounting / 1000).toFixed(1)} s`,
    )
    for (const { name, p50, p99 } of pages) {
      console.log(`  ${name}: Median ${p50} ms, p99 ${p99} ms (Ziel ≤ 300)`)
    }
    console.log(`  höchstens ${Math.round(mostRss / 1024 / 1024)} MB im Prozess (Ziel ≤ 512)`)
  }
  if (isWanted('starting')) {
    console.log('Die Demo starten: zum ersten Mal, und wieder mit ihren Daten')
    const { first, later } = await benchStarting()
    console.log(
      `  zuerst ${(first / 1000).toFixed(1)} s (Ziel ≤ 15), danach höchstens ${(later / 1000).toFixed(1)} s (Ziel ≤ 5)`,
    )
  }
  if (isWanted('hostile')) {
    console.log(
      'Zehn feindliche Partnerknoten: was sie den Knoten, der von ihnen holt, an Speicher kosten',
    )
    const { before, after, rows } = await benchHostile(database)
    const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`
    console.log(
      `  RSS vorher ${mb(before.rss)}, nachher ${mb(after.rss)}, Zuwachs ${mb(after.rss - before.rss)} (Ziel ≤ 64 MB); zwischendurch höchstens ${mb(after.most)}, bei guten Partnern ${mb(before.most)}`,
    )
    console.log(`  Zeilen: ${JSON.stringify(rows)}`)
  }
  if (isWanted('latency')) {
    console.log('Veröffentlichen in Berlin, bis es bei KIWW geprüft ist und gefunden wird, 50-mal')
    const { median, worst } = await benchLatency()
    console.log(
      `  Median ${Math.round(median)} ms (Ziel ≤ 100), längste ${Math.round(worst)} ms (Ziel ≤ 1000)`,
    )
  }
} finally {
  await database.stop()
  await rm(directory, { recursive: true })
}
