/** Taking what was deleted out of the files of a database, and not only out of its tables. */
import { connect } from './connect.ts'
import { codeOf } from './start-error.ts'

/**
 * Writes every table anew, without its dead rows, and has the old files go with the next checkpoint. Each table is
 * locked meanwhile. Answers whether the checkpoint was made at once: not every user may ask for one.
 */
export const purge = async (databaseUrl: string): Promise<boolean> => {
  const url = new URL(databaseUrl)
  // A large table takes as long as it takes.
  url.searchParams.set('statement_timeout', '0')
  const sql = connect(url.href, { max: 1 })
  try {
    await sql.unsafe('vacuum (full)')
    return await sql.unsafe('checkpoint').then(() => true, unlessForbidden)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const unlessForbidden = (error: unknown) => {
  if (codeOf(error) === '42501') return false
  throw error
}
