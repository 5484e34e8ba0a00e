import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { regions } from '../publications/vocabularies/regions.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import type { Vocabulary } from '../publications/vocabulary.ts'
import { Select } from '../web/fields.tsx'
import { FilterPanel } from '../web/filter-panel.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { type Hit, HitView } from './hits-view.tsx'
import { filtersIn } from './query.ts'
import type { CompanyQuery } from './similar.ts'

type CompanyViewProps = { site: Site; company: CompanyQuery; hits: Hit[] }

/** Cases for the company that sits in front of one. */
export const CompanyView = ({ site, company, hits }: CompanyViewProps) => {
  const isAsked = filtersIn(company).length > 0
  return (
    <Page site={site} title="Vergleichbare Fälle für einen Betrieb" hidden={isAsked}>
      <header class="tn-intro">
        <h1>Vergleichbare Fälle für einen Betrieb</h1>
        <p class="tn-lead">
          Was wissen Sie über den Betrieb, der vor Ihnen sitzt? Schon eine Angabe genügt; je mehr
          übereinstimmt, desto weiter oben steht ein Fallbeispiel.
        </p>
      </header>
      <div class="tn-columns">
        <aside class="tn-side" aria-labelledby="betrieb">
          <CompanyForm company={company} />
        </aside>
        <section aria-labelledby="treffer">
          <h2 id="treffer">{isAsked ? 'Vergleichbare Fälle' : 'Noch nichts angegeben'}</h2>
          {isAsked && <Cases hits={hits} />}
        </section>
      </div>
    </Page>
  )
}

const Cases = ({ hits }: { hits: Hit[] }) =>
  hits.length > 0 ? (
    <ol class="tn-teasers">
      {hits.map((hit) => (
        <li>
          <HitView hit={hit} because="Gemeinsam" />
        </li>
      ))}
    </ol>
  ) : (
    <p class="tn-empty">
      Dazu liegt noch kein Fallbeispiel vor. Lassen Sie eine Angabe weg, oder nutzen Sie die{' '}
      <a href="/suche">Suche</a>.
    </p>
  )

const options = ({ terms }: Vocabulary, edition = '') =>
  terms.filter(({ id }) => id.startsWith(edition)).map(({ id, de }) => ({ value: id, label: de }))

const CompanyForm = ({ company }: { company: CompanyQuery }) => (
  <FilterPanel title="Der Betrieb" id="betrieb" action="/suche/betrieb" label="Fälle finden">
    <Select
      name="sector"
      label="Wirtschaftszweig"
      all="Keine Angabe"
      options={options(sectors, 'wz2008:')}
      chosen={company.sector}
    />
    <Select
      name="size"
      label="Betriebsgröße"
      all="Keine Angabe"
      options={options(companySizes)}
      chosen={company.size}
    />
    <Select
      name="land"
      label="Land"
      all="Keine Angabe"
      options={options(regions)}
      chosen={company.land}
    />
    <Select
      name="topic"
      label="Anliegen"
      all="Keine Angabe"
      options={options(topics)}
      chosen={company.topic}
    />
  </FilterPanel>
)
