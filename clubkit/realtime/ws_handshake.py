"""The opening handshake of a WebSocket (RFC 6455, section 4.2): a request head in, an answer's head out."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import sha1
from http import HTTPStatus
from urllib.parse import unquote

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
Headers = list[tuple[bytes, bytes]]


class Refused(Exception):  # noqa: N818  an outcome, as in clubkit.errors
    """No WebSocket for this request; `head` is the whole answer."""

    def __init__(self, status: int, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(status)
        self.head = answer(status, headers, body=HTTPStatus(status).phrase.encode())


@dataclass(frozen=True)
class Asked:
    """A valid request for a WebSocket."""

    path: bytes
    query: bytes
    headers: Headers
    accept: bytes
    """What proves that we understood the request."""
    subprotocols: list[str]

    @property
    def decoded_path(self) -> str:
        return unquote(self.path.decode("ascii"))


def read(head: bytes) -> Asked:
    """Parses a request head that an HTTP server has parsed and written out before. Raises Refused."""
    lines = head.split(b"\r\n")
    method, _, rest = lines[0].partition(b" ")
    target = rest.rpartition(b" ")[0]
    headers = [(name, value) for name, _, value in (line.partition(b": ") for line in lines[1:] if line)]
    if method != b"GET":
        raise Refused(405, (b"allow", b"GET"))
    if _all(headers, b"sec-websocket-version") != [b"13"]:
        raise Refused(426, (b"sec-websocket-version", b"13"), (b"upgrade", b"websocket"))
    keys = _all(headers, b"sec-websocket-key")
    if len(keys) != 1 or not _is_key(keys[0]):
        raise Refused(400)
    path, _, query = target.partition(b"?")
    offered = [s.strip().decode("latin-1") for s in b",".join(_all(headers, b"sec-websocket-protocol")).split(b",")]
    accept = b64encode(sha1(keys[0] + _MAGIC, usedforsecurity=False).digest())
    return Asked(path, query, headers, accept, [protocol for protocol in offered if protocol])


def accepted(asked: Asked, headers: Iterable[tuple[bytes, bytes]], subprotocol: str | None) -> bytes:
    """The head of the 101. Extensions are never agreed to: deflate costs more than it saves on messages this short."""
    own = [(b"upgrade", b"websocket"), (b"connection", b"Upgrade"), (b"sec-websocket-accept", asked.accept)]
    if subprotocol:
        own.append((b"sec-websocket-protocol", subprotocol.encode("latin-1")))
    return _head(101, [*own, *headers])


def answer(status: int, headers: Iterable[tuple[bytes, bytes]], *, body: bytes) -> bytes:
    """A whole response, after which the connection ends."""
    given = [(name.lower(), value) for name, value in headers]
    own = [
        (b"date", formatdate(usegmt=True).encode()), (b"connection", b"close"),
        (b"content-length", str(len(body)).encode()), (b"content-type", b"text/plain; charset=utf-8"),
    ]  # fmt: skip
    said = {name for name, _ in given}
    return _head(status, [*given, *((name, value) for name, value in own if name not in said)]) + body


def _head(status: int, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    lines = [b"HTTP/1.1 %d %s" % (status, HTTPStatus(status).phrase.encode())]
    return b"\r\n".join([*lines, *(name + b": " + value for name, value in headers), b"", b""])


def _all(headers: Headers, name: bytes) -> list[bytes]:
    return [value.strip() for key, value in headers if key == name]


def _is_key(key: bytes) -> bool:
    try:
        return len(b64decode(key, validate=True)) == 16
    except binascii.Error:
        return False
