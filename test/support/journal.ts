import { feedNames } from '../../src/federation/statement.ts'
import { fileJournal } from '../../src/signing/file-journal.ts'
import type { Journal } from '../../src/signing/journal.ts'

/** A journal of a centre that has signed nothing yet. */
export const newJournal = async (directory: string, iss: string): Promise<Journal> => {
  const journal = fileJournal(directory)
  for (const feed of feedNames) await journal.start(iss, feed)
  return journal
}
