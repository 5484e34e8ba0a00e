/** What can be learnt and tried out. */
import { Hono } from 'hono'
import { allCentres } from '../federation/store.ts'
import type { Hub } from '../hub.ts'
import { audienceOf } from '../publications/pages.tsx'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { isoDateOf } from '../web/texts.ts'
import { BlocksView } from './blocks-view.tsx'
import { buildingBlocks } from './building-blocks.ts'
import { BlockQuery, SpaceQuery } from './query.ts'
import { spaces } from './spaces.ts'
import { SpacesView } from './spaces-view.tsx'

type App = { Bindings: Hub }

export const learningPages = new Hono<App>()
  .get('/bausteine', async (c) => {
    const query = readQuery(c, BlockQuery)
    const { dauer, after: _, ...filter } = query
    const [blocks, centres] = await Promise.all([
      buildingBlocks(c.env, audienceOf(c), { ...filter, length: dauer }),
      centresOf(c.env),
    ])
    const own = c.get('visitor')?.post?.centre
    return c.html(
      <BlocksView site={siteOf(c)} query={query} blocks={blocks} centres={centres} own={own} />,
    )
  })
  .get('/experimentierraeume', async (c) => {
    const query = readQuery(c, SpaceQuery)
    const { daten, offen, after: _, ...filter } = query
    const today = isoDateOf(c.env.now() / 1000)
    const wanted = { ...filter, ownData: daten, openOn: offen && today }
    const found = await spaces(c.env, audienceOf(c), wanted, today)
    return c.html(<SpacesView site={siteOf(c)} query={query} spaces={found} today={today} />)
  })

const centresOf = async (hub: Hub) =>
  (await allCentres(hub.sql)).map(({ slug, organization_name: name }) => ({ slug, name }))
