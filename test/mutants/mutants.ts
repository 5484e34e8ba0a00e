/**
 * Ways to break the verification, each of which some test must notice. `npm run test:mutants` tries them one
 * after the other; test/mutants.test.ts sees to it that the table keeps up with the code.
 */
export interface Mutant {
  /** What the node would do. */
  name: string
  /** Below src/ or migrations/. */
  file: string
  /** Stands exactly once in the file … */
  from: string
  /** … and is replaced by this. */
  to: string
  /** Test files of which one must fail. */
  tests: string[]
}

const verify = 'test/exchange/verify.test.ts'
const rogue = 'test/exchange/rogue.test.ts'
const assertion = 'test/exchange/assertion.test.ts'
const history = 'test/federation/history.test.ts'
const peer = 'test/federation/peer.test.ts'
const guarded = 'test/federation/guarded-fetch.test.ts'
const gate = 'test/signing/gate.test.ts'
const holdings = 'test/exchange/holdings.test.ts'
const request = 'test/federation/vouch.test.ts'
const rotate = 'test/federation/rotate.test.ts'
const rollOver = 'test/federation/roll-over.test.ts'
const carry = 'test/federation/carry-keys.test.ts'

export const mutants: Mutant[] = [
  // -- the gate and signatures ---------------------------------------------
  {
    name: 'accepts any signature',
    file: 'src/signing/seal.ts',
    from: "    await compactVerify(token, key, { algorithms: ['ES256'] })\n",
    to: '',
    tests: [verify],
  },
  {
    name: 'does not encode again what it decoded',
    file: 'src/signing/gate.ts',
    from: "return bytes.toString('base64url') === text ? bytes : undefined",
    to: 'return bytes',
    tests: [gate],
  },
  {
    name: 'takes JSON in any form',
    file: 'src/signing/gate.ts',
    from: "JSON.stringify(value) === text ? undefined : 'token-canonical'",
    to: 'undefined',
    tests: [gate],
  },
  {
    name: 'takes further members of a header',
    file: 'src/signing/gate.ts',
    from: "Object.keys(opened.header).sort().join() !== 'alg,kid,typ'",
    to: 'false',
    tests: [gate],
  },
  {
    name: 'takes a token of another type',
    file: 'src/signing/gate.ts',
    from: 'if (header.typ !== typ)',
    to: 'if (false)',
    tests: [gate],
  },
  {
    name: 'takes another algorithm',
    file: 'src/signing/gate.ts',
    from: "if (alg !== 'ES256')",
    to: 'if (false)',
    tests: [gate],
  },
  {
    name: 'obeys what a statement says of its own key',
    file: 'src/signing/gate.ts',
    from: 'if (refusedInStatements.some((name) => name in opened.header))',
    to: 'if (false)',
    tests: [gate],
  },
  // -- entries --------------------------------------------------------------
  {
    name: 'takes an entry of another feed',
    file: 'src/exchange/link.ts',
    from: 'if (link.iss !== centre.id || link.feed !== feed || link.epoch !== before.epoch)',
    to: 'if (false)',
    tests: [verify],
  },
  {
    name: 'skips seq',
    file: 'src/exchange/link.ts',
    from: 'if (link.seq !== before.seq + 1)',
    to: 'if (false)',
    tests: [verify],
  },
  {
    name: 'skips prev',
    file: 'src/exchange/link.ts',
    from: 'if (link.prev !== before.dig)',
    to: 'if (false)',
    tests: [verify],
  },
  {
    name: 'takes an entry from the future',
    file: 'src/exchange/link.ts',
    from: "return link.iat > now + skew ? 'iat-future' : undefined",
    to: 'return undefined',
    tests: [verify],
  },
  {
    name: 'takes an older key after a newer one',
    file: 'src/exchange/link.ts',
    from: 'if (key.n < before.keyNumber)',
    to: 'if (false)',
    tests: [verify],
  },
  {
    name: 'skips the cut of a key',
    file: 'src/exchange/link.ts',
    from: 'if (!withinCuts(key, link.feed, link, dig))',
    to: 'if (false)',
    tests: [verify],
  },
  {
    name: 'takes any entry at the place of a cut',
    file: 'src/federation/centre.ts',
    from: 'return place.seq === cut.seq && dig === cut.dig',
    to: 'return place.seq === cut.seq',
    tests: ['test/federation/centre.test.ts'],
  },
  {
    name: 'takes keys of a suspended centre for live',
    file: 'src/federation/centre.ts',
    from: "centre.valid_through ?? (centre.status === 'active' ? undefined : []),",
    to: 'centre.valid_through,',
    tests: ['test/federation/centre.test.ts'],
  },
  {
    name: 'skips the digest of a content',
    file: 'src/exchange/link.ts',
    from: 'saltedDigest(salt, content) === claim.dig',
    to: 'true',
    tests: [verify],
  },
  {
    name: 'takes a salt of any length',
    file: 'src/exchange/link.ts',
    from: 'salt?.length === saltBytes &&',
    to: 'salt !== undefined &&',
    tests: [verify],
  },
  {
    name: 'believes that a missing content is there',
    file: 'src/exchange/link.ts',
    from: "return owed ? no('content-missing') : { ok: true, bytes: undefined }",
    to: 'return { ok: true, bytes: undefined }',
    tests: [verify],
  },
  {
    name: 'goes on behind an entry that is bad',
    file: 'src/exchange/verify.ts',
    from: 'const good = (bad === -1 ? linked : linked.slice(0, bad)).map(',
    to: 'const good = linked.map(',
    tests: [verify],
  },
  {
    name: 'obeys an operation with members that it does not know',
    file: 'src/exchange/entry.ts',
    from: "return known ? read : { ...read, fault: 'member-unknown' }",
    to: 'return read',
    tests: [verify],
  },
  // -- heads ----------------------------------------------------------------
  {
    name: 'keeps a head that contradicts what it holds',
    file: 'src/exchange/pull.ts',
    from: 'if (held !== undefined && dig !== held)',
    to: 'if (false)',
    tests: [rogue],
  },
  {
    name: 'takes a head under a retired key',
    file: 'src/exchange/head.ts',
    from: "if (retired) return { ok: false, reason: 'key-retired' }",
    to: '',
    tests: ['test/exchange/compromise.test.ts'],
  },
  {
    name: 'proves files without comparing them',
    file: 'src/exchange/verify-feed.ts',
    from: "if (!isBlob(answer.value, file)) return { ok: false, reason: 'blob: blob-digest', epoch, seq }",
    to: '',
    tests: ['test/exchange/verify-feed.test.ts'],
  },
  {
    name: 'follows a writer for ever',
    file: 'src/exchange/verify-feed.ts',
    from: 'if (cursor.seq > most || isTooMuch(walking)) {',
    to: 'if (isTooMuch(walking)) {',
    tests: ['test/exchange/verify-feed.test.ts'],
  },
  {
    name: 'keeps to itself that its own journal contradicts it',
    file: 'src/exchange/recover.ts',
    from: 'if (pull) await contradictedByNote(pull, last)',
    to: '',
    tests: ['test/exchange/recover.test.ts'],
  },
  {
    name: 'believes a note of its journal without a signature',
    file: 'src/exchange/fork.ts',
    from: 'const [entry] = good.map((each) => each.entry)',
    to: 'const [entry] = good.map((each) => each.entry).concat(noted.linked)',
    tests: ['test/exchange/recover.test.ts'],
  },
  {
    name: 'follows every word about more than home has',
    file: 'src/exchange/peers-store.ts',
    from: 'or p.reason is null and p.last_success > h.size_since',
    to: 'or true',
    tests: ['test/exchange/sources.test.ts'],
  },
  {
    name: 'asks first whoever promises most, however often it lied',
    file: 'src/exchange/sources-store.ts',
    from: 'order by coalesce(p.failures, 0), m.more desc, random()',
    to: 'order by m.more desc, random()',
    tests: ['test/exchange/sources.test.ts'],
  },
  {
    name: 'proves a feed that is longer than what was served',
    file: 'src/exchange/verify-feed.ts',
    from: "if (head.size > seq) return no('head: beyond')",
    to: '',
    tests: ['test/exchange/verify-feed.test.ts'],
  },
  {
    name: 'serves a head beyond what it holds',
    file: 'src/exchange/store.ts',
    from: ' and size >= ',
    to: ' and 0 <= ',
    tests: ['test/exchange/pull.test.ts'],
  },
  // -- who asks, and who holds what -----------------------------------------
  {
    name: 'takes an assertion for another node',
    file: 'src/exchange/assertion.ts',
    from: 'if (aud !== hub.config.origin)',
    to: 'if (false)',
    tests: [assertion],
  },
  {
    name: 'takes an assertion about another centre',
    file: 'src/exchange/assertion.ts',
    from: 'if (iss !== sub)',
    to: 'if (false)',
    tests: [assertion],
  },
  {
    name: 'takes an assertion twice',
    file: 'src/exchange/assertion.ts',
    from: "if (use?.answer !== 'fresh')",
    to: 'if (false)',
    tests: [assertion],
  },
  {
    name: 'takes an assertion under a retired key',
    file: 'src/exchange/assertion.ts',
    from: 'return key && !key.retired ? key.key : undefined',
    to: 'return key?.key',
    tests: [assertion],
  },
  {
    name: 'gives contents to a suspended centre',
    file: 'src/exchange/page.ts',
    from: "if (caller && caller.status !== 'active') return { entry, status: 'withheld' }",
    to: '',
    tests: [assertion],
  },
  {
    name: 'takes holdings under a key that was cut',
    file: 'src/exchange/holdings.ts',
    from: "if (key && !isLive(key)) return { ok: false, reason: 'key-retired' }",
    to: '',
    tests: [holdings],
  },
  // -- the anchor -----------------------------------------------------------
  {
    name: 'skips the pins',
    file: 'src/federation/history.ts',
    from: 'pins.includes(kid) ? keysStatedIn(jws) : []',
    to: 'keysStatedIn(jws)',
    tests: [history],
  },
  {
    name: 'takes an older configuration of the anchor',
    file: 'src/federation/history.ts',
    from: "if (iat <= learnt.configurationIat) return 'iat-not-rising'",
    to: '',
    tests: [history],
  },
  {
    name: 'takes an older statement about a centre',
    file: 'src/federation/store.ts',
    from: '    where centres.iat < excluded.iat\n',
    to: '',
    tests: ['test/federation/learn.test.ts'],
  },
  {
    name: 'is led past the history by what nobody signed',
    file: 'src/federation/history.ts',
    from: 'if (opened.ok) learnt.signed = learnt.judged',
    to: 'learnt.signed = learnt.judged',
    tests: ['test/federation/learn.test.ts'],
  },
  {
    name: 'makes every centre the umbrella',
    file: 'src/federation/vouch.ts',
    from: 'umbrella: before?.umbrella ?? umbrella,',
    to: 'umbrella: true,',
    tests: [request],
  },
  // -- keys and the anchor's acts --------------------------------------------
  {
    name: 'takes in who nobody compared',
    file: 'src/federation/request.ts',
    from: "if (!before && request.fingerprint === undefined) return no('fingerprint-needed')",
    to: '',
    tests: [request],
  },
  {
    name: 'believes any key that a configuration lists',
    file: 'src/federation/request.ts',
    from: '.filter(([kid]) => kid === fingerprint || known.has(kid))',
    to: '',
    tests: [request],
  },
  {
    name: 'follows an older configuration',
    file: 'src/federation/request.ts',
    from: "return iat < (followed?.at ?? 0) ? 'iat-older' : undefined",
    to: 'return undefined',
    tests: [request],
  },
  {
    name: 'states a replaced federation key beside the new one',
    file: 'src/federation/vouch.ts',
    from: 'keys: jwks.keys.slice(0, 1)',
    to: 'keys: jwks.keys',
    tests: [request],
  },
  {
    name: 'vouches for a centre that lost a key',
    file: 'src/federation/vouch.ts',
    from: 'missingKeys(configuration, stated).length > 0',
    to: 'false',
    tests: [request],
  },
  {
    name: 'lets who comes back go on in the old epoch',
    file: 'src/exchange/new-epoch.ts',
    from: 'withoutKeys(withEpochsAfter(knowledge_exchange, bases), lost, bases)',
    to: 'withoutKeys(knowledge_exchange, lost, bases)',
    tests: ['test/exchange/new-epoch.test.ts'],
  },
  {
    name: 'signs with a key that others have not heard of',
    file: 'src/federation/keys.ts',
    from: 'key.statedAt.getTime() <= knownSince',
    to: 'true',
    tests: [rotate],
  },
  {
    name: 'keeps a private key whose time is over',
    file: 'src/federation/rotate.ts',
    from: '  await forgetRetired(hub.sql, now)\n',
    to: '',
    tests: [rotate],
  },
  {
    name: 'changes the anchor’s key without an overlap',
    file: 'src/federation/anchor.ts',
    from: 'new Date(now - lifetime.statement * 1000)',
    to: 'new Date(now)',
    tests: [rollOver],
  },
  {
    name: 'leaves what the anchor’s old key signed',
    file: 'src/federation/anchor.ts',
    from: ' || keys.every(({ kid }) => kid !== unverifiedKid(jws))',
    to: '',
    tests: [rollOver],
  },
  {
    name: 'cuts a key a second time',
    file: 'src/exchange/compromise.ts',
    from: 'if (!key.valid_through) return key',
    to: 'return key',
    tests: ['test/exchange/compromise.test.ts'],
  },
  {
    name: 'goes on in the old epoch after a compromise',
    file: 'src/exchange/compromise.ts',
    from: 'withEpochsAfter(stated, bases)',
    to: 'stated',
    tests: ['test/exchange/compromise.test.ts'],
  },
  {
    name: 'retires a key at once',
    file: 'src/exchange/retire.ts',
    from: 'const settled = 3_600',
    to: 'const settled = 0',
    tests: ['test/exchange/retire.test.ts'],
  },
  {
    name: 'takes a centre up again where it stopped',
    file: 'src/exchange/rest.ts',
    from: 'return withEpochsAfter(active, basesOf(stated))',
    to: 'return active',
    tests: ['test/exchange/rest.test.ts'],
  },
  {
    name: 'signs without its earlier epochs',
    file: 'src/exchange/standing.ts',
    from: "if (lacking) return { is: 'incomplete', feed: lacking, last }",
    to: '',
    tests: ['test/exchange/new-epoch.test.ts'],
  },
  {
    name: 'signs on what the newest statement cut off',
    file: 'src/exchange/turn.ts',
    from: 'await repeatOnLoss(() => alignFeed(hub, centre, name))',
    to: '',
    tests: ['test/exchange/compromise.test.ts'],
  },
  {
    name: 'exports keys under any passphrase',
    file: 'src/federation/carry-keys.ts',
    from: 'if (passphrase.length >= shortestPassphrase) return',
    to: 'if (passphrase.length >= 0) return',
    tests: [carry],
  },
  {
    name: 'takes keys of another node',
    file: 'src/federation/carry-keys.ts',
    from: '.find(({ owner }) => !own.includes(owner))',
    to: '.find(() => false)',
    tests: [carry],
  },

  // -- other nodes ----------------------------------------------------------
  {
    name: 'connects to an address as it is written',
    file: 'src/federation/guarded-connector.ts',
    from: 'const refused = isIP(options.hostname) !== 0 && !isAllowed(options.hostname)',
    to: 'const refused = false',
    tests: [guarded],
  },
  {
    name: 'connects to whatever a name leads to',
    file: 'src/federation/guarded-connector.ts',
    from: "if (!addresses.every(isAllowed)) throw new PeerFault('address')",
    to: '',
    tests: [guarded],
  },
  {
    name: 'is content with one public address',
    file: 'src/federation/guarded-connector.ts',
    from: 'if (!addresses.every(isAllowed))',
    to: 'if (!addresses.some(isAllowed))',
    tests: [guarded],
  },
  {
    name: 'asks this machine, wherever it is itself',
    file: 'src/open-hub.ts',
    from: 'openGuardedFetch({ loopback: isLoopback(new URL(settings.origin).hostname) })',
    to: 'openGuardedFetch({ loopback: isLoopback(new URL(settings.origin).hostname) || true })',
    tests: ['test/open-hub.test.ts'],
  },
  {
    name: 'asks hosts that nobody named',
    file: 'src/federation/peer.ts',
    from: "if ((await hub.isNamed?.(new URL(url).origin)) === false) return no('unnamed')",
    to: '',
    tests: ['test/exchange/pull.test.ts'],
  },
  {
    name: 'reads what it is led to elsewhere',
    file: 'src/federation/peer.ts',
    from: "if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400)) {",
    to: 'if (false) {',
    tests: [peer],
  },
  {
    name: 'reads what is compressed',
    file: 'src/federation/peer.ts',
    from: "if (encoding !== 'identity') return 'encoded'",
    to: '',
    tests: [peer],
  },
  {
    name: 'reads without end',
    file: 'src/federation/peer.ts',
    from: 'if (size + chunk.length > maxBytes) return undefined',
    to: '',
    tests: [peer],
  },
  {
    name: 'makes any number of values',
    file: 'src/federation/peer.ts',
    from: "if (countsOver(text.value, mostValues)) return no('form')",
    to: '',
    tests: [peer],
  },
  {
    name: 'waits for header fields however long they take',
    file: 'src/federation/answering.ts',
    from: "else this.#after(this.#patience.headers, () => this.#giveUp('too-slow'))",
    to: '',
    tests: [guarded],
  },
  {
    name: 'waits for a body however slowly it comes',
    file: 'src/federation/answering.ts',
    from: "if (slow) this.#giveUp('too-slow')\n      else this.#awaitBytes",
    to: 'this.#awaitBytes',
    tests: [guarded],
  },
  {
    name: 'takes a body for slow that lies unread',
    file: 'src/federation/answering.ts',
    from: ' && !this.#request?.paused',
    to: '',
    tests: [guarded],
  },
  {
    name: 'takes a body in pieces of any size',
    file: 'src/federation/answering.ts',
    from: "if (crumbs) this.#giveUp('too-large')\n    else this.#body",
    to: 'this.#body',
    tests: [guarded],
  },
  {
    name: 'hears any number of announcements',
    file: 'src/federation/answering.ts',
    from: "if (++this.#interim > mostInterim) this.#giveUp('too-large')",
    to: '',
    tests: [guarded],
  },
  {
    name: 'follows a cursor that falls',
    file: 'src/exchange/client.ts',
    from: 'const goesOn = page.next_after === query.after + page.entries.length',
    to: 'const goesOn = true',
    tests: [peer],
  },
  {
    name: 'follows a page that leads to itself',
    file: 'src/exchange/client.ts',
    from: 'const moves = page.entries.length > 0 || !page.more',
    to: 'const moves = true',
    tests: [peer],
  },
  {
    name: 'gives all lanes to who never answers',
    file: 'src/exchange/pulls.ts',
    from: 'const unsteady = 2',
    to: 'const unsteady = 4',
    tests: [rogue],
  },
  {
    name: 'pulls one feed for as long as it goes on',
    file: 'src/exchange/pulls.ts',
    from: 'hub.now() < until && pages++ < pace.mostPages',
    to: 'hub.now() < until',
    tests: ['test/exchange/pulls.test.ts'],
  },
  {
    name: 'remembers assertions without end',
    file: 'src/exchange/assertion.ts',
    from: "if (use?.answer === 'full') throw new Problem('too-many-requests')",
    to: "if (use?.answer === 'full') return caller",
    tests: [assertion],
  },
]
