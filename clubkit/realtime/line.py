"""One connection as pushes see it: straight to its WebSocket where that is free, and not at all while it is behind."""

import asyncio
from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Any, Literal, Protocol

import structlog

from clubkit.contracts.base import Contract
from clubkit.observability.metrics import sockets_behind, sockets_given_up
from clubkit.realtime import frames
from clubkit.realtime.encoding import event_frame
from clubkit.realtime.ws_protocol import BEHIND_BYTES, CAUGHT_UP_BYTES

log = structlog.get_logger("socket")

LONGEST_BEHIND_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.25
"""How often a polling app that is behind is looked at: it tells nobody that it caught up."""


class Resync(Contract):
    """Pushes were left out, and the app asks for what it missed.

    behind: it read too slowly. wire: the processes of the hub could not hear each other for a while.
    """

    reason: Literal["behind", "wire"]
    within_ms: int = 0
    """Where everybody is told at once: she waits for a random part of this, so that not all ask at once."""


class Link(Protocol):
    """A WebSocket whose frames are written at once, behind all that was sent before."""

    write: Callable[[bytes], None]
    push: Callable[[bytes], None]
    queued: Callable[[], int]
    descriptor: int
    on_pressure: Callable[[bool], None] | None

    @property
    def waiting(self) -> int: ...

    def abort(self) -> None: ...


class Session(Protocol):
    """An Engine.IO session, as far as a line needs it."""

    waiting_bytes: int

    @property
    def direct(self) -> Any:
        """The link, when a frame may be written to it now without overtaking what waits."""
        ...

    def write(self, packet: str) -> None: ...

    async def close(self, reason: str, *, code: int = ..., why: str = ..., flush: bool = ...) -> None: ...


class Standing(Enum):
    ARRIVING = auto()
    HERE = auto()
    LEAVING = auto()


class Line:
    """A connection to a namespace. `link` is set while frames may go straight to it."""

    __slots__ = ("_ending", "_look", "_since", "eio_sid", "link", "rooms", "session", "sid", "standing")

    def __init__(self, sid: str, eio_sid: str, session: Session | None) -> None:
        self.sid, self.eio_sid, self.session = sid, eio_sid, session
        self.link: Link | None = None
        self.rooms: set[str] = set()
        self.standing = Standing.ARRIVING
        self._since: float | None = None
        self._look: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    def arrived(self) -> None:
        self.standing = Standing.HERE
        self._straighten()

    def leaves(self) -> None:
        if self.link is not None:
            self.link.on_pressure = None
        self.standing, self.link = Standing.LEAVING, None
        self._caught_up()

    @property
    def is_behind(self) -> bool:
        return self._since is not None

    def push_slowly(self, whole: Sequence[bytes]) -> None:
        """Frames to whom they cannot simply be written: in its turn, or straight from now on, or left out."""
        if self.standing is not Standing.HERE or self.session is None or self.is_behind:
            return
        if self._straighten():
            for frame in whole:
                self.link.push(frame)  # type: ignore[union-attr]
        elif self.session.waiting_bytes > BEHIND_BYTES:
            self._fell_behind()
        else:
            for frame in whole:
                self.session.write(frames.payload_of(frame).decode())

    def _straighten(self) -> bool:
        link = self.session.direct if self.session is not None else None
        if link is None or not hasattr(link, "push"):
            return False
        self.link = link
        link.on_pressure = self._pressed
        if link.waiting > BEHIND_BYTES:
            self._fell_behind()
        return True

    def _pressed(self, behind: bool) -> None:
        if behind:
            self._fell_behind()
        elif self._caught_up() and self.link is not None:
            self.link.push(RESYNC)

    def _fell_behind(self) -> None:
        if self._since is None:
            self._since = asyncio.get_running_loop().time()
            sockets_behind.inc()
            self._look_again()

    def _caught_up(self) -> bool:
        """False when it was not behind."""
        if self._since is None:
            return False
        self._since = None
        sockets_behind.dec()
        if self._look is not None:
            self._look.cancel()
            self._look = None
        return True

    def _look_again(self) -> None:
        loop = asyncio.get_running_loop()
        if self._since is None:
            return
        if loop.time() - self._since > LONGEST_BEHIND_SECONDS:
            self._give_up()
        elif self.link is None and self.session is not None and self.session.waiting_bytes < CAUGHT_UP_BYTES:
            self._caught_up()
            self.push_slowly([RESYNC])
        else:
            self._look = loop.call_later(_LOOK_AGAIN_SECONDS, self._look_again)

    def _give_up(self) -> None:
        log.info("gave up a socket that was behind for too long", sid=self.sid)
        sockets_given_up.inc()
        link, session = self.link, self.session
        self._caught_up()
        if link is not None:
            link.abort()
        elif session is not None:
            self._ending = asyncio.create_task(_end(session))


async def _end(session: Session) -> None:
    await session.close("transport error", why="too far behind", flush=False)


RESYNC = event_frame("resync", Resync(reason="behind"))
