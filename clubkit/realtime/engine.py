"""Our Engine.IO server: every clause of Engine.IO v4, and bounds on what a stranger may take.

The promises are in tests/conformance. It stands in for python-engineio's server under python-socketio, and keeps of it
the id maker and the hooks; requests, sessions and heartbeats are ours.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

import engineio
import orjson
import structlog
from starlette.types import Receive, Scope, Send

from clubkit.realtime.engine_packets import OPEN, Encoded, Violation, payload_of
from clubkit.realtime.engine_session import Session
from clubkit.realtime.engine_transport import Refused, Request, WebSocket, answer, read_body, refuse
from clubkit.realtime.limits import SocketLimits

log = structlog.get_logger("socket")

TRANSPORTS = ("polling", "websocket")
FAREWELL_SECONDS = 10.0
"""How long the last words to a polling app wait for its next request."""
TEXT = "text/plain; charset=UTF-8"
UNKNOWN_TRANSPORT, UNKNOWN_SID, BAD_METHOD, BAD_REQUEST, FORBIDDEN, BAD_VERSION = range(6)


class Engine(engineio.AsyncServer):  # type: ignore[misc]
    """Sessions by id in `sockets`. With `accepting` off, no new one is begun."""

    def __init__(self, *, limits: SocketLimits, **options: Any) -> None:
        super().__init__(**options, max_http_buffer_size=limits.packet_bytes, monitor_clients=False)
        self.limits = limits
        self.accepting = True
        self.strangers = 0
        self.sockets: dict[str, Session]
        self.by_address: Counter[str] = Counter()
        self._farewells: dict[str, list[Encoded]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    # --- requests

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request.of(scope)
        headers = self._cross_origin(request)
        try:
            self._check(request)
            if request.websocket:
                await receive()
                await self._websocket(request, WebSocket(scope, receive, send))
            else:
                await answer(send, 200, await self._http(request, receive), headers, TEXT)
        except Refused as refused:
            await refuse(send, refused, headers, websocket=request.websocket)

    def _check(self, request: Request) -> None:
        if request.origin and not self._welcome(request.origin):
            raise Refused("this origin is not welcome", status=403, code=FORBIDDEN)
        if request.method == "OPTIONS":
            return
        if request.transport not in TRANSPORTS or (request.transport == "websocket") != request.websocket:
            raise Refused("no such transport", code=UNKNOWN_TRANSPORT)
        if request.version != "4":
            raise Refused("Engine.IO version 4 is spoken here", code=BAD_VERSION)
        if request.method not in {"GET", "POST"} or (request.method == "POST" and not request.sid):
            raise Refused("no such method", code=BAD_METHOD)
        if request.sid and request.sid not in self.sockets and request.sid not in self._farewells:
            raise Refused("no such session", code=UNKNOWN_SID)

    async def _http(self, request: Request, receive: Receive) -> bytes:
        if request.method == "OPTIONS":
            return b""
        if not request.sid:
            session = await self._begin(request)
            return payload_of(session.take_waiting())
        if (packets := self._farewells.pop(request.sid, None)) is not None and request.method == "GET":
            return payload_of(packets)
        session = self._session(request.sid)
        if session.upgraded:
            raise Refused("this session has its WebSocket")
        return await self._polled(session, request, receive)

    async def _polled(self, session: Session, request: Request, receive: Receive) -> bytes:
        try:
            if request.method == "GET":
                return payload_of(await session.poll(receive_until_gone(receive)))
            most = self.limits.packet_bytes if session.memberships else self.limits.stranger_bytes
            await session.post(lambda: read_body(request, receive, most))
        except Violation as violation:
            await session.close("transport error", why=violation.why, flush=False)
            raise Refused(violation.why, status=violation.status) from None
        return b"ok"

    async def _websocket(self, request: Request, websocket: WebSocket) -> None:
        if request.sid:
            await self._session(request.sid).upgrade(websocket)
        else:
            session = await self._begin(request)
            await session.open_on(websocket)

    def _session(self, sid: str) -> Session:
        session = self.sockets.get(sid)
        if session is None:
            raise Refused("no such session", code=UNKNOWN_SID)
        return session

    async def _begin(self, request: Request) -> Session:
        if not self.accepting:
            raise Refused("closing; come back in a moment", status=503)
        limits = self.limits
        if self.by_address[request.address] >= limits.per_address or self.strangers >= limits.strangers:
            raise Refused("too many sockets", status=429, code=FORBIDDEN)
        session = Session(self, self.generate_id(), request.address)
        self.sockets[session.sid] = session
        self.by_address[request.address] += 1
        session.write(OPEN + orjson.dumps(self._handshake(session.sid, request.transport)).decode())
        await self.handlers["connect"](session.sid, {"address": request.address, "origin": request.origin})
        return session

    def _handshake(self, sid: str, transport: str) -> dict[str, Any]:
        return {
            "sid": sid,
            "upgrades": ["websocket"] if transport == "polling" else [],
            "pingInterval": int(self.ping_interval * 1000),
            "pingTimeout": int(self.ping_timeout * 1000),
            "maxPayload": self.limits.packet_bytes,
        }

    def _welcome(self, origin: str) -> bool:
        allowed = self.cors_allowed_origins
        return allowed == "*" or origin in (allowed or ())

    def _cross_origin(self, request: Request) -> list[tuple[str, str]]:
        if not request.origin or not self._welcome(request.origin):
            return []
        headers = [("access-control-allow-origin", request.origin), ("vary", "Origin")]
        headers.append(("access-control-allow-credentials", "true"))
        if request.method == "OPTIONS":
            headers.append(("access-control-allow-methods", "GET, POST, OPTIONS"))
        if request.asked_headers:
            headers.append(("access-control-allow-headers", request.asked_headers))
        return headers

    # --- what sessions need

    def spawn(self, work: Awaitable[Any]) -> asyncio.Task[Any]:
        """Runs on, and is held on to until it is done."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def heard(self, session: Session, payload: Encoded) -> None:
        try:
            await self.handlers["message"](session.sid, payload)
        except Violation:
            raise
        except (ValueError, RecursionError) as broken:
            raise Violation("not a packet") from broken
        except Exception:
            log.exception("a packet could not be handled")
            raise Violation("this went wrong here", code=1011, status=500) from None

    async def ended(self, session: Session, reason: str) -> None:
        self.sockets.pop(session.sid, None)
        self.by_address[session.address] -= 1
        if self.by_address[session.address] <= 0:
            del self.by_address[session.address]
        if reason == self.reason.SERVER_DISCONNECT and not session.upgraded and not session.polled:
            self._farewells[session.sid] = session.take_waiting()
            asyncio.get_running_loop().call_later(FAREWELL_SECONDS, self._farewells.pop, session.sid, None)
        await self.handlers["disconnect"](session.sid, reason)

    # --- what python-socketio needs

    async def send(self, sid: str, data: Any) -> None:
        session = self.sockets.get(sid)
        if session is not None:
            session.write(data if isinstance(data, bytes) else f"4{data}")

    async def send_packet(self, sid: str, pkt: Any) -> None:
        session = self.sockets.get(sid)
        if session is not None:
            session.write(pkt.encode())

    async def disconnect(self, sid: str | None = None) -> None:
        """Ends one session, or all of them, once what waits for it has left."""
        every = list(self.sockets.values()) if sid is None else [s for s in (self.sockets.get(sid),) if s]
        for session in every:
            await session.close(self.reason.SERVER_DISCONNECT)


def receive_until_gone(receive: Receive) -> Any:
    """Ends when the client of a request that is being answered is gone."""

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    return gone
