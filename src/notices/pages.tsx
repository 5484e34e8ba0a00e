/** The pages that every public body owes. */
import { type Context, Hono } from 'hono'
import type { Hub } from '../hub.ts'
import type { NoticeName } from '../operator.ts'
import { siteOf } from '../web/site.ts'
import { AccessibilityView } from './accessibility-view.tsx'
import { EasyLanguageView } from './easy-language-view.tsx'
import { ImprintView } from './imprint-view.tsx'
import type { NoticeProps } from './notice.tsx'
import { PrivacyView } from './privacy-view.tsx'
import { securityTxt } from './security-txt.ts'
import { SignLanguageView } from './sign-language-view.tsx'

type App = { Bindings: Hub }

export const noticePages = new Hono<App>()
  .get('/impressum', (c) => c.html(<ImprintView {...propsOf(c, 'impressum')} />))
  .get('/datenschutz', (c) => c.html(<PrivacyView {...propsOf(c, 'datenschutz')} />))
  .get('/barrierefreiheit', (c) =>
    c.html(<AccessibilityView {...propsOf(c, 'barrierefreiheit')} />),
  )
  .get('/leichte-sprache', (c) => c.html(<EasyLanguageView {...propsOf(c, 'leichte-sprache')} />))
  .get('/gebaerdensprache', (c) => c.html(<SignLanguageView {...propsOf(c, 'gebaerdensprache')} />))
  .get('/.well-known/security.txt', (c) => c.text(securityTxt(c.env.config, c.env.now())))

const propsOf = (c: Context<App>, name: NoticeName): NoticeProps => {
  const { operator = {}, texts = {} } = c.env.config
  return { site: siteOf(c), operator, text: texts[name] }
}
