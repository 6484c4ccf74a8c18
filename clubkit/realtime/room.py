"""The lines of one channel, and how frames get to all of them for as little as possible."""

import asyncio
import os
from collections.abc import Collection, Iterable, Sequence

from clubkit.observability.metrics import socket_coalesced, socket_frames
from clubkit.realtime.line import Line

DELIVERY_SECONDS = 5e-6
"""About what one delivery costs this process, most of it in the kernel."""
SHORTEST_WINDOW, LONGEST_WINDOW = 0.001, 0.05
MOST_PENDING = 64 * 1024
"""Bytes that are kept for one write; more leave at once."""

Skip = Collection[str]
NOBODY: Skip = ()


def window(lines: int) -> float:
    """Seconds after a delivery in which further frames wait for each other: twice what the delivery costs.

    A small room, where that is next to nothing, never waits; a large one spends at most a third of its time on it.
    """
    cost = 2 * lines * DELIVERY_SECONDS
    return min(cost, LONGEST_WINDOW) if cost >= SHORTEST_WINDOW else 0.0


class Room:
    """A frame to an idle room leaves at once; those that follow while it is busy leave together, in order."""

    __slots__ = ("_busy_until", "_flushing", "_pending", "_size", "lines")

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self._busy_until = 0.0
        self._pending: list[tuple[bytes, Skip]] = []
        self._size = 0
        self._flushing: asyncio.TimerHandle | None = None

    def push(self, frame: bytes, skip: Skip = NOBODY) -> None:
        loop = asyncio.get_running_loop()
        if not self._pending and loop.time() >= self._busy_until:
            self._deliver([(frame, skip)])
            return
        self._pending.append((frame, skip))
        self._size += len(frame)
        if self._size > MOST_PENDING:
            self.flush()
        elif self._flushing is None:
            self._flushing = loop.call_at(self._busy_until, self.flush)

    def flush(self) -> None:
        """What waits leaves now. To be called before somebody comes or goes: what was said before is not for her."""
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        if self._pending:
            pending, self._pending, self._size = self._pending, [], 0
            if len(pending) > 1:
                socket_coalesced.inc(len(pending))
            self._deliver(pending)

    def _deliver(self, said: Sequence[tuple[bytes, Skip]]) -> None:
        apart = {sid for _, skip in said for sid in skip if sid in self.lines}
        lines: Iterable[Line] = self.lines.values()
        if apart:
            lines = [line for sid, line in self.lines.items() if sid not in apart]
        deliver(lines, [frame for frame, _ in said])
        for sid in apart:
            deliver([self.lines[sid]], [frame for frame, skip in said if sid not in skip])
        socket_frames.inc(len(self.lines))
        self._busy_until = asyncio.get_running_loop().time() + window(len(self.lines))


def deliver(lines: Iterable[Line], whole: Sequence[bytes]) -> None:
    """The same frames to many: one write each where the line is straight.

    Where nothing is queued they go to the socket itself: what a transport does about it costs as much again as Python
    does here, and most of what is left is the kernel's (docs/decisions/0165). Whatever the kernel does not take at once
    is the transport's.
    """
    if not whole:
        return
    joined = whole[0] if len(whole) == 1 else b"".join(whole)
    size, write, slow = len(joined), os.write, list[Line]()
    for line in lines:
        link = line.link
        if link is None:
            slow.append(line)
        elif link.queued():
            link.push(joined)
        else:
            try:
                taken = write(link.descriptor, joined)
            except OSError:  # its buffer is full, or it is gone: the transport knows what to do
                link.push(joined)
            else:
                if taken < size:
                    link.push(joined[taken:])
    for line in slow:
        line.push_slowly(whole)
