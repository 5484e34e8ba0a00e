/** What lists of records are narrowed by. */
import { Select } from '../web/fields.tsx'
import { kinds } from './kinds.ts'
import { regions } from './vocabularies/regions.ts'
import { topics } from './vocabularies/topics.ts'
import type { Vocabulary } from './vocabulary.ts'

type Chosen = { chosen: string | undefined }

export const optionsOf = ({ terms }: Vocabulary) =>
  terms.map(({ id, de }) => ({ value: id, label: de }))

export const TopicSelect = ({ chosen }: Chosen) => (
  <Select
    name="topic"
    label="Thema"
    all="Alle Themen"
    options={optionsOf(topics)}
    chosen={chosen}
  />
)

export const KindSelect = ({ chosen }: Chosen) => (
  <Select
    name="kind"
    label="Beitragsart"
    all="Alle Arten"
    options={kinds.map(({ id, plural }) => ({ value: id, label: plural }))}
    chosen={chosen}
  />
)

/** `name`: as the address has it. */
export const LandSelect = ({ name = 'region', chosen }: Chosen & { name?: string }) => (
  <Select name={name} label="Land" all="Alle Länder" options={optionsOf(regions)} chosen={chosen} />
)

/** Where a centre may be chosen by its slug. */
export interface NamedCentre {
  slug: string
  name: string
}

export const CentreSelect = ({
  centres,
  label = 'Zentrum',
  chosen,
}: Chosen & { centres: NamedCentre[]; label?: string }) => (
  <Select
    name="centre"
    label={label}
    all="Alle Zentren"
    options={centres.map(({ slug, name }) => ({ value: slug, label: name }))}
    chosen={chosen}
  />
)
