/**
 * Run by kills.test.ts as a process of its own: `node referral-crasher.ts JOB`. A node that does its part in a
 * referral, and is killed – by its own id, without warning – between two steps of it.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Hub } from '../../src/hub.ts'
import { openHub } from '../../src/open-hub.ts'
import { referralsApi } from '../../src/referrals/api.ts'
import { deliverReferrals } from '../../src/referrals/deliver.ts'
import { type Death, mortal } from './mortal.ts'
import { type Speaker, say } from './referrals.ts'

export interface ReferralJob {
  settings: Parameters<typeof openHub>[0]
  /** Entity id of the centre, and the referral. */
  iss: string
  id: string
  part: Part
  death: Death
  /** Milliseconds since 1970, on the clock of the test. */
  now: number
}

/** Brings what is due; says yes and brings that; takes what others bring. */
export type Part = 'bring' | 'answer' | 'take'

export const bring = (hub: Speaker) => deliverReferrals(hub)

export const answer = async (hub: Speaker, id: string) => {
  await say(hub, id, { event: 'accepted' }, 'Gern.')
  await deliverReferrals(hub)
}

const take = async (hub: Speaker, origin: string) => {
  const { hostname, port } = new URL(origin)
  // Node itself reads no JSX: the letterbox alone is enough.
  const app = new Hono<{ Bindings: Hub }>().route('/exchange/v1', referralsApi)
  const server = createServer(getRequestListener((request) => app.fetch(request, hub)))
  await once(server.listen(Number(port), hostname), 'listening')
  process.stdout.write('ready\n')
  await once(server, 'close')
}

const kill = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('not killed')
}

const run = async ({ settings, iss, id, part, death, now }: ReferralJob) => {
  const opened = await openHub(settings)
  const { hub } = mortal({ ...opened, iss, now: () => now }, death, kill)
  if (part === 'bring') await bring(hub)
  if (part === 'answer') await answer(hub, id)
  if (part === 'take') await take(hub, settings.origin)
}

if (process.argv[1] === import.meta.filename) {
  await run(JSON.parse(process.argv[2] ?? '{}') as ReferralJob)
  process.exit(0)
}
