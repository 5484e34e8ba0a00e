/** Whose consent a record proves, when all else about the company is erased: told only to who can name the company. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { saltedDigest } from '../signing/digest.ts'

/** base64url. */
export const CompanyMark = z.strictObject({ salt: z.string(), dig: z.string() })
export type CompanyMark = z.infer<typeof CompanyMark>

/** The same for the same name at the same place, however it is spelled with capitals and blanks. */
export const companyKey = (name: string, { place }: { place: string }) =>
  `${plain(name)}, ${plain(place)}`

const plain = (text: string) => text.toLocaleLowerCase('de').replaceAll(/\s+/g, ' ').trim()

export const markCompany = (key: string): CompanyMark => {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64url'), dig: saltedDigest(salt, Buffer.from(key)) }
}

export const isMarkOf = ({ salt, dig }: CompanyMark, key: string) =>
  saltedDigest(Buffer.from(salt, 'base64url'), Buffer.from(key)) === dig
