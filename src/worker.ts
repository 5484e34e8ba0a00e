/** The Workers door: a hub per request, chores when Cloudflare's clock says so. */
import { setTimeout as pause } from 'node:timers/promises'
import type { ExecutionContext } from 'hono'
import { app } from './app.tsx'
import { chores, runChores } from './chores.ts'
import { openWorkerHub, type WorkerEnv, type WorkerHub } from './open-worker-hub.ts'
import { networkOf } from './web/rate-limit.ts'
import { secured } from './web/security.ts'

type Context = Pick<ExecutionContext, 'waitUntil'>

export default {
  async fetch(request: Request, env: WorkerEnv, context: Context): Promise<Response> {
    const hub = openWorkerHub(env)
    // Cloudflare itself says who is calling, and lets nobody else say it.
    const network = () => networkOf(request.headers.get('cf-connecting-ip') ?? '')
    const welcome = await isWelcome(request, env, network())
    let news = false
    const wake = () => {
      news = true
    }
    let sent: Promise<unknown> = Promise.resolve()
    try {
      const said = await app.fetch(request, { ...hub, admit: () => welcome, network, wake })
      const answer = secured(said, hub.config.origin, request)
      if (!isReadWhileSent(answer)) return answer
      const { readable, writable } = new TransformStream()
      sent = answer.body?.pipeTo(writable).catch(() => undefined) ?? sent
      return new Response(readable, answer)
    } finally {
      context.waitUntil(sent.then(() => afterwards(hub, news)))
    }
  },

  async scheduled(_controller: unknown, env: WorkerEnv): Promise<void> {
    const hub = openWorkerHub(env)
    try {
      await runChores(hub)
    } finally {
      await hub.close()
    }
  },
}

/** A file comes from the database part by part: the connection must last as long as its sending. */
const isReadWhileSent = (answer: Response) =>
  answer.headers.has('accept-ranges') && answer.body !== null

/** Cloudflare counts, in each of its data centres by itself; who only reads is not counted. */
const isWelcome = async (request: Request, { CALLS }: WorkerEnv, key: string) =>
  request.method !== 'POST' || (await CALLS.limit({ key })).success

/** What comes after the answer. */
const afterwards = async (hub: WorkerHub, news: boolean) => {
  try {
    if (news) await followNews(hub)
  } finally {
    await hub.close()
  }
}

/** Milliseconds. Cloudflare ends us 30 s after the answer. */
const patience = 15_000

/** Pulls and indexes; again where a feed wants to be asked again shortly, as after two nudges in a row. */
const followNews = async (hub: WorkerHub) => {
  const until = hub.now() + patience
  const onNews = chores.filter((chore) => chore.on.length > 0)
  for (let wait = 0; hub.now() + wait < until && hub.mayAsk(); ) {
    await pause(wait)
    wait = await runChores(hub, onNews)
  }
}
