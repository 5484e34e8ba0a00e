/** The pages that every public body owes. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import type { NoticeName } from '../operator.ts'
import { readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { AccessibilityView } from './accessibility-view.tsx'
import { EasyLanguageView } from './easy-language-view.tsx'
import { ImprintView } from './imprint-view.tsx'
import type { NoticeProps } from './notice.tsx'
import { PrivacyView } from './privacy-view.tsx'
import { securityTxt } from './security-txt.ts'
import { SignLanguageView } from './sign-language-view.tsx'

type App = { Bindings: Hub }

/** A report was taken. */
const Told = z.object({ said: z.literal('reported').optional() })

export const noticePages = new Hono<App>()
  .get('/impressum', (c) => c.html(<ImprintView {...propsOf(c, 'impressum')} />))
  .get('/datenschutz', (c) => c.html(<PrivacyView {...propsOf(c, 'datenschutz')} />))
  .get('/barrierefreiheit', (c) => {
    const { said } = readQuery(c, Told)
    return c.html(
      <AccessibilityView {...propsOf(c, 'barrierefreiheit')} reported={said !== undefined} />,
    )
  })
  .get('/leichte-sprache', (c) => c.html(<EasyLanguageView {...propsOf(c, 'leichte-sprache')} />))
  .get('/gebaerdensprache', (c) => c.html(<SignLanguageView {...propsOf(c, 'gebaerdensprache')} />))
  .get('/.well-known/security.txt', (c) => c.text(securityTxt(c.env.config, c.env.now())))

export const propsOf = (c: Context<App>, name: NoticeName): NoticeProps => {
  const { operator = {}, texts = {} } = c.env.config
  return { site: siteOf(c), operator, text: texts[name] }
}
