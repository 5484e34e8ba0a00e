#!/usr/bin/env python3
"""Bring your own signer: a centre keeps its keys itself and publishes over another's node.

    publish.py init DIR --centre ID --name NAME --region DE-BE --node ORIGIN --operator ID
                        --anchor ID --pin THUMBPRINT
        Makes the keys and prints the fingerprint that the anchor's operator compares.
    publish.py configuration DIR        prints the centre's configuration, its request to join
    publish.py serve DIR                serves it where its id says; put TLS in front
    publish.py publish DIR FILE [--record RID]
        The content in FILE as a new record, or as a new version of one.
    publish.py withdraw DIR RID --reason REASON
    publish.py erase DIR RID --reason REASON
    publish.py rotate DIR               makes a new signing key, where the anchor has cut the present one
    publish.py head DIR                 says that nothing is new; run it twice a day
    publish.py push DIR                 brings everything once more, for a node that lost some

DIR holds the private keys and the journal of everything signed. Keep it, and never work with an
older copy of it: whoever signs one number twice breaks the feed for good (EXCHANGE.md, section 5).
Where the anchor states a new epoch, any of the last five goes on in it. Only the feed `public` is
written here. Needs Debian's python3-jwcrypto.
"""

import argparse
import contextlib
import copy
import fcntl
import http.server
import json
import os
import pathlib
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

import verify

FEED = "public"
# Bytes of a push, with room for what surrounds the entries (section 14).
PUSH_BYTES = 1024 * 1024 - 16 * 1024
PUSH_ENTRIES = 200


class Stop(Exception):
    """What the operator is told."""


# --- The folder ----------------------------------------------------------------------------------


