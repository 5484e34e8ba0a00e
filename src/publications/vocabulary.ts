import { z } from 'zod'

/** One term of a closed list. `id` is what records carry; the rest is for people and for other systems. */
export interface Term {
  id: string
  de: string
  en: string
  /** Where the term has an identifier of its own, elsewhere. */
  uri?: string
  /** The term to use instead of a retired one. A retired term is still read, no longer offered. */
  replacedBy?: string
}

/** A closed list of terms with a stable URI. */
export interface Vocabulary<T extends Term = Term> {
  name: string
  uri: string
  terms: readonly T[]
}

/** An identifier, not an address: nobody has to serve it for two nodes to mean the same. */
const base = 'https://w3id.org/transfernetz/vocab/'

export const defineVocabulary = <const T extends Term>(
  name: string,
  terms: readonly T[],
): Vocabulary<T> => ({ name, uri: base + name, terms })

/** A schema that admits exactly the ids of the vocabulary. */
export const termOf = <T extends Term>({ terms }: Vocabulary<T>) =>
  z.enum(terms.map((term): T['id'] => term.id))

/** The German label of a term; an unknown id (a newer peer's) stands for itself. */
export const labelOf = (vocabulary: Vocabulary, id: string) =>
  vocabulary.terms.find((term) => term.id === id)?.de ?? id

/** The URI of a term, known or not: its own where it has one, else the vocabulary's with its id. */
export const uriOf = (vocabulary: Vocabulary, id: string) =>
  vocabulary.terms.find((term) => term.id === id)?.uri ?? `${vocabulary.uri}/${id}`
