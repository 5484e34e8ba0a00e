import { Page, type Site } from '../web/layout.tsx'

export interface Way {
  path: string
  title: string
  text: string
}

interface WaysViewProps {
  site: Site
  title: string
  lead: string
  ways: readonly Way[]
}

/** One way to several pages, so that the navigation stays short. */
export const WaysView = ({ site, title, lead, ways }: WaysViewProps) => (
  <Page site={site} title={title}>
    <header class="tn-intro">
      <h1>{title}</h1>
      <p class="tn-lead">{lead}</p>
    </header>
    <ul class="tn-ways">
      {ways.map((way) => (
        <li>
          <h2>
            <a href={way.path}>{way.title}</a>
          </h2>
          <p>{way.text}</p>
        </li>
      ))}
    </ul>
  </Page>
)
