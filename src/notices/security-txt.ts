import type { Config } from '../config.ts'

/** RFC 9116. It says for how long it is good: to the beginning of a month half a year away. `now` in milliseconds. */
export const securityTxt = ({ origin, operator = {} }: Config, now: number) => {
  const date = new Date(now)
  const expires = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 7, 1))
  const { security, email } = operator
  const contact = security ?? (email ? `mailto:${email}` : undefined)
  return [
    // Without a contact the file would not be valid; the imprint is where one is found.
    ...(contact ? [] : ['# Der Betreiber muss noch einen Kontakt nennen (OPERATOR: security).']),
    `Contact: ${contact ?? `${origin}/impressum`}`,
    `Expires: ${expires.toISOString().slice(0, 19)}Z`,
    'Preferred-Languages: de, en',
    `Canonical: ${origin}/.well-known/security.txt`,
    '',
  ].join('\n')
}
