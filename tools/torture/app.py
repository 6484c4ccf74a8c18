"""A member's app under torture: sends in all her rooms at once, drops, comes back with its cursors, misses nothing."""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tools.torture.history import Findings, History
from tools.torture.line import Json, Line, LostError, open_line
from tools.torture.poll_line import open_polling
from tools.torture.writing import GONE, Write, next_write

HEARTBEAT_SECONDS = 5.0
PATIENCE_SECONDS = 0.15
"""How long a hole may close by itself, and as much again by chance, as in the hub's own app."""
GAP = {"epoch": 1, "limit": 500}


@dataclass
class Quota:
    """How many messages all apps together are to have acknowledged; `left` are not begun yet."""

    left: int
    acked: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    """Acknowledged edits, reactions and deletions."""
    at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(64))
    """Writes under way: more than the servers can take at a time only wait there, and lines are given up."""

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


@dataclass
class App:
    member: str
    token: str
    rooms: list[str]
    ports: Callable[[], list[int]]
    """Where chat may be reached just now."""
    quota: Quota
    findings: Findings
    chance: random.Random
    drop_every: float
    """Seconds between two drops, on average."""
    changes: float = 0.0
    """Share of its writes that are no messages."""
    polls: bool = False
    """Over HTTP long polling."""
    refusals: dict[str, int] = field(default_factory=dict)
    quiet: bool = False
    """No drops of its own."""
    looks: int = 0
    """How often it was told how far its rooms go."""
    connects: int = 0
    drops: int = 0
    waits: list[float] = field(default_factory=list)
    """From sending to the acknowledgement, of every tenth message, drops and all."""

    def __post_init__(self) -> None:
        self.histories = {room: History(room, self.member, self.findings) for room in self.rooms}
        self._unanswered: dict[str, Write] = {}
        self._line: Line | None = None
        self._filling: dict[str, asyncio.Task[None]] = {}

    @property
    def is_done(self) -> bool:
        return self.quota.left <= 0 and not self._unanswered and not any(h.has_hole for h in self.histories.values())

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            with contextlib.suppress(OSError, TimeoutError):
                await self._while_connected()
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))

    async def _while_connected(self) -> None:
        cursors = {room: history.cursor for room, history in self.histories.items()}
        port = self.chance.choice(self.ports())
        opened = open_polling if self.polls else open_line
        line = await opened(port, {"token": self.token, "cursors": cursors}, self._heard)
        self._line, self.connects = line, self.connects + 1
        timers = [asyncio.get_running_loop().call_later(self.chance.expovariate(1 / self.drop_every), self._drop, line)]
        work = [self._write(line, history) for history in self.histories.values()]
        tasks = [asyncio.create_task(each) for each in (*work, self._beat(line))]
        try:
            await line.lost
        finally:
            self._line = None
            for timer in timers:
                timer.cancel()
            await _end([*tasks, *self._filling.values()])
            self._filling.clear()
            line.abort()

    def _drop(self, line: Line) -> None:
        if not self.quiet:
            self.drops += 1
            line.abort()

    # --- writing

    async def _write(self, line: Line, history: History) -> None:
        """One thing at a time, each under its client id until it is answered, however often that takes."""
        while True:
            if (write := self._unanswered.get(history.room)) is None:
                write = next_write(history, self.chance, self.changes)
                if self.quota.left <= 0 or (write.count and not self.quota.take()):
                    return
                self._unanswered[history.room] = write
            async with self.quota.at_once:
                began = asyncio.get_running_loop().time()
                answer = await line.ask(write.event, write.payload)
            if answer["ok"]:
                del self._unanswered[history.room]
                self._acknowledged(history, write, answer["seq"])
                if write.count % 10 == 1:
                    self.waits.append(asyncio.get_running_loop().time() - began)
            elif write.what and answer["problem"]["code"] == GONE:
                del self._unanswered[history.room]
                self.refusals[GONE] = self.refusals.get(GONE, 0) + 1
                history.forget(write.what[1])
            else:
                await self._refused(answer["problem"])

    def _acknowledged(self, history: History, write: Write, seq: int) -> None:
        if write.count:
            history.acknowledged(write.count, seq)
            self.quota.acked += 1
            return
        history.change_acknowledged(write.what, seq)
        self.quota.changes[write.what[0]] += 1
        if write.what[0] == "deleted":
            history.forget(write.what[1])

    async def _refused(self, problem: Json) -> None:
        code = problem["code"]
        self.refusals[code] = self.refusals.get(code, 0) + 1
        if problem["status"] not in {401, 429, 500, 503}:
            self.findings.add("refused", f"{problem['status']} {code}: {problem.get('detail', '')}")
        await asyncio.sleep(self.chance.uniform(0.2, 0.6))

    # --- hearing

    def _heard(self, event: str, payload: Any) -> None:
        if event == "room.event":
            self._take(payload)
        elif event == "chat.sync":
            for stretch in payload["stretches"]:
                self._take_stretch(stretch)
        elif event == "resync" and self._line is not None:
            self._spawn_fill("*", self._look(self._line))
        elif event == "server.leaving" and self._line is not None:
            asyncio.get_running_loop().call_later(payload["after_ms"] / 1000, self._line.abort)

    def _take(self, event: Json) -> None:
        history = self.histories.get(event["room"])
        if history is not None:
            history.heard(event)
            self._mind(history)

    def _take_stretch(self, stretch: Json) -> None:
        history = self.histories[stretch["room"]]
        history.told(stretch["head"])
        if stretch["epoch"] != history.epoch:
            self.findings.add("epoch", f"{history.room} went to epoch {stretch['epoch']} though nothing was cut off")
        for event in stretch["events"]:
            history.heard(event)
        self._mind(history)

    def _mind(self, history: History) -> None:
        if history.has_hole and self._line is not None and history.room not in self._filling:
            self._spawn_fill(history.room, self._fill(self._line, history))

    def _spawn_fill(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        if name in self._filling:
            work.close()
            return
        self._filling[name] = task = asyncio.create_task(work)
        task.add_done_callback(lambda done: self._filled(name, done))

    def _filled(self, name: str, task: asyncio.Task[None]) -> None:
        """A line that was lost meanwhile is no failure: the next one begins by asking again."""
        self._filling.pop(name, None)
        if not task.cancelled() and (failure := task.exception()) and not isinstance(failure, LostError):
            raise failure

    async def _fill(self, line: Line, history: History) -> None:
        """Asks for what is missing until nothing is. Too far behind to be told all at once is no reason to skip any."""
        await asyncio.sleep(PATIENCE_SECONDS * self.chance.uniform(1, 2))
        while history.has_hole:
            answer = await line.ask("room.gap", {"room": history.room, "after": history.seq, **GAP})
            if not answer["ok"]:
                await self._refused(answer["problem"])
                continue
            if answer["reset"]:
                self.findings.add("reset", f"{history.room} knows nothing of {history.seq}")
                return
            history.told(answer["head"])
            for event in answer["events"]:
                history.heard(event)

    async def _beat(self, line: Line) -> None:
        while True:
            await self._look(line)
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * HEARTBEAT_SECONDS)

    async def _look(self, line: Line) -> None:
        seen = {room: history.seq for room, history in self.histories.items()}
        answer = await line.ask("heartbeat", {"rooms": self.rooms})
        if answer["ok"]:
            self.looks += 1
            for room, head in answer["heads"].items():
                self.histories[room].told(head["seq"], asked_at=seen[room])
                self._mind(self.histories[room])


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
