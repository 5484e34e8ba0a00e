import { z } from 'zod'
import type { Kind } from './kind.ts'

/** The JSON Schema (draft 2020-12) of a kind's contents, or of what `transfernetz publish` takes. */
export const jsonSchemaOf = (kind: Kind, form: 'published' | 'submission') => ({
  // An identifier, like those of the vocabularies.
  $id: `https://w3id.org/transfernetz/schema/${kind.id}.${form}.json`,
  title: form === 'published' ? kind.label : `${kind.label} (zum Veröffentlichen)`,
  ...z.toJSONSchema(kind[form], { io: 'input' }),
})
