import type { z } from 'zod'
import type { JsonObject } from '../signing/json.ts'

/** What a JSON object holds apart from the places that its schema found wrong; a list keeps its numbers. */
export const soundParts = (input: unknown, issues: readonly z.core.$ZodIssue[]) => {
  const parts = structuredClone(input) as JsonObject
  for (const { code, path } of issues) {
    // A member that is not known says nothing of the object around it.
    if (code !== 'unrecognized_keys') remove(parts, path.map(String))
  }
  return parts
}

/** Leaves a hole in a list: whoever goes through it sees only what is there. */
const remove = (parts: JsonObject, path: string[]) => {
  const [step = '', ...further] = path
  const part = parts[step]
  if (further.length === 0) Reflect.deleteProperty(parts, step)
  else if (typeof part === 'object' && part !== null) remove(part as JsonObject, further)
}
