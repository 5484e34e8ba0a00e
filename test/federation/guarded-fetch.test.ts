import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Guard, openGuardedFetch } from '../../src/federation/guarded-fetch.ts'
import { readJson, requestPeer } from '../../src/federation/peer.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const clean of cleanUp.splice(0)) await clean()
})

/** A server that says what a test wants as soon as it hears something. */
const listen = async (host: string, say: (socket: Socket, heard: string) => void) => {
  const told = { connections: 0, open: 0, most: 0, heard: '' }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    told.connections++
    told.most = Math.max(told.most, ++told.open)
    socket.on('error', () => undefined).on('close', () => told.open--)
    socket.on('data', (data) => {
      told.heard += data
      say(socket, String(data))
    })
  })
  await once(server.listen(0, host), 'listening')
  const { port } = server.address() as { port: number }
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  cleanUp.push(() => {
    hangUp()
    server.close()
  })
  return { port, told, hangUp }
}

const json = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
const small = `${json}content-length: 2\r\n\r\n{}`
const open = (guard: Partial<Guard> = {}) => {
  const peers = openGuardedFetch({ loopback: true, ...guard })
  cleanUp.push(peers.close)
  return peers
}
/** Another node that is never patient. */
const hasty = { headers: 150, span: 100, bytes: 500 }

/** With more time for the whole than a test has, if nothing else is said. */
const ask = async (peers: Pick<ReturnType<typeof open>, 'fetch'>, url: string, ms = 60_000) =>
  readJson(await requestPeer(peers, url, {}, ms), 1024 * 1024)

const refused = (reason: string) => ({ ok: false, reason })
const read = { ok: true, value: {} }

describe('an address of special use is never connected to', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    '１２７.0.0.1',
  ])('written as %s', async (host) => {
    const here = await listen(host.includes('[') ? '::' : '0.0.0.0', (socket) => socket.end(small))
    const resolve = async () => ['127.0.0.1', '::1']

    const answer = await ask(open({ loopback: false, resolve }), `http://${host}:${here.port}/`)

    expect(answer).toEqual(refused('address'))
    expect(here.told.connections).toBe(0)
  })

  test.each([
    ['of a private network', ['10.0.0.1']],
    ['of this machine', ['127.0.0.1']],
    ['that is public, beside one that is not', ['8.8.8.8', '127.0.0.1']],
    ['that is not public, beside one that is', ['::ffff:127.0.0.1', '8.8.8.8']],
    ['that is none', ['localhost']],
  ])('where a name leads to one %s', async (_, addresses) => {
    const here = await listen('127.0.0.1', (socket) => socket.end(small))
    const peers = open({ loopback: false, resolve: async () => addresses })

    expect(await ask(peers, `http://peer.example:${here.port}/`)).toEqual(refused('address'))
    expect(await ask(peers, `https://peer.example:${here.port}/`)).toEqual(refused('address'))
    expect(here.told.connections).toBe(0)
  })

  test('also from this machine, where only its own are allowed beside the public ones', async () => {
    const peers = open({ resolve: async () => ['127.0.0.1', '192.168.0.1'] })

    for (const url of ['http://192.168.0.1/', 'http://0.0.0.0/', 'http://[::ffff:a00:1]/']) {
      expect(await ask(peers, url)).toEqual(refused('address'))
    }
    expect(await ask(peers, 'http://peer.example/')).toEqual(refused('address'))
  })

  test('through a name whose meaning changes: what was checked is what is connected to', async () => {
    const here = await listen('127.0.0.1', (socket) => socket.write(small))
    const meanings = [['127.0.0.1'], ['10.0.0.1'], ['127.0.0.1']]
    let asked = 0
    const peers = open({ resolve: async () => meanings[asked++] ?? [] })
    const url = `http://peer.example:${here.port}/`

    expect(await ask(peers, url)).toEqual(read)
    // By then the connection is free again.
    await pause(20)
    expect(await ask(peers, url)).toEqual(read)
    expect({ asked, connections: here.told.connections }).toEqual({ asked: 1, connections: 1 })

    here.hangUp()
    await vi.waitFor(async () => expect(await ask(peers, url)).toEqual(refused('address')))
    expect(here.told.connections).toBe(1)
  })

  test('by way of a proxy that the environment names', async () => {
    const proxy = await listen('127.0.0.1', (socket) => socket.end(small))
    const here = await listen('127.0.0.1', (socket) => socket.end(small))
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY']) {
      vi.stubEnv(name, name === 'NODE_USE_ENV_PROXY' ? '1' : `http://127.0.0.1:${proxy.port}`)
    }

    expect(await ask(open(), `http://localhost:${here.port}/`)).toEqual(read)
    expect(proxy.told.connections).toBe(0)
  })
})

