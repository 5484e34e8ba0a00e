import { Hono } from 'hono'
import type { Hub } from '../hub.ts'
import { readQuery } from '../web/input.ts'
import { answerPlace, PlaceQuery } from './answer.ts'

export const placesApi = new Hono<{ Bindings: Hub }>().get('/', async (c) => {
  const { answer } = await answerPlace(c.env, readQuery(c, PlaceQuery))
  return c.json(answer)
})
