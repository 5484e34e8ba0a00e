/** What a clock in Germany shows, as a moment. */

const offsets = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Berlin',
  timeZoneName: 'longOffset',
})

const offsetAt = (at: number) => {
  const name = offsets.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, hours = '0'] = /GMT([+-]\d+)/.exec(name) ?? []
  return Number(hours) * 3_600_000
}

/** `2026-03-29T09:30`; undefined for anything else. An hour that a clock skips counts as the one after. */
export const germanTime = (text: string): Date | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined
  const wall = Date.parse(`${text}:00Z`)
  if (Number.isNaN(wall)) return undefined
  return new Date(wall - offsetAt(wall - offsetAt(wall)))
}