test('a name is found in the DNS, this machine by its own name; what is not found is unreachable', async () => {
  const here = await listen('127.0.0.1', (socket) => socket.end(small))

  expect(await ask(open(), `http://localhost:${here.port}/`)).toEqual(read)
  expect(await ask(open(), 'https://nowhere.invalid/')).toEqual(refused('unreachable'))
})

test('one of several addresses that answers is enough', async () => {
  const here = await listen('127.0.0.1', (socket) => socket.end(small))
  const resolve = async () => ['::1', '127.0.0.2', '127.0.0.1']

  expect(await ask(open({ resolve }), `http://peer.example:${here.port}/`)).toEqual(read)
})

test('what is asked says who is meant and nothing of the asker but what was given', async () => {
  const here = await listen('127.0.0.1', (socket) =>
    socket.write(`${json}set-cookie: a=b\r\ncontent-length: 2\r\n\r\n{}`),
  )
  const url = `http://localhost:${here.port}/x?after=1`
  const peers = open()
  await ask(peers, url)

  await requestPeer(peers, url, { method: 'POST', body: 'hello', headers: { 'x-y': 'z' } })

  expect(here.told.heard).toBe(
    `GET /x?after=1 HTTP/1.1\r\nhost: localhost:${here.port}\r\nconnection: keep-alive\r\n` +
      'accept-encoding: identity\r\n\r\n' +
      `POST /x?after=1 HTTP/1.1\r\nhost: localhost:${here.port}\r\nconnection: keep-alive\r\n` +
      'accept-encoding: identity\r\ncontent-type: text/plain;charset=UTF-8\r\nx-y: z\r\n' +
      'content-length: 5\r\n\r\nhello',
  )
})

/** Says something again and again, for as long as somebody listens. */
const again = (text: string, milliseconds: number) => (socket: Socket) => {
  const timer = setInterval(() => socket.write(text), milliseconds)
  socket.on('close', () => clearInterval(timer))
}
const first = (text: string, more: (socket: Socket) => void) => (socket: Socket) => {
  socket.write(text)
  more(socket)
}
const endless = (text: string) => (socket: Socket) => {
  const more = () => {
    while (!socket.destroyed && socket.write(text)) {}
  }
  socket.on('drain', more)
  more()
}

describe('a peer that wastes time or space is given up', () => {
  test.each<[string, (socket: Socket) => void, string]>([
    ['says nothing', () => undefined, 'too-slow'],
    ['drips its header fields', first(json, again('x: y\r\n', 20)), 'too-slow'],
    ['drips its body', first(`${json}\r\n`, again(' ', 20)), 'too-slow'],
    [
      'sends everything but content',
      first(`${json}transfer-encoding: chunked\r\n\r\n1;`, endless('x'.repeat(1_000))),
      'too-slow',
    ],
    [
      'stops in the middle',
      (socket) => socket.write(`${json}content-length: 9\r\n\r\n{`),
      'too-slow',
    ],
    ['has endless header fields', first(json, endless(`x: ${'y'.repeat(1_000)}\r\n`)), 'too-large'],
    ['has one endless header field', first(`${json}x: `, endless('y'.repeat(1_000))), 'too-large'],
    ['goes on announcing', endless('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'), 'too-large'],
    ['has an endless body', first(`${json}\r\n`, endless(' '.repeat(10_000))), 'too-large'],
    [
      'has an endless body in the smallest pieces',
      first(`${json}transfer-encoding: chunked\r\n\r\n`, endless('1\r\n \r\n'.repeat(1_000))),
      'too-large',
    ],
    [
      'has a short body in the smallest pieces',
      (socket) => {
        const body = `${'1\r\n \r\n'.repeat(5_000)}2\r\n{}\r\n0\r\n\r\n`
        socket.write(`${json}transfer-encoding: chunked\r\n\r\n${body}`)
      },
      'too-large',
    ],
    [
      'never ends its trailers',
      first(`${json}transfer-encoding: chunked\r\n\r\n0\r\n`, endless('a: b\r\n'.repeat(100))),
      'too-large',
    ],
  ])('that %s', async (_, say, reason) => {
    const here = await listen('127.0.0.1', say)
    const peers = open(reason === 'too-slow' ? { patience: hasty } : {})

    expect(await ask(peers, `http://localhost:${here.port}/`)).toEqual(refused(reason))
    await vi.waitFor(() => expect(here.told.open).toBe(0))
  })

  test('that is steady, but not done within the time for the whole', async () => {
    const here = await listen('127.0.0.1', first(`${json}\r\n`, again(' '.repeat(1_000), 10)))
    const peers = open({ patience: hasty })

    expect(await ask(peers, `http://localhost:${here.port}/`, 350)).toEqual(refused('too-slow'))
    await vi.waitFor(() => expect(here.told.open).toBe(0))
  })

  test('also while the request waits for one of its connections', async () => {
    const here = await listen('127.0.0.1', () => undefined)
    const peers = open()
    const asked = Array.from({ length: 9 }, () => ask(peers, `http://localhost:${here.port}/`, 150))

    expect(await Promise.all(asked)).toEqual(Array(9).fill(refused('too-slow')))
  })
})

