/** A line for the person at the terminal. */
export const say = (line = '') => {
  process.stdout.write(`${line}\n`)
}

/** A line about what went wrong. */
export const complain = (line: string) => {
  process.stderr.write(`${line}\n`)
}
