"""What Engine.IO needs from HTTP and WebSockets: one request read, one answer given, packets in both directions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs

import orjson
from starlette.types import Receive, Scope, Send

from clubkit.realtime.engine_packets import Encoded, Violation

LINK = "hub.frames"
"""Under this name in a WebSocket scope's `extensions`, the server's protocol class may offer itself as a `Link`."""


class Link(Protocol):
    """A WebSocket whose frames can be written at once, behind all that was sent before."""

    write: Callable[[bytes], None]

    @property
    def waiting(self) -> int:
        """Bytes that the peer has not taken yet."""
        ...

    def allow(self, largest: int, *, ahead: int = ...) -> None:
        """Bytes of one message that is still taken, and how many messages may wait."""
        ...

    def abort(self) -> None: ...


class Refused(Exception):  # noqa: N818  an outcome, as in clubkit.errors
    """A request that is answered and forgotten."""

    def __init__(self, why: str, *, status: int = 400, code: int = 3) -> None:
        super().__init__(why)
        self.why, self.status, self.code = why, status, code


@dataclass(frozen=True)
class Request:
    method: str
    transport: str
    version: str
    sid: str
    origin: str
    asked_headers: str
    length: int | None
    address: str
    websocket: bool

    @classmethod
    def of(cls, scope: Scope) -> "Request":
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        length = headers.get(b"content-length", "")
        return cls(
            method=scope.get("method", "GET"),
            transport=query.get("transport", [""])[0],
            version=query.get("EIO", [""])[0],
            sid=query.get("sid", [""])[0],
            origin=headers.get(b"origin", ""),
            asked_headers=headers.get(b"access-control-request-headers", ""),
            length=int(length) if length.isdecimal() else None,
            address=str((scope.get("client") or ("",))[0]),
            websocket=scope["type"] == "websocket",
        )


class WebSocket:
    """One WebSocket, as packets."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.link: Link | None = scope.get("extensions", {}).get(LINK)
        self._receive, self._send = receive, send

    async def accept(self) -> None:
        await self._send({"type": "websocket.accept"})

    async def read(self) -> Encoded | None:
        """The next packet; None when there will be no more."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return None
        text = message.get("text")
        return text if text is not None else bytes(message["bytes"])

    async def write(self, packet: Encoded) -> None:
        what = "text" if isinstance(packet, str) else "bytes"
        await self._send({"type": "websocket.send", what: packet})

    async def close(self, code: int, why: str) -> None:
        await self._send({"type": "websocket.close", "code": code, "reason": why[:100]})


async def read_body(request: Request, receive: Receive, most: int) -> bytes:
    """The body of a request, at most `most` bytes: what says it is longer is not read at all. Raises Violation."""
    too_much = Violation("too large", code=1009, status=413)
    if request.length is not None and request.length > most:
        raise too_much
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Violation("gone before its end")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            raise too_much
    return bytes(body)


async def answer(send: Send, status: int, body: bytes, headers: list[tuple[str, str]], kind: str) -> None:
    every = [("content-type", kind), ("content-length", str(len(body))), ("cache-control", "no-store"), *headers]
    raw = [(name.encode(), value.encode("latin-1")) for name, value in every]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, refused: Refused, headers: list[tuple[str, str]], *, websocket: bool) -> None:
    """Says why, over HTTP or instead of a WebSocket handshake."""
    body = orjson.dumps({"code": refused.code, "message": refused.why})
    if not websocket:
        await answer(send, refused.status, body, headers, "application/json")
        return
    raw: list[Any] = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "websocket.http.response.start", "status": refused.status, "headers": raw})
    await send({"type": "websocket.http.response.body", "body": body})
