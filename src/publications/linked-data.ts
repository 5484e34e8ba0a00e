import type { Envelope } from './envelope.ts'
import { companySizes } from './vocabularies/company-sizes.ts'
import { regions } from './vocabularies/regions.ts'
import { sectors } from './vocabularies/sectors.ts'
import { topics } from './vocabularies/topics.ts'
import { labelOf, uriOf, type Vocabulary } from './vocabulary.ts'

export type JsonLd = { [member: string]: unknown }

/**
 * What an envelope says in the words of schema.org, with Dublin Core where schema.org has none.
 * A kind adds its `@type` and what only it knows; who shows the record adds `@id`, `url`,
 * `publisher` and `datePublished`, which a record does not know about itself.
 */
export const describe = (record: Envelope): JsonLd => ({
  '@context': ['https://schema.org', { dcterms: 'http://purl.org/dc/terms/' }],
  name: record.title,
  headline: record.title,
  abstract: record.summary,
  inLanguage: record.language,
  license: record.licence,
  isAccessibleForFree: true,
  creator: (record.authors?.length ? record.authors : [record.contact.role]).map(organisation),
  about: [
    ...record.topics.map((id) => definedTerm(topics, id)),
    ...(record.sectors ?? []).map(({ scheme, code }) => definedTerm(sectors, `${scheme}:${code}`)),
  ],
  funding: {
    '@type': 'Grant',
    name: record.funding.programme,
    funder: [record.funding.funder, ...(record.funding.coFunders ?? [])].map(organisation),
  },
  'dcterms:accessRights': { '@id': accessRights[record.visibility] },
  ...some('keywords', record.keywords),
  ...some('spatialCoverage', record.regions?.map(place)),
  ...some('audience', record.companySizes?.map(audience)),
  ...some('citation', record.sources?.map(citation)),
})

/** A member only if there is something to say. */
export const some = (member: string, values: readonly unknown[] | undefined): JsonLd =>
  values?.length ? { [member]: values } : {}

/** From the access right vocabulary of the EU Publications Office, as DCAT-AP.de uses it. */
const accessRights = {
  public: 'http://publications.europa.eu/resource/authority/access-right/PUBLIC',
  members: 'http://publications.europa.eu/resource/authority/access-right/RESTRICTED',
}

const definedTerm = (vocabulary: Vocabulary, id: string): JsonLd => ({
  '@type': 'DefinedTerm',
  '@id': uriOf(vocabulary, id),
  name: labelOf(vocabulary, id),
  inDefinedTermSet: vocabulary.uri,
})

const organisation = (name: string): JsonLd => ({ '@type': 'Organization', name })

const audience = (id: string): JsonLd => ({
  '@type': 'BusinessAudience',
  audienceType: labelOf(companySizes, id),
})

const place = ({ land, ags }: { land: string; ags?: string | undefined }): JsonLd => ({
  '@type': 'AdministrativeArea',
  name: labelOf(regions, land),
  identifier: ags ? [land, ags] : land,
})

const citation = ({ title, link }: { title: string; link?: string | undefined }): JsonLd => ({
  '@type': 'CreativeWork',
  name: title,
  ...(link && { url: link }),
})
