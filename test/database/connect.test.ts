import type postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  connect,
  isConnectionLoss,
  isDatabaseAway,
  repeatOnLoss,
} from '../../src/database/connect.ts'
import { openTestDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>

beforeAll(async () => {
  database = await openTestDatabase({ max: 4 })
})
afterAll(() => database.close())

const failure = (query: PromiseLike<unknown>) =>
  query.then(
    () => undefined,
    (error: unknown) => error,
  )

test('an int8 is a number', async () => {
  const [row] = await database.sql`
    select ${Number.MAX_SAFE_INTEGER}::int8 as largest, -5::int8 as negative, count(*) as counted
    from generate_series(1, 3)
  `

  expect(row).toEqual({ largest: 9_007_199_254_740_991, negative: -5, counted: 3 })
})

test('an int8 that a number cannot hold is refused, not rounded', async () => {
  const { sql } = database

  const tooLarge = failure(sql`select 9007199254740992::int8 as n, ${'x'}::text as t`)
  const fraction = failure(sql`select ${1.5}::int8`)

  expect(await tooLarge).toBeInstanceOf(RangeError)
  expect(await fraction).toBeInstanceOf(RangeError)
})

test('after a refused value the connection still gives each query its own answer', async () => {
  await using own = await openTestDatabase({ max: 1 })

  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      i % 3
        ? own.sql`select ${i}::int4 as i`.then(([row]) => row?.i)
        : failure(own.sql`select 9223372036854775807::int8 as n, ${i}::int4 as i`),
    ),
  )

  answers.forEach((answer, i) => {
    if (i % 3) expect(answer).toBe(i)
    else expect(answer).toBeInstanceOf(RangeError)
  })
})

test('a new connection asks nothing of its own', () => {
  const { options } = connect(database.url)

  expect(options.fetch_types).toBe(false)
})

test('a page travels as jsonb', async () => {
  const page = [
    { rid: 'a', title: 'Ein „Titel“' },
    { rid: 'b', title: null },
  ]

  const rows = await database.sql`
    select rid, title
    from jsonb_to_recordset(${database.sql.json(page)}) as entry(rid text, title text)
  `

  expect([...rows]).toEqual(page)
})

test('nobody waits for ever', async () => {
  const [row] = await database.sql`
    select
      current_setting('statement_timeout') as statement,
      current_setting('lock_timeout') as lock,
      current_setting('idle_in_transaction_session_timeout') as idle
  `

  expect(row).toEqual({ statement: '30s', lock: '10s', idle: '30s' })
})

test('the URL can ask for other timeouts', async () => {
  const sql = connect(`${database.url}?statement_timeout=1234`, { max: 1 })

  const [row] = await sql`show statement_timeout`
  await sql.end()

  expect(row).toEqual({ statement_timeout: '1234ms' })
})

test('a name tells the operator whose connection it is', async () => {
  const sql = connect(database.url, { max: 1, name: 'hub berlin' })

  const [row] = await sql`show application_name`
  await sql.end()

  expect(row).toEqual({ application_name: 'hub berlin' })
})

/** A statement that runs until somebody ends its session. */
async function startSlowQuery(sql: postgres.Sql) {
  const [session] = await sql`select pg_backend_pid() as pid`
  const outcome = failure(sql`select pg_sleep(20)`)
  const isSleeping = () => database.sql`
    select from pg_stat_activity
    where pid = ${session?.pid} and wait_event = 'PgSleep'
  `
  await expect.poll(isSleeping, { interval: 5 }).toHaveLength(1)
  return { outcome, end: () => database.sql`select pg_terminate_backend(${session?.pid})` }
}

test('a session that is ended under a query is a connection loss, and the node lives on', async () => {
  await using own = await openTestDatabase({ max: 1 })
  const slow = await startSlowQuery(own.sql)

  await slow.end()

  const error = await slow.outcome
  expect(isConnectionLoss(error)).toBe(true)
  expect(isDatabaseAway(error)).toBe(true)
})

test('what may happen twice is done again after a connection loss', async () => {
  await using own = await openTestDatabase({ max: 1 })
  const slow = await startSlowQuery(own.sql)
  let attempts = 0
  const read = () => {
    attempts += 1
    return attempts === 1 ? slow.outcome.then((error) => Promise.reject(error)) : own.sql`select 1`
  }
  await slow.end()

  const rows = await repeatOnLoss(read)

  expect(rows).toHaveLength(1)
})

test('postgres.js tells a loss twice, and the second time nothing was sent', async () => {
  await using own = await openTestDatabase({ max: 1 })
  await own.sql`create table sent (n int)`
  const slow = await startSlowQuery(own.sql)
  await slow.end()
  await slow.outcome

  const second = await failure(own.sql`insert into sent values (1)`)

  // If this fails, postgres.js has mended it: two attempts are enough in repeatOnLoss then.
  expect(isConnectionLoss(second)).toBe(true)
  expect(await own.sql`select n from sent`).toEqual([])
})

test('what failed for another reason is not repeated', async () => {
  let attempts = 0
  const act = () => {
    attempts += 1
    return database.sql`select * from nowhere`
  }

  await failure(repeatOnLoss(act))

  expect(attempts).toBe(1)
})

test('sessions that are ended while they do nothing disturb nobody', async () => {
  await using own = await openTestDatabase({ max: 3 })
  const [name] = await own.sql`select current_database() as name`
  await Promise.all([1, 2, 3].map(() => own.sql`select pg_sleep(0.05)`))

  await database.sql`
    select pg_terminate_backend(pid)
    from pg_stat_activity
    where datname = ${name?.name}
  `

  // The first queries may still meet the closing connections; nothing may be rejected beside them.
  const works = () =>
    own.sql`select 1 as one`.then(
      ([row]) => row?.one,
      (error) => isConnectionLoss(error) || error,
    )
  await expect.poll(works, { interval: 5 }).toBe(1)
})

test('a query after the end is a connection loss', async () => {
  const sql = connect(database.url, { max: 1 })
  await sql.end()

  const error = await failure(sql`select 1`)

  expect(isConnectionLoss(error)).toBe(true)
})

test('a server that is not there is away, and no connection was lost', async () => {
  const url = new URL(database.url)
  url.port = '1'
  const sql = connect(url.href, { max: 1 })

  const error = await failure(sql`select 1`)

  expect(isDatabaseAway(error)).toBe(true)
  expect(isConnectionLoss(error)).toBe(false)
})

test('workerd says it in other words', () => {
  const refused = new Error('proxy request failed, cannot connect to the specified address')

  expect(isDatabaseAway(refused)).toBe(true)
  expect(isConnectionLoss(refused)).toBe(false)
  expect(isConnectionLoss(new Error('Network connection lost.'))).toBe(true)
})

test('a mistake in a statement is neither', async () => {
  const error = await failure(database.sql`select * from nowhere`)

  expect(error).toMatchObject({ code: '42P01' })
  expect(isDatabaseAway(error)).toBe(false)
  expect(isDatabaseAway(undefined)).toBe(false)
})
