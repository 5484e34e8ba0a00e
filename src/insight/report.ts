/** What a funder asks for: what each centre did in a period. */
import { type Hub, seconds } from '../hub.ts'
import type { Audience } from '../publications/store.ts'
import { type Activity, activityByCentre } from './store.ts'

/** Days in Germany, both included. */
export interface Period {
  von: string
  bis: string
}

/** What can be reported of a centre. */
export const indicators = [
  { id: 'neu', label: 'Neue Beiträge' },
  { id: 'neue-fassungen', label: 'Neue Fassungen' },
  { id: 'fallbeispiele', label: 'Fallbeispiele' },
  { id: 'runde-tische', label: 'Runde Tische' },
  { id: 'mitgezeichnet', label: 'Mitzeichnungen' },
  { id: 'regal', label: 'Im bundesweiten Regal' },
  { id: 'zurueckgenommen', label: 'Zurückgenommen' },
] as const
export type Indicator = (typeof indicators)[number]

export interface Report {
  period: Period
  centres: Activity[]
  /** When it was counted, in seconds since 1970. */
  at: number
}

export const reportOf = async (hub: Hub, audience: Audience, period: Period): Promise<Report> => ({
  period,
  centres: await activityByCentre(hub.sql, audience, period),
  at: seconds(hub),
})
