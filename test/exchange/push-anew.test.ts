import { expect, onTestFinished, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { alignFeeds } from '../../src/exchange/align.ts'
import { pullDue } from '../../src/exchange/pulls.ts'
import { newRecordId } from '../../src/publications/record-id.ts'
import { nextEpoch, stateAnew } from '../support/chain.ts'
import { openFederation } from '../support/hub.ts'
import { openScribe, type Scribe } from '../support/rogue.ts'
import { openSigner } from '../support/signer.ts'

test('a feed that is brought and begins anew hides no longer what it took back, once its writer says that this is all', async () => {
  const net = await openFederation()
  onTestFinished(() => net.close())
  const signer = await openSigner(net, net.berlin)
  const bring = async (epoch: number, { entries, head }: Scribe) => {
    const body = { iss: signer.iss, feed: 'public', epoch, entries, head: await head() }
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = await app.request(
      `${net.berlin.config.origin}/exchange/v1/entries`,
      init,
      net.berlin,
    )
    expect(answer.status).toBe(200)
  }
  const rid = newRecordId(net.clock.now)
  const page = async () =>
    (await app.request(`/api/records/werkstatt/${rid}`, {}, net.berlin)).status
  await signer.publish({ rid })
  const base = { epoch: 1, seq: 1, dig: signer.digestAt(1) }
  await signer.say({ op: 'withdraw', rid, ver: 1, reason: 'other' })
  await bring(1, signer)
  await stateAnew(net, signer.iss, (stated) => nextEpoch(stated, base), [net.berlin])
  await alignFeeds(net.berlin)
  const hidden = await page()
  const about = {
    iss: signer.iss,
    feed: 'public' as const,
    key: signer.key,
    now: () => net.clock.now,
  }

  await bring(2, openScribe({ ...about, epoch: 2, base: base.dig }))
  await pullDue(net.berlin)

  expect([hidden, await page()]).toEqual([404, 200])
})
