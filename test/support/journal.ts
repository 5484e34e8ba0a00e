import { feedNames } from '../../src/federation/statement.ts'
import type { Hub } from '../../src/hub.ts'
import { fileJournal } from '../../src/signing/file-journal.ts'
import type { Journal } from '../../src/signing/journal.ts'

/** A journal of a centre that has signed nothing yet. */
export const newJournal = async (directory: string, iss: string): Promise<Journal> => {
  const journal = fileJournal(directory)
  for (const feed of feedNames) await journal.start(iss, feed)
  return journal
}

/** A hub in which nobody gets a turn to sign before so many want one, having read what they go by. */
export const signingTogether = (hub: Hub, many: number): Hub => {
  const { journal } = hub
  if (!journal) throw new Error('nothing can be signed here')
  const all = Promise.withResolvers<void>()
  let waiting = 0
  return {
    ...hub,
    journal: {
      ...journal,
      inTurn: async (...turn) => {
        if (++waiting === many) all.resolve()
        await all.promise
        return journal.inTurn(...turn)
      },
    },
  }
}
