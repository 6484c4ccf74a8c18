"""A WebSocket as uvicorn serves it (`ws=`), made for fan-out: frames that many sockets share go straight out.

Against uvicorn's own: no second keepalive (Engine.IO has one), no deflate, no pausing of reads with every message,
nothing kept per connection that an idle one does not need, and a say when a peer does not read (docs/decisions/0120).
"""

import asyncio
from collections import deque
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected, get_local_addr, get_remote_addr, is_ssl
from uvicorn.server import ServerState

from clubkit.realtime import frames, ws_handshake
from clubkit.realtime.ws_parsing import Broken, Incoming, close_reason

log = structlog.get_logger("websocket")

LINK = "hub.frames"
"""Under this name the ASGI scope's extensions hand the protocol to who wants to write at once."""
BEHIND_BYTES = 256 * 1024
"""Bytes that wait for a peer from which on it counts as behind."""
CAUGHT_UP_BYTES = 16 * 1024
MOST_BYTES = 1024 * 1024
"""Bytes that wait for a peer at which it is given up."""
_INBOX_FULL, _INBOX_LOW = 64, 16
_CLOSING_SECONDS = 5.0
_SERVICE_RESTART = 1012
_ABNORMAL = 1006

Event = MutableMapping[str, Any]
Write = Callable[[bytes], None]


