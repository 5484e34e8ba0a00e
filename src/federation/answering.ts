/** Waiting for one answer, piece by piece: how long it may take, how slow it may come, and in how small pieces. */
import type { Dispatcher } from 'undici'
import { PeerFault, type PeerReason } from './peer.ts'

/** Milliseconds. The deadline of a whole request is its asker's (peer.ts). */
export interface Patience {
  /** From when the request is on its way until all header fields of the answer are there. */
  headers: number
  /** In each such span of time at least so many bytes of the body must come. */
  span: number
  bytes: number
}

/** Interim answers (1xx) before the answer proper. */
const mostInterim = 8
/** Bytes that may lie here unread before the peer has to wait. */
const unread = 4 * 1024
/** After so many pieces of a body they must have so many bytes each: a piece weighs a hundred, even of one byte. */
const small = { pieces: 1_000, bytes: 64 }
/** That these answers have no body, `Response` insists on. */
const bodiless = [204, 205, 304]

type Request = Dispatcher.DispatchController
type Fields = Record<string, string | string[] | undefined>

/** Turns what undici tells of a request into a `Response` whose body streams in. */
export class Answering implements Dispatcher.DispatchHandler {
  readonly answer: Promise<Response>
  readonly #patience: Patience
  readonly #signal: AbortSignal
  #resolve: (answer: Response) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined
  #request: Request | undefined
  #body: ReadableStreamDefaultController<Uint8Array> | undefined
  #timer: NodeJS.Timeout | undefined
  #interim = 0
  #pieces = 0
  #bytes = 0

  constructor(patience: Patience, signal: AbortSignal) {
    this.#patience = patience
    this.#signal = signal
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // While it waits for a connection, undici does not listen to anybody.
    signal.addEventListener('abort', this.#abort)
    if (signal.aborted) this.#abort()
  }

  /** Comes again where a connection that was kept turns out to be dead. */
  onRequestStart(request: Request) {
    this.#request = request
    if (this.#signal.aborted) this.#abort()
    else this.#after(this.#patience.headers, () => this.#giveUp('too-slow'))
  }

  onResponseStart(_: Request, status: number, fields: Fields) {
    if (status < 200) {
      if (++this.#interim > mostInterim) this.#giveUp('too-large')
      return
    }
    if (status > 599) throw new PeerFault(`status-${status}`)
    const headers = Object.entries(fields).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    )
    const body = bodiless.includes(status) ? null : this.#openBody()
    this.#resolve(new Response(body, { status, headers }))
    this.#awaitBytes(0)
  }

  onResponseData(request: Request, piece: Buffer) {
    this.#pieces++
    this.#bytes += piece.length
    const crumbs = this.#pieces > small.pieces && this.#bytes / this.#pieces < small.bytes
    if (crumbs) this.#giveUp('too-large')
    else this.#body?.enqueue(piece)
    if ((this.#body?.desiredSize ?? 1) <= 0) request.pause()
  }

  onResponseEnd() {
    this.#end()
    this.#body?.close()
  }

  onResponseError(_: Request, error: Error & { code?: string }) {
    this.#fail(error.code === 'UND_ERR_HEADERS_OVERFLOW' ? new PeerFault('too-large') : error)
  }

  #openBody() {
    const source: UnderlyingDefaultSource<Uint8Array> = {
      start: (body) => {
        this.#body = body
      },
      pull: () => this.#request?.resume(),
      cancel: () => this.#giveUp('unreachable'),
    }
    return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: unread }))
  }

  /** Looks once in a span whether enough has come – but not while it is we who keep the peer waiting. */
  #awaitBytes(before: number) {
    this.#after(this.#patience.span, () => {
      const slow = this.#bytes - before < this.#patience.bytes && !this.#request?.paused
      if (slow) this.#giveUp('too-slow')
      else this.#awaitBytes(this.#bytes)
    })
  }

  /** Timers run before sockets are read: what came while this process was busy is heard first. */
  #after(milliseconds: number, act: () => void) {
    clearTimeout(this.#timer)
    const timer = setTimeout(() => setImmediate(() => this.#timer === timer && act()), milliseconds)
    this.#timer = timer
  }

  readonly #abort = () => {
    this.#request?.abort(this.#signal.reason)
    this.#fail(this.#signal.reason)
  }

  #giveUp(reason: PeerReason) {
    const fault = new PeerFault(reason)
    this.#request?.abort(fault)
    this.#fail(fault)
  }

  #fail(error: unknown) {
    this.#end()
    this.#reject(error)
    this.#body?.error(error)
  }

  #end() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#signal.removeEventListener('abort', this.#abort)
  }
}
