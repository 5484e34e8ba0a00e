// Run by `npm run vectors`. Signatures that are there stay, so that only what is new or changed is written anew.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { invalidAssertions, validAssertions } from './assertions.ts'
import { invalidContents, validContents } from './contents.ts'
import { idleEntries, stoppingEntries, validEntries } from './entries.ts'
import { workedExample } from './example.ts'
import {
  invalidAnswers,
  invalidEpochs,
  invalidFeeds,
  validAnswers,
  validEpochs,
  validFeeds,
} from './feeds.ts'
import { invalidHeads, invalidHoldings, validHeads } from './heads.ts'
import { folder, keepKeys } from './keys.ts'
import { invalidTokens, validTokens } from './tokens.ts'
import { invalidTrust, validTrust } from './trust.ts'
import type { Vectors } from './vector.ts'

const valid: Vectors = {
  ...(await validTokens()),
  ...validContents(),
  ...workedExample(),
  ...(await validEntries()),
  ...(await validHeads()),
  ...(await validTrust()),
  ...(await validFeeds()),
  ...(await validEpochs()),
  ...validAnswers(),
  ...(await validAssertions()),
}
const invalid: Vectors = {
  ...(await invalidTokens()),
  ...invalidContents(),
  ...(await stoppingEntries()),
  ...(await idleEntries()),
  ...(await invalidHeads()),
  ...(await invalidHoldings()),
  ...(await invalidTrust()),
  ...(await invalidFeeds()),
  ...(await invalidEpochs()),
  ...invalidAnswers(),
  ...(await invalidAssertions()),
}

for (const [name, vectors] of Object.entries({ valid, invalid })) {
  const path = join(folder, name)
  await rm(path, { recursive: true, force: true })
  await mkdir(path, { recursive: true })
  for (const [file, vector] of Object.entries(vectors)) {
    await writeFile(join(path, `${file}.json`), `${JSON.stringify(vector, null, 2)}\n`)
  }
}
keepKeys()
