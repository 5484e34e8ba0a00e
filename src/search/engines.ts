/** Which engine answers. */
import type { Hub } from '../hub.ts'
import type { Engine } from './engine.ts'
import { postgresEngine } from './postgres.ts'

export const engineOf = async (hub: Hub): Promise<Engine> => postgresEngine(hub.sql)
