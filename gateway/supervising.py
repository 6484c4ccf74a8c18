"""Keep the hub's processes alive: a dead one is started again and said so, all are stopped in order."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self


class Part(Protocol):
    """Something that runs beside the hub's own process."""

    @property
    def name(self) -> str: ...
    async def start(self) -> None: ...
    def alive(self) -> bool: ...
    def bury(self) -> str: ...
    async def stop(self, deadline: float) -> None: ...


@dataclass(frozen=True)
class Backoff:
    """Seconds before a dead part starts again: doubled from `first` to `most`, anew after a `steady` life."""

    first: float = 0.5
    most: float = 30.0
    steady: float = 30.0

    def delay(self, failures: int) -> float:
        return min(self.most, self.first * 2.0 ** min(failures, 16))


@dataclass(frozen=True)
class State:
    """For /readyz and `hub doctor`."""

    name: str
    running: bool
    restarts: int
    last_end: str


class Supervisor:
    """Starts the parts in order, keeps each alive, stops them in the opposite order."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        say: Callable[[str], None],
        backoff: Backoff | None = None,
        pulse: float = 0.25,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._parts = list(parts)
        self._say = say
        self._backoff = backoff or Backoff()
        self._pulse = pulse
        self._clock = clock
        self._restarts = dict.fromkeys((part.name for part in parts), 0)
        self._last_end = dict.fromkeys((part.name for part in parts), "")
        self._started: list[Part] = []
        self._watches: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Raises what a part's first start raises, after stopping the parts before it."""
        try:
            for part in self._parts:
                await part.start()
                self._started.append(part)
        except BaseException:
            await self.stop()
            raise
        self._watches = [self._watch(part) for part in self._parts]

    async def add(self, part: Part) -> None:
        """One more, after the others. Raises what its start raises."""
        await part.start()
        self._parts.append(part)
        self._started.append(part)
        self._restarts[part.name], self._last_end[part.name] = 0, ""
        self._watches.append(self._watch(part))

    def _watch(self, part: Part) -> asyncio.Task[None]:
        return asyncio.create_task(self._keep(part), name=f"keep {part.name}")

    async def stop(self, deadline: float = 15.0) -> None:
        """Each part gets what is left of `deadline` seconds, and at least one. Twice is harmless."""
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        self._watches = []
        give_up = self._clock() + deadline
        while self._started:
            part = self._started.pop()
            try:
                await part.stop(max(1.0, give_up - self._clock()))
            except Exception as error:  # noqa: BLE001  the others must still be stopped
                self._say(f"{part.name} did not stop cleanly: {error}")

    def states(self) -> list[State]:
        return [
            State(part.name, part.alive(), self._restarts[part.name], self._last_end[part.name]) for part in self._parts
        ]

    async def _keep(self, part: Part) -> None:
        failures, since = 0, self._clock()
        while True:
            await asyncio.sleep(self._pulse)
            if part.alive():
                continue
            if self._clock() - since >= self._backoff.steady:
                failures = 0
            end = part.bury()
            delay = self._backoff.delay(failures)
            self._last_end[part.name] = end
            self._say(f"{part.name} {end}; starting it again in {delay:.1f} s.")
            failures += 1
            await asyncio.sleep(delay)
            since = self._clock()
            await self._restart(part)

    async def _restart(self, part: Part) -> None:
        try:
            await part.start()
        except Exception as error:  # noqa: BLE001  whatever it was, the next try comes after a longer wait
            self._say(f"{part.name} could not be started: {error}")
        else:
            self._restarts[part.name] += 1
            self._say(f"{part.name} is running again.")


@contextlib.contextmanager
def stop_signals(on_stop: Callable[[], None], on_hurry: Callable[[], None]) -> Iterator[None]:
    """The first SIGINT, SIGTERM or SIGHUP calls `on_stop`, any later one `on_hurry`. Needs a running loop."""
    loop = asyncio.get_running_loop()
    asked = False

    def heard() -> None:
        nonlocal asked
        (on_hurry if asked else on_stop)()
        asked = True

    signs = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for sign in signs:
        loop.add_signal_handler(sign, heard)
    try:
        yield
    finally:
        for sign in signs:
            loop.remove_signal_handler(sign)
