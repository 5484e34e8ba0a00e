import { z } from 'zod'
import { ListItem } from '../publications/answers.ts'

/** What the JSON interface answers to a search, best hit first. */
export const SearchAnswer = z.strictObject({
  hits: z.array(
    ListItem.extend({
      passage: z
        .array(z.strictObject({ text: z.string(), hit: z.boolean() }))
        .describe('The passage found, in pieces; `hit` marks the words looked for.'),
    }),
  ),
  total: z.int().min(0),
  next: z
    .string()
    .nullable()
    .describe('What to send as `after` for the next page; null on the last.'),
})
