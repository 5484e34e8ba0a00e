#!/usr/bin/env python3
"""Verifies what the centres of Transfernetz sign, from schemas/EXCHANGE.md and nothing else.

    verify.py feed CENTRE --anchor ID --pin THUMBPRINT [--from ORIGIN]
        The public feed of a centre: chain of trust, every entry, every content, the head. From its
        home, or from any node that mirrors it.
    verify.py vectors PATH ...
        Test vectors (section 15), files or folders.
    verify.py outcomes
        The outcome of each vector on standard input, one JSON text a line.

Needs Debian's python3-jwcrypto. Numbers of sections are those of EXCHANGE.md.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import signal
import sys
import time
import typing
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

from jwcrypto.common import JWException
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from json_schema import fits, load

SKEW = 300
DAY = 86_400
TOKEN_BYTES = 8 * 1024
STATEMENT_BYTES = 256 * 1024
ENTRIES_BYTES = 3 * 1024 * 1024
HISTORY_BYTES = 8 * 1024 * 1024
ANSWER_VALUES = 20_000
# What one verification looks at (section 11, "Whoever verifies once").
HISTORY_PAGES = 1_000
BEYOND_HEAD = 1_000
MOST_ENTRIES = 1_000_000
MOST_BYTES = 16 * 1024**3
SAFE = 2**53 - 1


class Refused(Exception):
    """Something does not hold; `reason` is one of the codes of EXCHANGE.md. `at`: (epoch, seq)."""

    def __init__(self, reason, at=None):
        super().__init__(reason)
        self.reason = reason
        self.at = at


def check(holds, reason):
    if not holds:
        raise Refused(reason)


# --- Bytes, JSON and the gate (sections 2 and 3) -------------------------------------------------


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    """Bytes in canonical base64url, or None."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return data if b64(data) == text else None


def sha256(data):
    return b64(hashlib.sha256(data).digest())


def token_digest(token):
    return sha256(token.rpartition(".")[0].encode())


def read_number(text):
    """A number as ECMAScript has it: 1.0 is the integer 1."""
    number = float(text)
    return int(number) if number.is_integer() else number


def refuse_constant(_):
    raise ValueError("NaN and Infinity are no JSON")


# Strings, so that nothing in them counts, and what gives a JSON text its shape.
SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{\]},]', re.DOTALL)


def depth_of(text):
    depth = deepest = 0
    for token in SIGNS.findall(text):
        depth += (token in "[{") - (token in "]}")
        deepest = max(deepest, depth)
    return deepest


def read_object(data, prefix, integers=False):
    """A JSON object in UTF-8 whose strings, names and numbers everybody reads alike.

    Answers the object, its text, and whether a member stands twice somewhere.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"{prefix}-utf8") from None
    # Python's reader would run out of stack.
    check(depth_of(text) <= 500, "too-deep")
    twice = []

    def read_members(pairs):
        members = dict(pairs)
        if len(members) < len(pairs):
            twice.append(True)
        return members

    try:
        value = json.loads(
            text,
            object_pairs_hook=read_members,
            parse_float=read_number,
            parse_constant=refuse_constant,
        )
    except ValueError:
        raise Refused(f"{prefix}-json") from None
    check(isinstance(value, dict), f"{prefix}-json")
    check_value(value, integers)
    return value, text, bool(twice)


def check_value(value, integers, depth=0):
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        check(not integers or isinstance(value, int) and abs(value) <= SAFE, "number-unsafe")
    elif isinstance(value, (dict, list)):
        check(depth < 32, "too-deep")
        for name in value if isinstance(value, dict) else ():
            check(not re.fullmatch("0|[1-9][0-9]*", name), "name-integer")
            check(name != "__proto__", "name-proto")
            check_text(name)
        for each in value.values() if isinstance(value, dict) else value:
            check_value(each, integers, depth + 1)


def check_text(text):
    check(not any("\ud800" <= sign <= "\udfff" for sign in text), "string-malformed")
    check("\0" not in text, "string-nul")


def canonical(value):
    """JSON.stringify of a value that came through the gate."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


DANGEROUS = {"crit", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "trust_chain"}


def gate(token, typ, limit=TOKEN_BYTES):
    """Header and payload of a token that nobody has verified yet."""
    statement = typ == "entity-statement+jwt"
    check(len(token) <= (STATEMENT_BYTES if statement else limit), "token-size")
    parts = token.split(".")
    check(len(parts) == 3 and all(parts), "token-parts")
    data = [unb64(part) for part in parts]
    check(None not in data, "token-base64url")
    values = []
    for part in data[:2]:
        value, text, twice = read_object(part, "token", integers=not statement)
        if statement:
            check(not twice, "token-duplicate-member")
        else:
            check(canonical(value) == text, "token-canonical")
        values.append(value)
    header, payload = values
    if statement:
        check(not DANGEROUS & header.keys(), "header-refused-member")
    else:
        check(sorted(header) == ["alg", "kid", "typ"], "header-members")
    check(isinstance(header.get("kid"), str), "header-members")
    check(header.get("typ") == typ, "header-typ")
    check(header.get("alg") == "ES256", "header-alg")
    return header, payload


# --- Keys (sections 1 and 2) ---------------------------------------------------------------------


def public_key(jwk):
    """From the public members alone, whatever else a stranger may have put beside them."""
    return JWK(**{name: jwk[name] for name in ("kty", "crv", "x", "y")})


def thumbprint(jwk):
    return public_key(jwk).thumbprint()


def check_signature(token, jwk):
    jws = JWS()
    jws.allowed_algs = ["ES256"]
    try:
        jws.deserialize(token, public_key(jwk))
    except (JWException, ValueError):
        raise Refused("signature") from None


# --- Trust (section 4, and 11 "Trust") -----------------------------------------------------------


@dataclass
class Trust:
    """What the history of an anchor says as far as it was read."""

    anchor: str
    pins: list
    keys: list = field(default_factory=list)
    configured: int = 0
    centres: dict = field(default_factory=dict)
    refused: list = field(default_factory=list)
    read: int = 0

    def follow(self, statements, now):
        """Reads on; answers False where a statement from the future has to wait."""
        for statement in statements:
            try:
                self.learn(statement, now)
            except Refused as fault:
                self.refused.append({"position": self.read + 1, "reason": fault.reason})
                if fault.reason == "iat-future":
                    return False
            self.read += 1
        return True

    def learn(self, token, now):
        header, payload = gate(token, "entity-statement+jwt")
        check_signature(token, self.counting_key(header["kid"], payload))
        check(payload.get("iss") == self.anchor, "iss")
        iat = payload.get("iat")
        check(not isinstance(iat, (int, float)) or iat <= now + SKEW, "iat-future")
        if payload.get("sub") == self.anchor:
            check(fits(load("anchor-configuration"), payload), "form")
            check(iat > self.configured, "iat-not-rising")
            self.configured = iat
            self.keys = payload["jwks"]["keys"]
        else:
            check(fits(load("subordinate-statement"), payload), "form")
            known = self.centres.get(payload["sub"])
            check(known is None or iat > known["iat"], "iat-not-rising")
            self.centres[payload["sub"]] = payload

    def counting_key(self, kid, payload):
        """Before any configuration is known, a pinned key counts, if this is the one that has it."""
        keys = self.keys
        if not keys and kid in self.pins and fits(load("anchor-configuration"), payload):
            keys = payload["jwks"]["keys"]
        for jwk in keys:
            if thumbprint(jwk) == kid:
                return jwk
        raise Refused("key-unknown")


def check_configuration(token, anchor, centre, print_compared, now):
    """A new centre's request to join, as the anchor's operator checks it (section 4, "Joining")."""
    header, payload = gate(token, "entity-statement+jwt")
    well_formed = fits(load("centre-configuration"), payload)
    listed = payload["jwks"]["keys"] if well_formed else []
    key = next((jwk for jwk in listed if thumbprint(jwk) == print_compared), None)
    check(key is not None, "fingerprint")
    check(header["kid"] == print_compared, "unproven")
    check_signature(token, key)
    check(payload["iss"] == payload["sub"] == centre, "iss")
    check(payload["iat"] <= now + SKEW, "iat-future")
    check(payload["exp"] > now, "expired")
    check(anchor in payload["authority_hints"], "authority-hints")
    keys = listed + payload["metadata"]["knowledge_exchange"]["jwks"]["keys"]
    check(len({jwk["kid"] for jwk in keys}) == len(keys), "keys")
    check(all(is_sound(jwk) for jwk in keys), "keys")
    return payload


def is_sound(jwk):
    try:
        public_key(jwk).get_op_key("verify")
    except (JWException, ValueError):
        return False
    return thumbprint(jwk) == jwk["kid"]


@dataclass
class SigningKey:
    jwk: dict
    n: int
    cuts: list

    def counts(self, link, digest):
        """Whether no cut excludes an entry. A feed that a cut does not list is cut at 0."""
        return all(self.within(cut, link, digest) for cut in self.cuts)

    @staticmethod
    def within(cut, link, digest):
        place = (link["epoch"], link["seq"])
        for end in cut:
            if end["feed"] == link["feed"]:
                last = (end["epoch"], end["seq"])
                return place < last or place == last and digest == end["dig"]
        return False


def own_cut(stated):
    """The cut of a centre that is suspended or has ended; None where it has none."""
    return stated.get("valid_through", None if stated["status"] == "active" else [])


def signing_keys(stated):
    """The signing keys of a centre by recomputed thumbprint, with their cuts and the centre's."""
    own = own_cut(stated)
    keys = {}
    for jwk in stated["jwks"]["keys"]:
        if jwk["use"] == "sig":
            cuts = [cut for cut in (jwk.get("valid_through"), own) if cut is not None]
            keys[thumbprint(jwk)] = SigningKey(jwk, jwk.get("n", 0), cuts)
    return keys


# --- Contents (section 5) ------------------------------------------------------------------------

BLANKS = " \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)


# What proves the bytes of a file is judged as it stands.
EXACT = {"dig", "salt"}


def tidied(value):
    """Texts as they are judged: with LF, without blanks around them, composed."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").strip(BLANKS))
    if isinstance(value, list):
        return [tidied(each) for each in value]
    if isinstance(value, dict):
        return {name: each if name in EXACT else tidied(each) for name, each in value.items()}
    return value


def check_content(data, kind, feed):
    value, _, twice = read_object(data, "content")
    check(not twice, "content-duplicate-member")
    schema = load(f"{kind}.published")
    check(schema is not None, "content: unknown-kind")
    check(fits(schema, tidied(value)), "content: invalid-content")
    check(value["visibility"] == feed, "content: wrong-feed")


def check_blob(data, listed):
    right = len(data) == listed["len"] and sha256(unb64(listed["salt"]) + data) == listed["dig"]
    check(right, "blob-digest")


# --- Entries (sections 5, 8 and 11) --------------------------------------------------------------

VARIANTS = {schema["properties"]["op"]["const"]: schema for schema in load("entry")["anyOf"]}
LINK = ("iss", "feed", "epoch", "seq", "prev", "iat")
CLAIM = ("rid", "ver", "len", "dig")


def members(names):
    """A schema of some members as a publish has them; others may stand beside them."""
    properties = VARIANTS["publish"]["properties"]
    return {
        "type": "object",
        "properties": {name: properties[name] for name in names},
        "required": list(names),
    }


class Seen(typing.NamedTuple):
    """What is remembered of an entry: not its bytes, for there may be very many."""

    op: str
    rid: str
    ver: int
    # Why it has no effect, where it has none.
    fault: str
    # Whether its content came.
    came: bool


@dataclass
class Feed:
    """A feed as far as it is verified, over all its epochs; `epoch` to `key_number`: its end."""

    stated: dict
    name: str
    epoch: int = 1
    size: int = 0
    digest: str = ""
    key_number: int = 0
    records: dict = field(default_factory=dict)
    # By (epoch, seq), in order.
    entries: dict = field(default_factory=dict)
    digests: dict = field(default_factory=dict)
    # Of all contents.
    bytes: int = 0

    def __post_init__(self):
        self.keys = signing_keys(self.stated)
        self.begin(self.epoch, self.digest, self.size)

    def begin(self, epoch, base, size=0):
        """Goes on with the next epoch. Records and the number of the key stay."""
        self.epoch, self.size, self.digest = epoch, size, base
        self.digests[epoch, size] = base

    def take(self, item, now):
        """Takes the next entry, or raises Refused: then the feed has stopped."""
        try:
            payload, digest, key, content = self.prove(item, now)
        except Refused as fault:
            raise Refused(fault.reason, (self.epoch, self.size + 1)) from None
        self.size, self.digest, self.key_number = payload["seq"], digest, key.n
        self.digests[self.epoch, self.size] = digest
        self.bytes += len(content or b"")
        rid, ver = payload.get("rid"), payload.get("ver")
        fault = self.act(payload, content)
        seen = Seen(operation_in(payload), rid, ver, fault, content is not None)
        self.entries[self.epoch, self.size] = seen

    def prove(self, item, now):
        token = item["entry"]
        header, payload = gate(token, "transfernetz-entry+jwt")
        check(fits(members(LINK), payload), "link-form")
        own = (self.stated["id"], self.name, self.epoch)
        check((payload["iss"], payload["feed"], payload["epoch"]) == own, "feed")
        check(payload["seq"] == self.size + 1, "seq")
        check(payload["prev"] == self.digest, "prev")
        check(payload["iat"] <= now + SKEW, "iat-future")
        key = self.keys.get(header["kid"])
        check(key is not None, "key-unknown")
        check(key.n >= self.key_number, "key-number")
        digest = token_digest(token)
        check(key.counts(payload, digest), "key-cut")
        check_signature(token, key.jwk)
        return payload, digest, key, self.content_of(item, payload)

    @staticmethod
    def content_of(item, payload):
        """The bytes beside an entry, if they are what was signed; None where there are none."""
        op = operation_in(payload)
        if op not in ("publish", None) or not fits(members(CLAIM), payload):
            return None
        if item.get("content") is None or item.get("salt") is None:
            check(op is None or item["status"] != "present", "content-missing")
            return None
        content, salt = unb64(item["content"]), unb64(item["salt"])
        check(content is not None and salt is not None and len(salt) == 16, "content-digest")
        right = len(content) == payload["len"] and sha256(salt + content) == payload["dig"]
        check(right, "content-digest")
        return content

    def act(self, payload, content):
        """Applies the rules of the operation; answers the fault where the entry has no effect."""
        op = operation_in(payload)
        try:
            check(op is not None, "operation-unknown")
            check(payload.keys() <= VARIANTS[op]["properties"].keys(), "member-unknown")
            if op in RULES:
                if content is not None:
                    check_content(content, payload["kind"], self.name)
                rid = payload["rid"]
                self.records[rid] = RULES[op](self.records.get(rid), payload)
        except Refused as fault:
            return fault.reason
        return None

    def faults(self):
        return [
            {"epoch": epoch, "seq": seq, "fault": seen.fault}
            for (epoch, seq), seen in self.entries.items()
            if seen.fault
        ]

    def publications(self):
        return [at for at, seen in self.entries.items() if seen.op == "publish"]

    def missing(self):
        """Publications without their content."""
        return [at for at in self.publications() if not self.entries[at].came]

    def taken_back(self):
        """Publications that a later entry takes back: that explains why a content is missing."""
        gone = set()
        # By record: the highest version that is taken back with all before it, and single ones.
        later = {}
        for at, seen in reversed(self.entries.items()):
            if seen.op not in RULES:
                continue
            upto, single = later.setdefault(seen.rid, (0, set()))
            if seen.op == "publish":
                if seen.ver <= upto or seen.ver in single:
                    gone.add(at)
            elif not seen.fault:
                if seen.op == "erase" and seen.ver > 0:
                    single.add(seen.ver)
                else:
                    reach = SAFE if seen.op == "erase" else seen.ver
                    later[seen.rid] = (max(upto, reach), single)
        return gone

    def is_too_much(self):
        return len(self.entries) > MOST_ENTRIES or self.bytes > MOST_BYTES


def operation_in(payload):
    """The operation of an entry, if it is understood; members that it does not know set aside."""
    op = payload.get("op")
    if not isinstance(op, str) or op not in VARIANTS:
        return None
    names = VARIANTS[op]["properties"]
    known = {name: value for name, value in payload.items() if name in names}
    return op if fits(VARIANTS[op], known) else None


def record(ver, state, closed=False):
    return {"ver": ver, "state": state, "closed": closed}


def publish(before, payload):
    check(before is None or not before["closed"], "record-closed")
    check(before is None or payload["ver"] > before["ver"], "version-not-rising")
    return record(payload["ver"], "published")


def withdraw(before, payload):
    check(before is not None, "record-unknown")
    check(not before["closed"], "record-closed")
    check(payload["ver"] == before["ver"], "version-not-newest")
    check(before["state"] == "published", "not-published")
    return record(payload["ver"], "withdrawn")


def erase(before, payload):
    ver = payload["ver"]
    check(before is None or ver <= before["ver"], "version-unknown")
    if before is not None and 0 < ver < before["ver"]:
        return before
    closed = before is not None and before["closed"] or ver == 0 and "continued" not in payload
    return record(max(ver, before["ver"] if before else 0), "erased", closed)


RULES = {"publish": publish, "withdraw": withdraw, "erase": erase}


# --- Heads and holdings (sections 7 and 11) ------------------------------------------------------


def open_head(token, stated, feed, epoch, now):
    header, head = gate(token, "transfernetz-head+jwt")
    key = signing_keys(stated).get(header["kid"])
    check(key is not None, "key-unknown")
    check_signature(token, key.jwk)
    check(not key.cuts, "key-retired")
    check(fits(load("head"), head), "form")
    check(0 < head["exp"] - head["iat"] <= DAY, "form")
    check((head["iss"], head["feed"], head["epoch"]) == (stated["id"], feed, epoch), "feed")
    check(head["iat"] <= now + SKEW, "iat-future")
    return head


def open_holdings(token, stated, now):
    """Holdings of a node; `stated` are the centres for which the anchor names its endpoint."""
    header, holdings = gate(token, "transfernetz-holdings+jwt", STATEMENT_BYTES)
    check(fits(load("holdings"), holdings), "form")
    check(0 < holdings["exp"] - holdings["iat"] <= DAY, "form")
    rows = holdings["feeds"]
    check(len({(row["iss"], row["feed"], row["epoch"]) for row in rows}) == len(rows), "form")
    check(all(row["erased_through"] <= row["size"] for row in rows), "form")
    signer = next((centre for centre in stated if centre["id"] == holdings["iss"]), None)
    check(signer is not None, "iss")
    check(holdings["iat"] <= now + SKEW, "iat-future")
    check(holdings["exp"] > now, "expired")
    key = signing_keys(signer).get(header["kid"])
    check(key is None or not key.cuts, "key-retired")
    check(key is not None, "key-unknown")
    check_signature(token, key.jwk)
    return holdings


# --- Assertions (section 10) ---------------------------------------------------------------------


def check_assertion(authorization, origin, stated, used, now):
    """Which centre asks a node, and whether it gets contents."""
    found = re.fullmatch("[Bb][Ee][Aa][Rr][Ee][Rr] ([A-Za-z0-9._-]+)", authorization)
    check(found, "form")
    token = found[1]
    header, claims = gate(token, "transfernetz-assertion+jwt")
    check(fits(load("assertion"), claims), "form")
    check(claims["sub"] == claims["iss"], "sub")
    check(claims["aud"] == origin, "aud")
    check(0 < claims["exp"] - claims["iat"] <= 60, "exp")
    check(claims["iat"] <= now + SKEW and claims["exp"] >= now - SKEW, "time")
    caller = next((centre for centre in stated if centre["id"] == claims["iss"]), None)
    check(caller is not None, "iss")
    key = signing_keys(caller).get(header["kid"])
    check(key is not None and "valid_through" not in key.jwk, "key-unknown")
    check_signature(token, key.jwk)
    check(claims["jti"] not in used, "jti")
    return {"caller": caller["id"], "contents": caller["status"] == "active"}


# --- Answers of other nodes (section 11) ---------------------------------------------------------


def read_answer(status, headers, body, limit):
    """The JSON of an answer; `headers` have names in lower case."""
    check(not 300 <= status < 400, "redirected")
    check(status == 200, f"status-{status}")
    check(headers.get("content-encoding", "identity") == "identity", "encoded")
    media_type = headers.get("content-type", "").split(";")[0].strip().lower()
    check(media_type == "application/json", "content-type")
    check(len(body) <= limit, "too-large")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not-utf8") from None
    # Each value costs memory, however few bytes it is written in.
    check(sum(sign in ",[{" for sign in SIGNS.findall(text)) <= ANSWER_VALUES, "form")
    try:
        return json.loads(text, parse_float=read_number, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise Refused("not-json") from None


def check_page(page, iss, feed, epoch, after):
    """An answer as the page that was asked for."""
    check(fits(load("entries-page"), page), "form")
    check((page["iss"], page["feed"], page["epoch"]) == (iss, feed, epoch), "form")
    check(page["next_after"] == after + len(page["entries"]), "form")
    check(page["entries"] or not page["more"], "form")
    return page


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirects)


def give_up(*_):
    raise TimeoutError


def fetch(url, limit, patience=10):
    """A JSON answer, counted while it comes in, whole within ten seconds."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})
    # Python's own limit is one for each piece: whoever sends a byte at a time would go on for ever.
    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        try:
            response = OPENER.open(request, timeout=patience)
        except urllib.error.HTTPError as refusal:
            response = refusal
        with response:
            body = bytearray()
            while len(body) <= limit and (chunk := response.read1(65_536)):
                body += chunk
            headers = {name.lower(): value for name, value in response.headers.items()}
            return read_answer(response.status, headers, bytes(body), limit)
    except (OSError, ValueError) as error:
        late = isinstance(getattr(error, "reason", error), TimeoutError)
        raise Refused("too-slow" if late else "unreachable") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


# --- The agreed chain (section 5) ----------------------------------------------------------------


@dataclass
class Span:
    """One epoch: what it begins on, the last entry that counts (None: open), the entries named."""

    epoch: int
    base: str
    end: tuple
    named: list


def spans_of(stated, name):
    """The epochs of a feed in order, as far as they count."""
    epochs = sorted(stated["feeds"][name], key=lambda each: each["epoch"])
    ends = {epochs[-1]["epoch"]: None}
    # Back from the current epoch: its base ends an earlier one, and that one's base the next.
    base = epochs[-1]["base"]
    for each in reversed(epochs[:-1]):
        counts = each["epoch"] == base["epoch"]
        ends[each["epoch"]] = (base["seq"], base["dig"]) if counts else (0, each["base"]["dig"])
        base = each["base"] if counts else base
    cuts = [jwk.get("valid_through", ()) for jwk in stated["jwks"]["keys"] if jwk["use"] == "sig"]
    key_cuts = [cut for each in cuts for cut in each if cut["feed"] == name]
    spans = []
    for each in epochs:
        epoch, dig = each["epoch"], each["base"]["dig"]
        end = earlier(ends[epoch], centre_cut(stated, name, epoch, dig))
        named = {(cut["seq"], cut["dig"]) for cut in key_cuts if cut["epoch"] == epoch}
        named = {point for point in named if end is None or point[0] < end[0]} | {end}
        spans.append(Span(epoch, dig, end, sorted(each for each in named if each and each[0] > 0)))
    return spans


def centre_cut(stated, name, epoch, base):
    """Where a centre that has ended or is suspended stops; a feed not listed is cut at 0."""
    cut = own_cut(stated)
    if cut is None:
        return None
    last = next((each for each in cut if each["feed"] == name), None)
    if last is None or epoch > last["epoch"]:
        return (0, base)
    return None if epoch < last["epoch"] else (last["seq"], last["dig"])


def earlier(a, b):
    return min((each for each in (a, b) if each is not None), key=lambda end: end[0], default=None)


# --- A whole feed, once (section 11) -------------------------------------------------------------


def verify_feed(trust, centre, name, pages, now):
    """Verifies a feed from its first entry to its head; `pages(stated, epoch, after)` asks."""
    statement = trust.centres.get(centre)
    check(statement is not None, "centre-unknown")
    check(statement["exp"] > now, "trust-expired")
    stated = {**statement["metadata"]["knowledge_exchange"], "id": centre}
    spans = spans_of(stated, name)
    counting = [span for span in spans if span.end is None or span.end[0] > 0]
    last = counting[-1] if counting else spans[-1]
    feed = Feed(stated, name, last.epoch, digest=last.base)
    token = None
    for span in counting:
        feed.begin(span.epoch, span.base)
        token = verify_epoch(feed, span, pages, now)
    # What the anchor has cut off needs no head: it says itself what the last entry is.
    head = None if last.end else check_head(token, feed, now)
    taken_back = feed.taken_back()
    for at in feed.missing():
        if at not in taken_back:
            raise Refused("content-withheld", at)
    return feed, head


def verify_epoch(feed, span, pages, now):
    """Takes the entries of an epoch as far as they count; answers the head of the last page."""
    more = True
    most = span.end[0] if span.end else None
    while more:
        asked = (feed.stated["id"], feed.name, feed.epoch, feed.size)
        page = check_page(pages(feed.stated, feed.epoch, feed.size), *asked)
        left = page["entries"][: span.end[0] - feed.size if span.end else None]
        for item in left:
            feed.take(item, now)
        more = page["more"] and not (span.end and feed.size == span.end[0])
        if most is None:
            most = announced(page["head"], feed, now) + BEYOND_HEAD
        if more and (feed.size > most or feed.is_too_much()):
            raise Refused("endless", (feed.epoch, feed.size))
    for seq, dig in span.named:
        if seq > feed.size:
            raise Refused("not-reached", (feed.epoch, seq))
        if feed.digests[feed.epoch, seq] != dig:
            raise Refused("not-agreed", (feed.epoch, seq))
    return page["head"]


def announced(token, feed, now):
    """How long the feed is by a head; one that proves nothing announces nothing."""
    try:
        return open_head(token or "", feed.stated, feed.name, feed.epoch, now)["size"]
    except Refused:
        return 0


def check_head(token, feed, now):
    check(token is not None, "head: missing")
    try:
        head = open_head(token, feed.stated, feed.name, feed.epoch, now)
        check(head["size"] <= feed.size, "beyond")
        check(head["dig"] == feed.digests[feed.epoch, head["size"]], "contradicts")
        check(head["exp"] > now, "expired")
    except Refused as fault:
        raise Refused(f"head: {fault.reason}") from None
    return head


def proof_of(feed, head):
    missing = len(feed.missing())
    states = [each["state"] for each in feed.records.values()]
    return {
        "epoch": feed.epoch,
        "entries": len(feed.entries),
        "dig": feed.digest,
        "contents": len(feed.publications()) - missing,
        "takenBack": missing,
        "faults": feed.faults(),
        "records": {name: states.count(name) for name in ("published", "withdrawn", "erased")},
        "head": head and {name: head[name] for name in ("size", "iat", "exp")},
    }


def read_history(anchor, pins, now):
    trust = Trust(anchor, pins)
    for _ in range(HISTORY_PAGES):
        after = trust.read
        page = fetch(f"{anchor}/history?after={after}", HISTORY_BYTES)
        check(fits(load("history-page"), page), "form")
        check(page["next_after"] == after + len(page["statements"]), "form")
        check(page["statements"] or not page["more"], "form")
        if not trust.follow(page["statements"], now) or not page["more"]:
            return trust
        # Nobody here asks which they were, and there may be very many.
        trust.refused.clear()
    raise Refused("endless")


def verify_live(centre, anchor, pins, origin):
    """The public feed of a centre, from its home or from another node."""
    now = int(time.time())
    try:
        trust = read_history(anchor, pins, now)
    except Refused as fault:
        raise Refused(f"anchor: {fault.reason}") from None

    def ask(stated, epoch, after):
        endpoint = f"{origin}/exchange/v1/entries" if origin else stated["entries_endpoint"]
        query = {"iss": centre, "feed": "public", "epoch": epoch, "after": after}
        return fetch(f"{endpoint}?{urllib.parse.urlencode(query)}", ENTRIES_BYTES)

    return verify_feed(trust, centre, "public", ask, now)


# --- Test vectors (section 15) -------------------------------------------------------------------


def token_outcome(given):
    header, payload = gate(given["token"], given["typ"])
    return {"payload": payload, "kid": header["kid"]}


def content_outcome(given):
    try:
        check_content(unb64(given["content"]), given["kind"], given["feed"])
    except Refused as fault:
        return {"fault": fault.reason}
    return {}


def blob_outcome(given):
    check_blob(unb64(given["bytes"]), given["listed"])
    return {}


def entries_outcome(given):
    after = given["after"]
    feed = Feed(
        given["stated"], given["feed"],
        after["epoch"], after["seq"], after["dig"], after["keyNumber"],
    )
    for each in given.get("records", []):
        feed.records[each["rid"]] = record(each["ver"], each["state"], each["closed"])
    stop = {}
    try:
        for item in given["entries"]:
            feed.take(item, given["now"])
    except Refused as fault:
        stop = {"stop": {"seq": fault.at[1], "reason": fault.reason}}
    faults = [{"seq": each["seq"], "fault": each["fault"]} for each in feed.faults()]
    missing = [seq for _, seq in feed.missing()]
    standing = {"size": feed.size, "dig": feed.digest, "records": feed.records}
    return {**standing, "faults": faults, "missing": missing, **stop}


def head_outcome(given):
    head = open_head(given["head"], given["stated"], given["feed"], given["epoch"], given["now"])
    return {name: head[name] for name in ("size", "dig", "iat", "exp")}


def history_outcome(given):
    trust = Trust(given["anchor"], given["pins"])
    trust.follow(given["statements"], given["now"])
    centres = {}
    for centre, statement in trust.centres.items():
        stated = statement["metadata"]["knowledge_exchange"]
        centres[centre] = {
            "iat": statement["iat"],
            "exp": statement["exp"],
            "status": stated["status"],
            "keys": list(signing_keys(stated)),
        }
    keys = [thumbprint(jwk) for jwk in trust.keys]
    return {"keys": keys, "centres": centres, "refused": trust.refused, "read": trust.read}


def configuration_outcome(given):
    payload = check_configuration(
        given["configuration"], given["anchor"], given["centre"], given["fingerprint"], given["now"]
    )
    keys = [thumbprint(jwk) for jwk in payload["jwks"]["keys"]]
    return {"keys": keys, "slug": payload["metadata"]["knowledge_exchange"]["slug"]}


