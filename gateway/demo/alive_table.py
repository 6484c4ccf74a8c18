"""What simulated members do, as a table that moves."""

from collections import Counter, deque
from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from clubkit.clock import Clock

SHOWN = 18


class Happenings:
    """`with Happenings(console, clock) as happenings:` then `happenings(who, what)`."""

    def __init__(self, console: Console, clock: Clock) -> None:
        self._clock = clock
        self._rows: deque[tuple[datetime, str, str]] = deque(maxlen=SHOWN)
        self._deeds: Counter[str] = Counter()
        self._live = Live(console=console, refresh_per_second=4, get_renderable=self.table)

    @property
    def total(self) -> int:
        return self._deeds.total()

    def __call__(self, who: str, what: str) -> None:
        self._rows.append((self._clock(), who, what))
        self._deeds[who] += 1

    def table(self) -> Table:
        table = Table(
            box=None, show_header=False, padding=(0, 2, 0, 0), caption=self._summary(), caption_justify="left"
        )
        table.add_column(style="dim", no_wrap=True)
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="ellipsis", no_wrap=True, ratio=1)
        for at, who, what in self._rows:
            table.add_row(f"  {at.astimezone():%H:%M:%S}", escape(who), escape(what))
        return table

    def _summary(self) -> str:
        return f"\n  {self.total} things happened, by {len(self._deeds)}. Ctrl-C stops it."

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.__exit__(kind, error, trace)
