/** What centres and others offer to companies. */
import { type Context, Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { germanDayOf } from '../publications/local-time.ts'
import { postOf, readStaffForm } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { advise, CompassQuery } from './compass.ts'
import { CompassView } from './compass-view.tsx'
import { askedOffer, confirmationLink, confirmOffer } from './confirm.ts'
import { ConfirmedView, ConfirmView, LinkForProvider, OwnOffersView } from './confirm-view.tsx'
import { ownOffers } from './store.ts'

type App = { Bindings: Hub }

export const advicePages = new Hono<App>()
  .get('/kompass', async (c) => {
    const query = readQuery(c, CompassQuery)
    const asked = Object.values(query).some((value) => value !== undefined)
    const advice = asked ? await advise(c.env, query) : undefined
    return c.html(
      <CompassView site={siteOf(c)} query={query} advice={advice} refers={mayRefer(c)} />,
    )
  })
  .get('/kompass/bestaetigt', (c) => c.html(<ConfirmedView site={siteOf(c)} />))
  .get('/kompass/bestaetigen/:link', async (c) => {
    const link = c.req.param('link')
    const { offer } = await askedOffer(c.env, link)
    return c.html(<ConfirmView site={siteOf(c)} link={link} offer={offer} />)
  })
  .post('/kompass/bestaetigen/:link', async (c) => {
    await confirmOffer(c.env, c.req.param('link'))
    return c.redirect('/kompass/bestaetigt', 303)
  })
  .get('/angebote/pruefen', async (c) => {
    const post = postOf(c)
    const offers = [...(await ownOffers(c.env.sql, post.iss))]
    return c.html(<OwnOffersView site={siteOf(c)} post={post} offers={offers} today={today(c)} />)
  })
  .post('/angebote/pruefen/:rid/link', async (c) => {
    await readStaffForm(c)
    const made = await confirmationLink(c.env, postOf(c).centre, c.req.param('rid'))
    return c.html(<LinkForProvider site={siteOf(c)} {...made} />, 201)
  })

const mayRefer = (c: Context<App>) => {
  const visitor = c.get('visitor')
  return visitor !== undefined && hasRole(visitor, ['adviser'])
}

const today = (c: Context<App>) => germanDayOf(c.env.now())