class FrameProtocol(asyncio.Protocol):
    """One connection. `send` never waits: how much may wait for a slow peer is bounded here instead."""

    __slots__ = (
        "_ahead", "_asked", "_closing", "_config", "_inbox", "_incoming", "_lost", "_paused", "_refusal", "_state",
        "_task", "_transport", "_waiter", "app_state", "descriptor", "on_pressure", "push", "queued", "write",
    )  # fmt: skip

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        self._config = config
        self._state = server_state
        self.app_state = app_state
        self._inbox: deque[Event] | None = None
        self._incoming = Incoming(config.ws_max_size)
        self._ahead = _INBOX_FULL
        self._waiter: asyncio.Future[None] | None = None
        self._asked: ws_handshake.Asked | None = None
        self._refusal: tuple[int, ws_handshake.Headers] | None = None
        self._closing: asyncio.TimerHandle | bool = False
        self._paused = self._lost = False
        self._transport: Any = None
        self._task: asyncio.Task[None] | None = None
        self.on_pressure: Callable[[bool], None] | None = None
        """Told True when the peer falls behind, False once it caught up."""
        self.write: Write = _nowhere
        """Puts frames on the wire, behind all that was sent before. Once the connection ends: does nothing."""
        self.push: Write = _nowhere
        """The same for what may be missed: does nothing while the peer is behind."""
        self.queued: Callable[[], int] = _something
        """Bytes that must leave first. While it answers 0, a frame may as well be written to `descriptor` itself."""
        self.descriptor = -1

    @property
    def waiting(self) -> int:
        """Bytes that the peer has not taken yet."""
        return 0 if self._lost else int(self._transport.get_write_buffer_size())

    def allow(self, largest: int, *, ahead: int = _INBOX_FULL) -> None:
        """From now on: bytes of one message, and how many messages may wait to be worked on before reading stops."""
        self._incoming.largest, self._ahead = largest, ahead

    def abort(self) -> None:
        """Ends the connection with all that waits for it."""
        self._transport.abort()

    # What the transport says

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._transport.set_write_buffer_limits(high=BEHIND_BYTES, low=CAUGHT_UP_BYTES)
        self._state.connections.add(self)  # type: ignore[arg-type]

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True
        self._mute()
        self._state.connections.discard(self)
        if isinstance(self._closing, asyncio.TimerHandle):
            self._closing.cancel()
        if self.on_pressure:
            self.on_pressure(False)
            self.on_pressure = None  # it leads back here by way of the session
        self._hear({"type": "websocket.disconnect", "code": 1005 if self._asked is None else _ABNORMAL})

    def pause_writing(self) -> None:
        self.push = _nowhere
        if self.on_pressure:
            self.on_pressure(True)

    def resume_writing(self) -> None:
        self.push = self.write
        if self.on_pressure:
            self.on_pressure(False)

    def eof_received(self) -> None:
        """The peer half-closed: the transport closes itself."""

    def data_received(self, data: bytes) -> None:
        if self._task is None:
            self._begin(data)
            return
        if self._lost or (self._closing and self._transport.is_closing()):
            return
        try:
            for opcode, payload in self._incoming.feed(data):
                self._heard(opcode, payload)
        except Broken as broken:
            self._end(broken.code, broken.reason)

    def shutdown(self) -> None:
        """The server stops (uvicorn's call)."""
        if self._asked is not None:
            self._transport.close()
        else:
            self._end(_SERVICE_RESTART)

    # Frames

    def _heard(self, opcode: int, payload: bytes | str) -> None:
        if opcode == frames.TEXT:
            self._hear({"type": "websocket.receive", "text": payload})
        elif opcode == frames.BINARY:
            self._hear({"type": "websocket.receive", "bytes": payload})
        elif opcode == frames.PING:
            self._put(frames.frame(frames.PONG, bytes(payload)))  # type: ignore[arg-type]
        elif opcode == frames.CLOSE:
            self._closed_by_peer(bytes(payload))  # type: ignore[arg-type]

    def _closed_by_peer(self, payload: bytes) -> None:
        code, reason = close_reason(payload)
        if not self._closing:
            self.write(frames.frame(frames.CLOSE, payload[:2]))
            self._hear({"type": "websocket.disconnect", "code": code, "reason": reason})
        self._hang_up()

    def _end(self, code: int, reason: str = "") -> None:
        """Says why and closes, without waiting for an answer."""
        if not self._closing:
            self.write(frames.close_frame(code, reason))
            self._hear({"type": "websocket.disconnect", "code": code, "reason": reason})
        self._hang_up()

    def _mute(self) -> None:
        """Nothing may follow a CLOSE frame, and nothing go to a descriptor that is somebody else's by now."""
        self.write = self.push = _nowhere
        self.queued, self.descriptor = _something, -1

    def _hang_up(self) -> None:
        self._mute()
        if isinstance(self._closing, asyncio.TimerHandle):
            self._closing.cancel()
        self._closing = True
        self._transport.close()
        if self.waiting:  # a peer that does not read would keep what waits for it for as long as it likes
            self._closing = asyncio.get_running_loop().call_later(_CLOSING_SECONDS, self._transport.abort)

    def _put(self, data: bytes) -> None:
        self.write(data)
        if self.waiting > MOST_BYTES:
            log.info("gave up a peer that does not read", waiting=self.waiting)
            self.abort()

    # The application

    def _begin(self, head: bytes) -> None:
        try:
            self._asked = ws_handshake.read(head)
        except ws_handshake.Refused as refused:
            self._transport.write(refused.head)
            self._closing = True
            self._transport.close()
            return
        self._hear({"type": "websocket.connect"})
        self._task = asyncio.get_running_loop().create_task(self._run(self._scope(self._asked)))
        self._state.tasks.add(self._task)
        self._task.add_done_callback(self._state.tasks.discard)

    def _scope(self, asked: ws_handshake.Asked) -> dict[str, Any]:
        root = self._config.root_path
        return {
            "type": "websocket",
            "asgi": {"version": self._config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if is_ssl(self._transport) else "ws",
            "server": get_local_addr(self._transport),
            "client": get_remote_addr(self._transport),
            "root_path": root,
            "path": root + asked.decoded_path,
            "raw_path": root.encode("ascii") + asked.path,
            "query_string": asked.query,
            "headers": asked.headers,
            "subprotocols": asked.subprotocols,
            "state": self.app_state.copy(),
            "extensions": {"websocket.http.response": {}, LINK: self},
        }

    async def _run(self, scope: dict[str, Any]) -> None:
        try:
            await self._config.loaded_app(scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception:
            log.exception("unexpected")
        if self._asked is not None and not self._lost:
            self._refuse(500, [], b"Internal Server Error")
        elif not self._closing:
            self._transport.close()

    def _hear(self, event: Event) -> None:
        if self._inbox is None:
            self._inbox = deque()
        self._inbox.append(event)
        if len(self._inbox) > self._ahead and not self._paused and not self._lost:
            self._paused = True
            self._transport.pause_reading()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def receive(self) -> Event:
        while not self._inbox:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        self._waiter = None
        event = self._inbox.popleft()
        if self._paused and len(self._inbox) < _INBOX_LOW and not self._lost:
            self._paused = False
            self._transport.resume_reading()
        if not self._inbox:
            self._inbox = None  # an empty deque is half a kilobyte
        return event

    async def send(self, message: Any) -> None:
        """Raises ClientDisconnected once the connection ended."""
        kind = message["type"]
        if self._lost or (self._closing and kind == "websocket.send"):
            raise ClientDisconnected
        if self._asked is not None:
            self._answer(kind, message, self._asked)
        elif kind == "websocket.send":
            data, text = message.get("bytes"), message.get("text")
            self._put(_message(text if data is None else data))
        elif kind == "websocket.close":
            self._close(message.get("code", 1000), message.get("reason") or "")
        else:
            raise RuntimeError(f"{kind} makes no sense on an open WebSocket")

    def _answer(self, kind: str, message: Any, asked: ws_handshake.Asked) -> None:
        if self._closing:
            raise ClientDisconnected
        if kind == "websocket.accept":
            own = list(self._state.default_headers) + list(message.get("headers", ()))
            self._transport.write(ws_handshake.accepted(asked, own, message.get("subprotocol")))
            self._asked, self.write, self.push = None, self._transport.write, self._transport.write
            if not is_ssl(self._transport):
                self.descriptor = self._transport.get_extra_info("socket").fileno()
                self.queued = self._transport.get_write_buffer_size
        elif kind == "websocket.close":
            self._refuse(403, [], b"Forbidden")
        elif kind == "websocket.http.response.start":
            self._refusal = (message["status"], list(message.get("headers", ())))
        elif kind == "websocket.http.response.body" and self._refusal:
            self._refuse(*self._refusal, message.get("body", b""))
        else:
            raise RuntimeError(f"{kind} makes no sense before a WebSocket is open")

    def _refuse(self, status: int, headers: ws_handshake.Headers, body: bytes) -> None:
        self._transport.write(ws_handshake.answer(status, headers, body=body))
        self._hear({"type": "websocket.disconnect", "code": _ABNORMAL})
        self._hang_up()

    def _close(self, code: int, reason: str) -> None:
        """Our side of the closing handshake; the peer has a few seconds for its own."""
        if self._closing:
            return
        self.write(frames.close_frame(code, reason))
        self._mute()
        self._closing = asyncio.get_running_loop().call_later(_CLOSING_SECONDS, self._transport.abort)
        self._hear({"type": "websocket.disconnect", "code": code, "reason": reason})


def _message(packet: str | bytes) -> bytes:
    return frames.text_frame(packet.encode()) if isinstance(packet, str) else frames.frame(frames.BINARY, packet)


def _something() -> int:
    """Queued, for who has nobody to write to directly."""
    return 1


def _nowhere(_data: bytes) -> None:
    """Of a connection that is not there any more."""
