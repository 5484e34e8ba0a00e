/** Why this node cannot start, as one German sentence for the person who started it. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
  }
}

/** The `code` of an error: SQLSTATE of PostgreSQL, errno name of Node, or name of postgres.js. */
export const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined
