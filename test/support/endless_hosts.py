"""Hosts that go on and on, asked by verify.py with less patience than usual: what it says of them, a line each."""

import json
import pathlib
import socket
import sys
import threading
import time

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "schemas" / "python"))
import verify  # noqa: E402  # The path comes first.

JSON = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"


def drip(beginning, drop):
    """Answers a request with a beginning, and then something every 50 ms."""

    def answer(connection, _):
        connection.sendall(beginning)
        while True:
            time.sleep(0.05)
            connection.sendall(drop)

    return answer


def babble(connection, path):
    """A page of the history that nobody signed, and there is always more."""
    after = int(path.rpartition("=")[2])
    page = {"statements": ["a.b.c"], "next_after": after + 1, "more": True}
    connection.sendall(JSON + b"\r\n" + json.dumps(page).encode())


def serve(answer):
    """The address of a host that answers like this."""
    listener = socket.create_server(("127.0.0.1", 0))

    def listen():
        while True:
            connection, _ = listener.accept()
            with connection:
                path = connection.recv(4096).split(b" ")[1].decode()
                try:
                    answer(connection, path)
                except OSError:
                    pass

    threading.Thread(target=listen, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def said_of(ask):
    try:
        ask()
    except verify.Refused as fault:
        return fault.reason
    return "nothing"


verify.fetch.__defaults__ = (0.3,)
verify.HISTORY_PAGES = 5
fields, body = serve(drip(JSON, b"x: y\r\n")), serve(drip(JSON + b"\r\n", b" "))
print(said_of(lambda: verify.fetch(fields, 1_000)))
print(said_of(lambda: verify.fetch(body, 1_000)))
print(said_of(lambda: verify.read_history(serve(babble), [], 0)))

# A good feed of five entries in three pages, whose first says nothing of how many there are.
pages = json.loads((ROOT / "fixtures/exchange/valid/feed-pages.json").read_text("utf-8"))
verify.BEYOND_HEAD = 3
print(verify.outcome(pages))
