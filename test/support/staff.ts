/** Staff of a hub, each at a browser of her own. */
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { type Browser, openBrowser } from './browser.ts'
import type { TestHub } from './hub.ts'

/** Somebody with these roles at the hub's centre, signed in. */
export const member = async (hub: TestHub, roles: Role[], name: string): Promise<Browser> => {
  const browser = openBrowser(hub)
  const [{ slug = '' } = {}] = hub.config.centres
  await browser.join(await invite(hub, { centre: slug, roles, by: 'operator' }), name)
  return browser
}
