import { z } from 'zod'

// What a string in a record may be. Spellings of the same text (NFC and NFD, CRLF and LF, blanks
// around it) are read as one; what could not be shown or signed safely is refused.

type Complaint =
  | { code: 'too_small'; origin: 'string'; minimum: number; inclusive: true }
  | { code: 'too_big'; origin: 'string'; maximum: number; inclusive: true }
  | { code: 'invalid_format'; format: 'date' | 'url' | 'pattern' }
  | { code: 'custom'; params: { rule: 'characters' } }

type Rule = (value: string) => Complaint | undefined

/** All rules in one check, the first complaint counts: mirrors judge contents by the ten thousand. */
const string = (...rules: Rule[]) =>
  z.string().check((payload) => {
    payload.value = tidy(payload.value)
    for (const rule of rules) {
      const complaint = rule(payload.value)
      if (!complaint) continue
      payload.issues.push({ ...complaint, input: payload.value })
      return
    }
  })

const tidy = (value: string) => {
  const text = (value.includes('\r') ? value.replaceAll('\r\n', '\n') : value).trim()
  return mayCompose.test(text) ? text.normalize() : text
}

/** Anything but letters that are composed already and common punctuation: all else NFC might change. */
const mayCompose = /[^\0-\u02ff\u2010-\u2027]/

const filled: Rule = (value) =>
  value ? undefined : { code: 'too_small', origin: 'string', minimum: 1, inclusive: true }

/** No lone surrogates, and none of the characters told. */
const without =
  (unwanted: RegExp): Rule =>
  (value) =>
    value.isWellFormed() && !unwanted.test(value)
      ? undefined
      : { code: 'custom', params: { rule: 'characters' } }

const clearLine = without(/[\p{Cc}\p{Zl}\p{Zp}]/u)
/** Longer texts have line breaks and tabs. */
const clearText = without(/[^\P{Cc}\n\t]/u)

/** The same for JSON Schema, in an expression that every engine of regular expressions reads alike. */
const described = {
  line: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$',
  text: '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]*$',
}

const atMost =
  (maximum: number): Rule =>
  (value) =>
    value.length <= maximum || lengthOf(value) <= maximum
      ? undefined
      : { code: 'too_big', origin: 'string', maximum, inclusive: true }

const shaped =
  (format: 'date' | 'url' | 'pattern', fits: (value: string) => boolean): Rule =>
  (value) =>
    fits(value) ? undefined : { code: 'invalid_format', format }

/** Length in characters: an emoji or a rare ideograph counts once. */
export const lengthOf = (value: string) => [...value].length

/** `max` counts characters. The pattern must describe the whole line. */
export const line = (max: number, pattern?: RegExp) => {
  const rules = [filled, clearLine, atMost(max)]
  return pattern
    ? string(
        ...rules,
        shaped('pattern', (value) => pattern.test(value)),
      ).meta({
        minLength: 1,
        maxLength: max,
        pattern: pattern.source,
      })
    : string(...rules).meta({ minLength: 1, maxLength: max, pattern: described.line })
}

export const text = (max: number) =>
  string(filled, clearText, atMost(max)).meta({
    minLength: 1,
    maxLength: max,
    pattern: described.text,
  })

const calendarDay = /^(19|2\d)\d\d-\d\d-\d\d$/

/** A calendar date that exists. */
export const date = string(
  shaped('date', (value) => {
    if (!calendarDay.test(value)) return false
    const day = new Date(`${value}T00:00:00Z`)
    // Some days that do not exist, such as February 30th, are read as one of the next month.
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
  }),
).meta({ format: 'date', pattern: calendarDay.source })

/** A pattern that is all there is to a value. */
const exactly = (pattern: RegExp) =>
  string(shaped('pattern', (value) => pattern.test(value))).meta({ pattern: pattern.source })

/** A time of day, to the minute. */
export const time = exactly(/^([01]\d|2[0-3]):[0-5]\d$/)

const clock = 'T(\\d{1,3}H(\\d{1,3}M)?|\\d{1,3}M)'

/** A length of time (ISO 8601): weeks, or days, hours and minutes. */
export const duration = exactly(new RegExp(`^P(\\d{1,3}W|\\d{1,3}D(${clock})?|${clock})$`))

/** https only: a reader is never sent over an open line. No user names or passwords inside. */
export const link = string(
  clearLine,
  atMost(2000),
  shaped('url', (value) => {
    if (!value.startsWith('https://')) return false
    const url = URL.parse(value)
    return url !== null && url.username === '' && url.password === ''
  }),
).meta({ format: 'uri', maxLength: 2000, pattern: '^https://' })

export const mailbox = line(254, /^[\w.+-]+@[A-Za-z\d-]+(\.[A-Za-z\d-]+)+$/).meta({
  format: 'email',
})

/** No value twice. */
export const distinct = ({ value, issues }: z.core.ParsePayload<string[]>) => {
  const twice = value.findIndex((item, at) => value.indexOf(item) < at)
  if (twice < 0) return
  issues.push({ code: 'custom', params: { rule: 'distinct' }, input: value[twice], path: [twice] })
}