def feed_outcome(given):
    trust = Trust(given["anchor"], given["pins"])
    trust.follow(given["history"], given["now"])
    answers = iter(given["pages"])
    feed, head = verify_feed(
        trust, given["centre"], given["feed"], lambda *_: next(answers), given["now"]
    )
    return proof_of(feed, head)


def answer_outcome(given):
    answer = given["answer"]
    check(answer is not None, "unreachable")
    text = answer.get("body") or ""
    body = base64.b64decode(answer["base64"]) if "base64" in answer else text.encode()
    body += b" " * answer.get("blanks", 0)
    page = read_answer(answer["status"], answer["headers"], body, ENTRIES_BYTES)
    asked = given["asked"]
    check_page(page, asked["iss"], asked["feed"], asked["epoch"], asked["after"])
    return {"entries": len(page["entries"]), "more": page["more"]}


OUTCOMES = {
    "token": token_outcome,
    "content": content_outcome,
    "blob": blob_outcome,
    "entries": entries_outcome,
    "head": head_outcome,
    "holdings": lambda given: open_holdings(given["holdings"], given["stated"], given["now"]),
    "history": history_outcome,
    "configuration": configuration_outcome,
    "feed": feed_outcome,
    "answer": answer_outcome,
    "assertion": lambda given: check_assertion(
        given["authorization"], given["origin"], given["stated"], given["used"], given["now"]
    ),
}


def outcome(vector):
    try:
        return OUTCOMES[vector["kind"]](vector["given"])
    except Refused as fault:
        epoch, seq = fault.at or (None, None)
        return {"reason": fault.reason, **({"epoch": epoch, "seq": seq} if fault.at else {})}


# --- The command line ----------------------------------------------------------------------------


def run_vectors(paths):
    files = []
    for path in map(pathlib.Path, paths):
        files += sorted(path.rglob("*.json")) if path.is_dir() else [path]
    vectors = [(file, json.loads(file.read_text("utf-8"))) for file in files]
    vectors = [(file, vector) for file, vector in vectors if "kind" in vector]
    wrong = 0
    for file, vector in vectors:
        found = outcome(vector)
        if found != vector["expect"]:
            wrong += 1
            print(f"{file}: {vector['about']}")
            print(f"  expected {canonical(vector['expect'])}")
            print(f"  found    {canonical(found)}")
    print(f"{len(vectors)} vectors, {wrong} with another outcome than expected")
    return 1 if wrong or not vectors else 0


def run_outcomes():
    for line in sys.stdin:
        print(json.dumps(outcome(json.loads(line))))
    return 0


def run_feed(args):
    try:
        feed, head = verify_live(args.centre, args.anchor, args.pin, args.origin)
    except Refused as fault:
        at = " at entry {1} of epoch {0}".format(*fault.at) if fault.at else ""
        print(f"Not verified{at}: {fault.reason}", file=sys.stderr)
        return 1
    proof = proof_of(feed, head)
    name = feed.stated["organization_name"]
    states = ", ".join(f"{count} {state}" for state, count in proof["records"].items())
    print(f"Verified: {name}, feed public, epoch {feed.epoch}")
    print(f"  trust     {args.anchor} states the centre and {len(feed.keys)} signing key(s)")
    print(f"  entries   {proof['entries']} without a gap, all signed; last digest {feed.digest}")
    print(f"  contents  {proof['contents']} unchanged, {proof['takenBack']} rightly missing")
    print(f"  records   {states}")
    for each in proof["faults"]:
        print(f"  no effect entry {each['seq']} of epoch {each['epoch']}: {each['fault']}")
    if head:
        signed = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(head["iat"]))
        print(f"  head      {head['size']} entries, signed {signed}")
    else:
        print(f"  end       the anchor says that this is the last entry ({feed.stated['status']})")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    feed = commands.add_parser("feed", help="verify the public feed of a centre")
    feed.add_argument("centre", help="entity id of the centre")
    feed.add_argument("--anchor", required=True, help="entity id of the trust anchor")
    feed.add_argument("--pin", required=True, action="append", help="thumbprint of its key")
    feed.add_argument("--from", dest="origin", help="origin of a node that mirrors the feed")
    vectors = commands.add_parser("vectors", help="run test vectors")
    vectors.add_argument("paths", nargs="+")
    commands.add_parser("outcomes", help="answer vectors from standard input")
    args = parser.parse_args()
    if args.command == "vectors":
        return run_vectors(args.paths)
    return run_feed(args) if args.command == "feed" else run_outcomes()


if __name__ == "__main__":
    sys.exit(main())
