"""One Engine.IO session: what waits for its app, what its app sends, and whether it is still there.

No queue, writer or timer task per session: a packet leaves at once where the link allows it, waits otherwise, and one
timer handle is the heartbeat.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from clubkit.realtime import frames
from clubkit.realtime.engine_packets import (
    CLOSE,
    MESSAGE,
    NOOP,
    PING,
    PONG,
    PROBE,
    PROBED,
    UPGRADE,
    Encoded,
    Violation,
    packets_in,
    read_packet,
)
from clubkit.realtime.engine_transport import Link, Refused, WebSocket
from clubkit.realtime.limits import Allowance, SocketLimits

UPGRADE_SECONDS = 10.0
FLUSH_SECONDS = 5.0
STRANGERS_AHEAD = 4
NOOP_SECONDS = 0.1
"""How long a poll is held while the app moves to its WebSocket: long enough that it does not spin."""
TOO_MANY, TOO_LARGE, TOO_SLOW = "too many packets", "too large", "too much waits for this socket"


class Sent(Protocol):
    """What python-socketio hands over: a packet of python-engineio."""

    def encode(self) -> Encoded: ...


class Host(Protocol):
    """What a session needs from the server it belongs to."""

    limits: SocketLimits
    strangers: int
    """Open sessions without a membership."""
    ping_interval: float
    ping_timeout: float

    async def heard(self, session: "Session", payload: Encoded) -> None:
        """A message came. Raises Violation."""
        ...

    async def ended(self, session: "Session", reason: str) -> None: ...

    def spawn(self, work: Awaitable[Any]) -> "asyncio.Task[Any]": ...


class Session:
    """Read its fields, change them through its methods."""

    __slots__ = (
        "_awaits_pong", "_ending", "_getting", "_heard_again", "_heart", "_host", "_poll", "_posting", "_probing",
        "_reader", "_stranger", "_turn", "_writer", "address", "allowance", "closed", "in_hand", "knocking", "link",
        "memberships", "session", "sid", "upgraded", "waiting", "waiting_bytes", "websocket",
    )  # fmt: skip

    def __init__(self, host: Host, sid: str, address: str) -> None:
        self._host, self.sid, self.address = host, sid, address
        self.session: dict[str, Any] = {}
        self.closed = self.upgraded = False
        self.memberships = 0
        """Namespaces it is connected to; without one it is a stranger, and not for long."""
        self.knocking = False
        """Whether it asked to be let in and waits for our answer."""
        self.waiting: deque[Encoded] = deque()
        self.waiting_bytes = 0
        self.in_hand = 0
        self._heard_again = float("-inf")
        self.allowance = Allowance(host.limits.packets_per_second, host.limits.packets_at_once)
        self.websocket: WebSocket | None = None
        self.link: Link | None = None
        self._getting = self._posting = self._probing = self._awaits_pong = False
        self._poll: asyncio.Future[None] | None = None
        self._turn: asyncio.Future[None] | None = None
        self._writer: asyncio.Task[Any] | None = None
        self._reader: asyncio.Task[Any] | None = None
        self._ending: asyncio.Task[Any] | None = None
        host.strangers += 1
        loop = asyncio.get_running_loop()
        self._heart = loop.call_later(host.ping_interval, self._ping)
        self._stranger: asyncio.TimerHandle | None = loop.call_later(host.limits.sign_in_seconds, self._overstayed)

    # --- to the app

    @property
    def direct(self) -> Link | None:
        """Where a frame may be written now without overtaking what waits; None when it must go through `write`."""
        return self.link if not self.closed and not self.waiting and self._writer is None else None

    def write(self, packet: Encoded) -> None:
        """Sends one packet, after everything before it. Never waits; a session too far behind is closed."""
        if self.closed:
            return
        if (link := self.direct) is not None:
            link.write(framed(packet))
        else:
            self._put(packet)
        if (self.waiting_bytes if link is None else link.waiting) > self._host.limits.backlog_bytes + len(packet):
            self._host.spawn(self.close("transport error", code=1008, why=TOO_SLOW, flush=False))

    async def send(self, packet: Sent) -> None:
        self.write(packet.encode())

    def _put(self, packet: Encoded) -> None:
        self.waiting.append(packet)
        self.waiting_bytes += len(packet)
        self._begin_writing()
        self._wake_poll()

    def _begin_writing(self) -> None:
        if self.websocket is not None and self.waiting and self._writer is None:
            self._writer = self._host.spawn(self._write_out(self.websocket))

    def take_waiting(self) -> list[Encoded]:
        packets = list(self.waiting)
        self.waiting.clear()
        self.waiting_bytes = 0
        return packets

    async def _write_out(self, websocket: WebSocket) -> None:
        try:
            while self.waiting:
                packet = self.waiting.popleft()
                self.waiting_bytes -= len(packet)
                await websocket.write(packet)
        except Exception:  # noqa: BLE001  whatever the server says of a WebSocket that is gone, the reader says it too
            self.take_waiting()
        finally:
            self._writer = None

    # --- polling

    @property
    def polled(self) -> bool:
        """Whether the app has a GET waiting."""
        return self._getting

    async def poll(self, gone: Callable[[], Awaitable[Any]]) -> list[Encoded]:
        """What waits, as soon as something does. `gone` ends when the asking client is. Raises Violation, Refused."""
        if self._getting:
            raise Violation("two GET requests at once")
        self._getting = True
        try:
            if not (self.waiting or self.closed or self.upgraded):
                await self._held(gone)
            if self.upgraded:
                return [NOOP]
            return self.take_waiting() or [NOOP]
        finally:
            self._getting, self._poll = False, None

    async def _held(self, gone: Callable[[], Awaitable[Any]]) -> None:
        self._poll = asyncio.get_running_loop().create_future()
        leaving = asyncio.ensure_future(gone())
        try:
            hold = NOOP_SECONDS if self._probing else None
            await asyncio.wait({self._poll, leaving}, timeout=hold, return_when=asyncio.FIRST_COMPLETED)
            if leaving.done() and not self._poll.done():
                raise Violation("gone while it was waiting")
        finally:
            leaving.cancel()

    async def post(self, read_body: Callable[[], Awaitable[bytes]]) -> None:
        """Takes the packets of one body. Raises Violation."""
        if self._posting:
            raise Violation("two POST requests at once")
        self._posting = True
        try:
            for packet in packets_in(await read_body()):
                if self.closed:
                    return
                await self.take(packet)
        finally:
            self._posting = False

    def _wake_poll(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    # --- WebSocket

    async def open_on(self, websocket: WebSocket) -> None:
        """A session that begins on a WebSocket, until it ends."""
        await websocket.accept()
        self._move_to(websocket)
        await self._read(websocket)

    async def upgrade(self, websocket: WebSocket) -> None:
        """Moves from polling to this WebSocket if it proves itself, and reads it until it ends. Raises Refused."""
        if self.upgraded or self._probing:
            raise Refused("this session has its WebSocket")
        self._probing = True
        try:
            await websocket.accept()
            if not await self._proven(websocket):
                await websocket.close(1002, "not an upgrade")
                return
        finally:
            self._probing = False
        self._move_to(websocket)
        await self._read(websocket)

    async def _proven(self, websocket: WebSocket) -> bool:
        try:
            async with asyncio.timeout(UPGRADE_SECONDS):
                if await websocket.read() != PROBE:
                    return False
                await websocket.write(PROBED)
                self._wake_poll()
                return await websocket.read() == UPGRADE and not self.closed
        except TimeoutError:
            return False

    def _move_to(self, websocket: WebSocket) -> None:
        self.websocket, self.link, self.upgraded = websocket, websocket.link, True
        self._allow()
        self._reader = asyncio.current_task()
        self._wake_poll()
        self._begin_writing()

    async def _read(self, websocket: WebSocket) -> None:
        try:
            await self._take_all(websocket)
            if self._ending is not None:
                await asyncio.shield(self._ending)  # a server hangs up by itself once its application returned
        except asyncio.CancelledError:
            if not self.closed:
                raise

    async def _take_all(self, websocket: WebSocket) -> None:
        try:
            while not self.closed and (packet := await websocket.read()) is not None:
                await self.take(packet)
        except Violation as violation:
            await self.close("transport error", code=violation.code, why=violation.why, flush=False)
        await self.close("transport close")

    # --- from the app

    async def take(self, packet: Encoded) -> None:
        """One packet of the app. Raises Violation."""
        limits = self._host.limits
        if _longer(packet, limits.packet_bytes if self.memberships else limits.stranger_bytes):
            raise Violation(TOO_LARGE, code=1009, status=413)
        if not self.allowance.spend(len(packet)):
            raise Violation(TOO_MANY, code=1008, status=429)
        kind, payload = read_packet(packet)
        if kind == MESSAGE:
            await self._host.heard(self, payload)
        elif kind == PONG:
            self._pong()
        elif kind == CLOSE:
            await self.close("client disconnect", flush=False)

    async def turn(self) -> None:
        """Waits until another event of this socket may be worked on, and counts it in."""
        while self.in_hand >= self._host.limits.events_in_hand:
            self._turn = asyncio.get_running_loop().create_future()
            await self._turn
        self.in_hand += 1

    def done(self) -> None:
        self.in_hand -= 1
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)
            self._heard_again = asyncio.get_running_loop().time()

    def joined(self) -> None:
        """It is connected to a namespace: somebody knows who it is."""
        self.memberships += 1
        self._allow()
        if self._stranger is not None:
            self._host.strangers -= 1
            self._stranger.cancel()
            self._stranger = None

    def _allow(self) -> None:
        """Nothing large, and not much, is read of who is not signed in."""
        if self.link is None:
            return
        if self.memberships:
            self.link.allow(self._host.limits.packet_bytes)
        else:
            self.link.allow(self._host.limits.stranger_bytes, ahead=STRANGERS_AHEAD)

    def left(self, *, stays: float | None = None) -> None:
        """It left a namespace; the last one means that it must be in another soon (`stays` seconds) or go."""
        self.memberships -= 1
        if self.memberships == 0 and not self.closed:
            loop = asyncio.get_running_loop()
            self._host.strangers += 1
            self._stranger = loop.call_later(stays or self._host.limits.sign_in_seconds, self._overstayed)

    def _overstayed(self) -> None:
        if self.knocking:
            # It did its part; how long we take to look at it is not its fault.
            loop = asyncio.get_running_loop()
            self._stranger = loop.call_later(self._host.limits.sign_in_seconds, self._overstayed)
            return
        self._host.spawn(self.close("server disconnect", code=1008, why="not signed in"))

    # --- heartbeat

    def _ping(self) -> None:
        self._awaits_pong = True
        self.write(PING)
        self._heart = asyncio.get_running_loop().call_later(self._host.ping_timeout, self._silent)

    def _pong(self) -> None:
        if self._awaits_pong:
            self._awaits_pong = False
            self._heart.cancel()
            self._heart = asyncio.get_running_loop().call_later(self._host.ping_interval, self._ping)

    def _silent(self) -> None:
        loop, patience = asyncio.get_running_loop(), self._host.ping_timeout
        is_deaf = self._turn is not None and not self._turn.done()
        if is_deaf or loop.time() < self._heard_again + patience:
            # Not it is silent but we are deaf, or were just now: its pong waits behind events that wait for their turn.
            self._heart = loop.call_later(patience, self._silent)
            return
        self._host.spawn(self.close("ping timeout", code=1001, why="no pong", flush=False))

    # --- the end

    async def close(self, reason: str, *, code: int = 1000, why: str = "", flush: bool = True) -> None:
        """Ends the session; with `flush`, what waits leaves first. A second call does nothing."""
        if self.closed:
            return
        self.closed = True
        self._heart.cancel()
        if self._stranger is not None:
            self._host.strangers -= 1
            self._stranger.cancel()
        if not flush:
            self.take_waiting()
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)
        if self.websocket is not None:
            self._ending = self._host.spawn(self._hang_up(self.websocket, code, why))
        elif reason != "client disconnect":
            self.waiting.append(CLOSE)
        self._wake_poll()
        await self._host.ended(self, reason)

    async def _hang_up(self, websocket: WebSocket, code: int, why: str) -> None:
        try:
            async with asyncio.timeout(FLUSH_SECONDS):
                if self._writer is not None:
                    await asyncio.shield(self._writer)
                await websocket.close(code, why)
        except Exception:  # noqa: BLE001  it does not read, or is gone: there is nobody to say goodbye to
            if self._reader is not None:
                self._reader.cancel()


def framed(packet: Encoded) -> bytes:
    if isinstance(packet, str):
        return frames.frame(frames.TEXT, packet.encode())
    return frames.frame(frames.BINARY, packet)


def _longer(packet: Encoded, most: int) -> bool:
    if isinstance(packet, bytes) or len(packet) > most:
        return len(packet) > most
    return len(packet) * 4 > most and len(packet.encode()) > most
