"""How a process that holds sockets ends: nobody new, everybody told when to come back, gone when they are."""

import asyncio
import random

import structlog

from clubkit.contracts.base import Contract
from clubkit.realtime.encoding import event_frame
from clubkit.realtime.server import SocketServer

log = structlog.get_logger("socket")

WITHIN_MS = 5000
_STEP_MS = 50
LIMIT_SECONDS = 7.0
"""How long is waited for apps that do not know what they are told."""


class Leaving(Contract):
    """This process ends. After so many milliseconds the app connects anew, and gets to another one."""

    after_ms: int


async def leave(sockets: SocketServer, *, limit: float = LIMIT_SECONDS) -> None:
    """Returns when the last socket is gone, after `limit` seconds at the latest. Pushes go on meanwhile."""
    sockets.sio.eio.accepting = False
    connections = list(sockets.connections())
    # A hundred frames for everybody: moments that differ by less need not be told apart.
    frames = [event_frame("server.leaving", Leaving(after_ms=ms)) for ms in range(0, WITHIN_MS, _STEP_MS)]
    for connection in connections:
        sockets.manager.tell(connection.sid, random.choice(frames))
    loop = asyncio.get_running_loop()
    until = loop.time() + limit
    while sockets.connections() and loop.time() < until:  # noqa: ASYNC110  an end in sight, and nothing else to do
        await asyncio.sleep(0.02)
    if connections:
        log.info("left", told=len(connections), stayed=len(list(sockets.connections())))