test('who is slow is heard out as long as enough comes in time', async () => {
  const here = await listen('127.0.0.1', async (socket) => {
    socket.write(`${json}content-length: 12002\r\n\r\n{`)
    for (let i = 0; i < 12; i++) {
      await pause(30)
      socket.write(' '.repeat(1_000))
    }
    socket.write('}')
  })

  expect(await ask(open({ patience: hasty }), `http://localhost:${here.port}/`)).toEqual(read)
})

test('what lies here unread is no fault of the peer', async () => {
  const body = JSON.stringify('x'.repeat(300_000))
  const here = await listen('127.0.0.1', (socket) =>
    socket.write(`${json}content-length: ${body.length}\r\n\r\n${body}`),
  )
  const answer = await open({ patience: hasty }).fetch(`http://localhost:${here.port}/`)
  const reader = answer.body?.getReader()
  let size = (await reader?.read())?.value?.length ?? 0

  await pause(3 * hasty.span)
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk?.value) break
    size += chunk.value.length
  }

  expect(size).toBe(body.length)
})

describe('an answer that is none', () => {
  test.each<[string, string, string]>([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'unreachable'],
    [
      'a change of protocol',
      'HTTP/1.1 101 x\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'unreachable',
    ],
    ['a request to go on', 'HTTP/1.1 100 Continue\r\n\r\n', 'unreachable'],
    ['a status that there is not', 'HTTP/1.1 999 x\r\ncontent-length: 0\r\n\r\n', 'status-999'],
    ['one without a body', 'HTTP/1.1 204 x\r\n\r\n', 'status-204'],
    ['two lengths', `${json}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 'unreachable'],
    [
      'a length and chunks',
      `${json}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
      'unreachable',
    ],
    ['a compressed one', `${json}content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`, 'encoded'],
    ['a redirect', 'HTTP/1.1 302 x\r\nlocation: /\r\ncontent-length: 0\r\n\r\n', 'redirected'],
  ])('%s', async (_, said, reason) => {
    const here = await listen('127.0.0.1', (socket) => socket.write(said))

    expect(await ask(open({ patience: hasty }), `http://localhost:${here.port}/`)).toEqual(
      refused(reason),
    )
    expect(here.told.connections).toBe(1)
  })

  test('because it breaks off, or there is no TLS where there should be', async () => {
    const breaks = await listen('127.0.0.1', (socket) =>
      socket.end(`${json}content-length: 9\r\n\r\n{`),
    )
    const plain = await listen('127.0.0.1', (socket) => socket.end(small))
    const peers = open()

    expect(await ask(peers, `http://localhost:${breaks.port}/`)).toEqual(refused('unreachable'))
    expect(await ask(peers, `https://localhost:${plain.port}/`)).toEqual(refused('unreachable'))
  })
})

test('of one host no more than six connections are had at a time, and everybody gets his turn', async () => {
  const waiting: Socket[] = []
  const here = await listen('127.0.0.1', (socket) => waiting.push(socket))
  const peers = open()
  const asked = Array.from({ length: 20 }, () => ask(peers, `http://localhost:${here.port}/`))
  let answered = 0
  while (answered < 20) {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0))
    answered++
    waiting.shift()?.write(small)
  }

  expect(await Promise.all(asked)).toEqual(Array(20).fill(read))
  expect(here.told.most).toBe(6)
})

test('who closes it hangs up on everybody', async () => {
  const here = await listen('127.0.0.1', () => undefined)
  const peers = open()
  const asked = ask(peers, `http://localhost:${here.port}/`)
  await vi.waitFor(() => expect(here.told.connections).toBe(1))

  await peers.close()

  expect(await asked).toEqual(refused('unreachable'))
  await vi.waitFor(() => expect(here.told.open).toBe(0))
})
