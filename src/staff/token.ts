import { createHash, randomBytes } from 'node:crypto'

/** What a link or a cookie holds: 192 random bits, base64url. Only its hash is kept. */
export const newToken = () => randomBytes(24).toString('base64url')

export const isToken = (text: string) => /^[A-Za-z0-9_-]{32}$/.test(text)

/** SHA-256 of a token, base64, as the database takes it. */
export const tokenHash = (token: string) => createHash('sha256').update(token).digest('base64')
