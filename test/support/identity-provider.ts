/** A house's own sign-in: the real oidc-provider on loopback, where whoever comes is somebody we choose. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

export interface IdentityProvider {
  issuer: string
  /** Who is at the browser that comes, and what the house says of her. */
  who: { sub: string; name: string; roles: string[] }
  close(): Promise<void>
}

/** With this node as its one client, `transfernetz`, whose secret is `geheim`. */
export const openIdentityProvider = async (origin: string): Promise<IdentityProvider> => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // `address` is a text for pipes only.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const house: IdentityProvider = {
    issuer,
    who: { sub: 'u-1', name: 'Jens Kuhl', roles: [] },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  const provider = new Provider(issuer, settings(house, origin))
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next()
    await answer(provider, house, ctx)
    ctx.respond = false
  })
  server.on('request', provider.callback())
  return house
}

const settings = (house: IdentityProvider, origin: string): Configuration => ({
  clients: [
    {
      client_id: 'transfernetz',
      client_secret: 'geheim',
      redirect_uris: [`${origin}/anmelden/zentral/antwort`],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'roles'] },
  pkce: { required: () => true },
  cookies: { keys: ['test'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ ...house.who, sub: accountId }) }),
  ttl: {
    AccessToken: 60,
    AuthorizationCode: 60,
    Grant: 60,
    IdToken: 60,
    Interaction: 60,
    Session: 60,
  },
})

type Ctx = Parameters<Parameters<Provider['use']>[0]>[0]

/** Nobody is asked for anything: she signs in, and agrees to what is asked for. */
const answer = async (provider: Provider, { who }: IdentityProvider, { req, res }: Ctx) => {
  const { prompt, params } = await provider.interactionDetails(req, res)
  if (prompt.name === 'login') {
    return provider.interactionFinished(req, res, { login: { accountId: who.sub } })
  }
  const grant = new provider.Grant({ accountId: who.sub, clientId: String(params.client_id) })
  grant.addOIDCScope(String(params.scope))
  const grantId = await grant.save()
  return provider.interactionFinished(req, res, { consent: { grantId } })
}

/** A browser's way through the house's sign-in, from the address it was sent to. Answers where it is sent back to. */
export const passThrough = async (start: string): Promise<string> => {
  const { origin } = new URL(start)
  const cookies = new Map<string, string>()
  let url = start
  for (let step = 0; step < 10; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
      cookies.set(name, value)
    }
    url = new URL(response.headers.get('location') ?? '', url).href
    if (!url.startsWith(`${origin}/`)) return url
  }
  throw new Error(`the sign-in does not end: ${url}`)
}