def write(path, value):
    """All of it or nothing, and on the disk before anybody hears of it."""
    beside = path.with_suffix(".new")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(value, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class Signer:
    """The folder of a signer: what it is, its keys, and its journal."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder)
        try:
            self.profile = json.loads((self.path / "signer.json").read_text("utf-8"))
            self.journal = json.loads((self.path / "journal.json").read_text("utf-8"))
        except FileNotFoundError as missing:
            raise Stop(f"{missing.filename} is missing: run init first") from None
        self.keys = {name: JWK(**jwk) for name, jwk in self.profile["keys"].items()}

    def keep(self):
        write(self.path / "journal.json", self.journal)

    @property
    def epoch(self):
        return self.journal["epochs"][-1]["epoch"]

    @property
    def entries(self):
        """Of the present epoch, in order: {"entry", "content"?, "salt"?, "status"}, as pushed."""
        return self.journal["epochs"][-1]["entries"]

    @property
    def chain(self):
        """The agreed chain (section 5): of earlier epochs what counts, then the present one."""
        return [item for each in self.journal["epochs"] for item in each["entries"]]

    def digest(self):
        last = self.journal["epochs"][-1]
        return verify.token_digest(self.entries[-1]["entry"]) if self.entries else last["base"]


@contextlib.contextmanager
def alone(folder):
    """One process at a time, or two would sign one number."""
    with open(pathlib.Path(folder) / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop("another process is working with this folder") from None
        yield Signer(folder)


def init(args):
    folder = pathlib.Path(args.dir)
    if (folder / "signer.json").exists():
        raise Stop("there are keys already; other keys would be another centre")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = {name: JWK.generate(kty="EC", crv="P-256") for name in ("federation", "signing")}
    named = ("centre", "name", "region", "node", "operator", "anchor", "pin")
    profile = {name: getattr(args, name) for name in named}
    profile["keys"] = {name: json.loads(key.export_private()) for name, key in keys.items()}
    first = {"epoch": 1, "base": "", "entries": []}
    write(folder / "journal.json", {"epochs": [first], "acknowledged": 0, "owed": []})
    write(folder / "signer.json", profile)
    print(f"Made keys for {args.centre}.")
    print(f"Fingerprint to compare with the anchor's operator: {keys['federation'].thumbprint()}")


# --- Signing (sections 2, 3 and 5) ---------------------------------------------------------------


def seal(typ, payload, key):
    """A token in the one form that passes the gate."""
    header = {"alg": "ES256", "kid": key.thumbprint(), "typ": typ}
    token = JWS(verify.canonical(payload))
    token.add_signature(key, protected=verify.canonical(header))
    return token.serialize(compact=True)


def public_jwk(key):
    jwk = json.loads(key.export_public())
    bare = {name: jwk[name] for name in ("kty", "crv", "x", "y")}
    return {**bare, "kid": key.thumbprint(), "use": "sig"}


def configuration(signer):
    """What the centre says of itself: its request to join (section 4)."""
    profile = signer.profile
    centre = profile["centre"]
    names = ("entries", "head", "holdings", "evidence", "blobs")
    at = {f"{name}_endpoint": f"{profile['node']}/exchange/v1/{name}" for name in names}
    exchange = {
        "organization_name": profile["name"],
        "slug": centre.rsplit("/", 1)[1],
        "operator": profile["operator"],
        "regions": profile["region"],
        **at,
        "nudge_endpoint": f"{profile['node']}/exchange/v1/nudges",
        "suites": ["tn1"],
        "jwks": {"keys": [public_jwk(signer.keys["signing"])]},
    }
    iat = int(time.time())
    payload = {
        "iss": centre,
        "sub": centre,
        "iat": iat,
        "exp": iat + 7 * verify.DAY,
        "jwks": {"keys": [public_jwk(signer.keys["federation"])]},
        "authority_hints": [profile["anchor"]],
        "metadata": {"knowledge_exchange": exchange},
    }
    return seal("entity-statement+jwt", payload, signer.keys["federation"])


def serve(signer):
    """Serves the configuration on this machine at the port that the centre's id names."""
    address = urllib.parse.urlsplit(signer.profile["centre"])
    path = f"{address.path}/.well-known/openid-federation"

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.path == path
            body = configuration(signer).encode() if known else b"not found\n"
            self.send_response(200 if known else 404)
            media_type = "application/entity-statement+jwt" if known else "text/plain"
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", address.port or 8080), Handler)
    print(f"Serving http://127.0.0.1:{server.server_port}{path}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


def read_stated(signer):
    """What the anchor states of this centre."""
    profile = signer.profile
    try:
        trust = verify.read_history(profile["anchor"], profile["pin"], int(time.time()))
    except verify.Refused as fault:
        raise Stop(f"the trust anchor cannot be read: {fault.reason}") from None
    statement = trust.centres.get(profile["centre"])
    if statement is None:
        raise Stop("the trust anchor does not vouch for this centre yet")
    return {**statement["metadata"]["knowledge_exchange"], "id": profile["centre"]}


def present_key(signer, stated):
    return verify.signing_keys(stated).get(signer.keys["signing"].thumbprint())


def check_trust(signer):
    """Nobody takes an entry under a key that the anchor does not state."""
    stated = read_stated(signer)
    key = present_key(signer, stated)
    if key is None or key.cuts:
        raise Stop("the trust anchor does not state this signing key, or has cut it")
    return stated


def rotate(signer):
    """A new signing key in place of one that was cut; the centre asks for it as it asked to join."""
    key = present_key(signer, read_stated(signer))
    # A key that still counts has to be named beside the new one (section 4); this example has one.
    if key is None or "valid_through" not in key.jwk:
        raise Stop("the trust anchor has not cut this signing key: it goes on")
    fresh = JWK.generate(kty="EC", crv="P-256")
    signer.profile["keys"]["signing"] = json.loads(fresh.export_private())
    write(signer.path / "signer.json", signer.profile)
    print(f"New signing key {fresh.thumbprint()}: the anchor's operator has to vouch again.")


def sign(signer, operation, content=None):
    """Signs the next entry and notes it before it leaves."""
    profile = signer.profile
    payload = {
        "iss": profile["centre"],
        "feed": FEED,
        "epoch": signer.epoch,
        "seq": len(signer.entries) + 1,
        "prev": signer.digest(),
        "iat": int(time.time()),
        **operation,
    }
    item = {}
    if content is not None:
        salt = secrets.token_bytes(16)
        payload |= {"len": len(content), "dig": verify.sha256(salt + content)}
        item = {"content": verify.b64(content), "salt": verify.b64(salt)}
    token = seal("transfernetz-entry+jwt", payload, signer.keys["signing"])
    signer.entries.append({"entry": token, **item, "status": "present"})
    signer.keep()


def head(signer):
    iat = int(time.time())
    payload = {
        "iss": signer.profile["centre"],
        "feed": FEED,
        "epoch": signer.epoch,
        "size": len(signer.entries),
        "dig": signer.digest(),
        "iat": iat,
        "exp": iat + verify.DAY,
    }
    return seal("transfernetz-head+jwt", payload, signer.keys["signing"])


# --- A new epoch (section 5) ---------------------------------------------------------------------


def go_on(signer, stated):
    """Begins the epoch that the anchor states, on the agreed chain, and notes what is owed first."""
    *earlier, present = verify.spans_of(stated, FEED)
    if present.epoch == signer.epoch:
        return
    feed = verify.Feed(stated, FEED)
    epochs = []
    for span in (each for each in earlier if each.end[0] > 0):
        feed.begin(span.epoch, span.base)
        feed, entries = agreed(signer, feed, span)
        epochs.append({"epoch": span.epoch, "base": span.base, "entries": entries})
    signer.journal = {
        "epochs": [*epochs, {"epoch": present.epoch, "base": present.base, "entries": []}],
        "acknowledged": 0,
        "owed": owed(signer, feed, {span.epoch: span.end[0] for span in earlier}),
    }
    signer.keep()


def agreed(signer, feed, span):
    """The entries of an epoch up to its end: from the journal, or else fetched back."""
    own = [each["entries"] for each in signer.journal["epochs"] if each["epoch"] == span.epoch]
    for pages in (lambda *asked: page_of(own[0] if own else [], *asked), fetch_page):
        taken = []

        def collect(stated, epoch, after):
            page = pages(stated, epoch, after)
            taken.extend(page["entries"])
            return page

        read = copy.deepcopy(feed)
        try:
            verify.verify_epoch(read, span, collect, int(time.time()))
            return read, taken[: span.end[0]]
        except verify.Refused as fault:
            reason = fault.reason
    raise Stop(f"epoch {span.epoch} cannot be fetched back ({reason}); nothing is signed until it is")


def page_of(entries, stated, epoch, after):
    page = entries[after : after + PUSH_ENTRIES]
    last = after + len(page)
    about = {"iss": stated["id"], "feed": FEED, "epoch": epoch, "head": None}
    return {**about, "entries": page, "next_after": last, "more": last < len(entries)}


def fetch_page(stated, epoch, after):
    query = {"iss": stated["id"], "feed": FEED, "epoch": epoch, "after": after}
    url = f"{stated['entries_endpoint']}?{urllib.parse.urlencode(query)}"
    return verify.fetch(url, verify.ENTRIES_BYTES)


def owed(signer, feed, ends):
    """What was taken back after the ends, to be said again first, lest something comes back."""
    operations = []
    for each in signer.journal["epochs"]:
        for payload in map(payload_of, each["entries"][ends.get(each["epoch"], 0):]):
            if payload["op"] not in ("withdraw", "erase"):
                continue
            operation = {name: payload[name] for name in payload if name not in verify.LINK}
            before = feed.records.get(payload["rid"])
            if before:
                # The version may be gone with what took it back.
                operation["ver"] = min(operation["ver"], before["ver"])
            try:
                feed.records[payload["rid"]] = verify.RULES[payload["op"]](before, operation)
                operations.append(operation)
            except verify.Refused:
                # The agreed chain has taken it back itself.
                pass
    return operations + signer.journal["owed"]


def repeat(signer):
    while signer.journal["owed"]:
        operation = signer.journal["owed"].pop(0)
        sign(signer, operation)


# --- Records (section 8) -------------------------------------------------------------------------


def payload_of(item):
    return json.loads(verify.unb64(item["entry"].split(".")[1]))


def newest(signer, rid):
    versions = [
        each["ver"]
        for each in map(payload_of, signer.chain)
        if each["op"] == "publish" and each["rid"] == rid
    ]
    return max(versions, default=0)


def new_rid():
    """A UUID of version 7: milliseconds, then chance."""
    head = int(time.time() * 1000) << 80 | secrets.randbits(80)
    number = head & ~(0xF << 76) | 7 << 76
    return str(uuid.UUID(int=number & ~(3 << 62) | 2 << 62))


def publish(signer, args):
    content = pathlib.Path(args.file).read_bytes().strip()
    kind = verify.read_object(content, "content")[0].get("kind")
    # As every node will judge it: what they would not show is better not signed.
    verify.check_content(content, kind, FEED)
    rid = args.record or new_rid()
    ver = newest(signer, rid) + 1
    operation = {"op": "publish", "rid": rid, "ver": ver, "kind": kind}
    sign(signer, operation, content)
    bring(signer)
    print(f"Published {rid}, version {ver}, as entry {len(signer.entries)}.")


def take_back(signer, args):
    ver = newest(signer, args.rid)
    if ver == 0:
        raise Stop(f"there is no record {args.rid} here")
    everything = args.command == "erase"
    operation = {"op": args.command, "rid": args.rid, "ver": 0 if everything else ver}
    sign(signer, {**operation, "reason": args.reason})
    if everything:
        forget(signer, args.rid)
    bring(signer)
    print(f"{args.command.capitalize()} of {args.rid} is entry {len(signer.entries)}.")


def forget(signer, rid):
    """An erasure reaches this folder too."""
    for item in signer.chain:
        if "content" in item and payload_of(item)["rid"] == rid:
            del item["content"], item["salt"]
            item["status"] = "erased"
    signer.keep()


# --- Bringing it to the node (section 9) ---------------------------------------------------------


def bring(signer, after=None):
    """Brings the entries after a number – those not acknowledged – and the head."""
    after = signer.journal["acknowledged"] if after is None else after
    while True:
        batch = next_batch(signer.entries[after:])
        last = after + len(batch) == len(signer.entries)
        status, answer = post(signer, batch, head(signer) if last else None)
        if status == 200:
            acknowledge(signer, answer["size"])
            if "waits" in answer:
                print(f"Taken, but it does not count yet: {answer['waits']}", file=sys.stderr)
            for each in answer["faults"]:
                print(f"Entry {each['seq']} has no effect: {each['fault']}", file=sys.stderr)
            after += len(batch)
            if last:
                return
        elif answer.get("code") == "does-not-follow" and answer["size"] < after:
            # The node has lost some, as after a restore, and gets them back.
            after = answer["size"]
        else:
            refused(signer, answer)


def next_batch(entries):
    batch, size = [], 0
    for item in entries[:PUSH_ENTRIES]:
        size += len(verify.canonical(item)) + 1
        if batch and size > PUSH_BYTES:
            break
        batch.append(item)
    return batch


def acknowledge(signer, size):
    if size > len(signer.entries):
        raise Stop(
            f"the node holds {size} entries, this journal {len(signer.entries)}: "
            "it is an old copy; sign nothing with it"
        )
    signer.journal["acknowledged"] = max(size, signer.journal["acknowledged"])
    signer.keep()


def refused(signer, answer):
    code, seq = answer.get("code"), answer.get("seq")
    reason = f" ({answer['reason']})" if "reason" in answer else ""
    told = f"the node refused{f' entry {seq}' if seq else ''}: {code}{reason}"
    if code == "entry-refused" and seq > signer.journal["acknowledged"]:
        # It was never published, so its number is free again, and so are those behind it.
        del signer.entries[seq - 1:]
        signer.keep()
        told += "; it was taken out of the journal: mend the cause and publish again"
    elif answer.get("size", 0) > len(signer.entries):
        told += f"; it holds {answer['size']} entries, this journal fewer: sign nothing with it"
    raise Stop(told)


def post(signer, entries, signed_head):
    """Sends a push; tries again after a while where the node is busy or away."""
    profile = signer.profile
    push = {
        "iss": profile["centre"],
        "feed": FEED,
        "epoch": signer.epoch,
        "entries": entries,
        "head": signed_head,
    }
    request = urllib.request.Request(
        f"{profile['node']}/exchange/v1/entries",
        verify.canonical(push).encode(),
        {"Content-Type": "application/json", "Accept": "application/json"},
    )
    for pause in (1, 2, 4, None):
        try:
            with verify.OPENER.open(request, timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 503) or pause is None:
                return refusal.code, problem_in(refusal)
        except OSError as error:
            if pause is None:
                raise Stop(f"the node cannot be reached: {error}; run push later") from None
        # The same bytes again are right and harmless.
        time.sleep(pause)


def problem_in(refusal):
    try:
        answer = json.load(refusal)
        return answer if isinstance(answer, dict) else {}
    except ValueError:
        return {"code": f"status-{refusal.code}"}


# --- The command line ----------------------------------------------------------------------------

REASONS = ("consent-revoked", "legal", "incorrect", "outdated", "duplicate", "other")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name):
        added = commands.add_parser(name)
        added.add_argument("dir")
        return added

    begin = command("init")
    for name in ("centre", "name", "node", "operator", "anchor"):
        begin.add_argument(f"--{name}", required=True)
    for name in ("region", "pin"):
        begin.add_argument(f"--{name}", required=True, action="append")
    for name in ("configuration", "serve", "rotate", "head", "push"):
        command(name)
    new = command("publish")
    new.add_argument("file")
    new.add_argument("--record")
    for name, reasons in (("withdraw", REASONS[2:]), ("erase", REASONS)):
        back = command(name)
        back.add_argument("rid")
        back.add_argument("--reason", required=True, choices=reasons)
    return parser.parse_args()


def run(args):
    if args.command == "init":
        return init(args)
    if args.command == "configuration":
        return print(configuration(Signer(args.dir)))
    if args.command == "serve":
        return serve(Signer(args.dir))
    with alone(args.dir) as signer:
        if args.command == "rotate":
            return rotate(signer)
        go_on(signer, check_trust(signer))
        repeat(signer)
        # First what is left from before; that also shows whether this journal is an old copy.
        bring(signer, 0 if args.command == "push" else None)
        if args.command == "publish":
            return publish(signer, args)
        if args.command in ("withdraw", "erase"):
            return take_back(signer, args)
        return print(f"The node holds {len(signer.entries)} entries and a fresh head.")


def main():
    try:
        run(arguments())
    except (Stop, verify.Refused) as fault:
        sys.exit(f"Not done: {fault}")


if __name__ == "__main__":
    main()
