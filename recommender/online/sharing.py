"""One ranking in the memory of many processes: who moves it tells the others, who starts or missed something reads
the tables.

The tables are the truth. What is told is a hint, though one that carries enough to move at once.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from typing import Any

from clubkit.ids import ClubId, MemberId
from recommender.catalogue.schemas import Item, Place
from recommender.online.live import LiveRanking
from recommender.online.store import Entry, Window

overheard: ContextVar[bool] = ContextVar("overheard", default=False)
"""True in the task that takes what others told, or what the tables say: that is not told again."""
LARGEST_HINT = 200
"""Windows in one hint. More wait for the next, so that no hint grows large."""
LARGEST_WAIT = 5_000
"""More untold changes than this are forgotten, and the others told to read the tables."""


@dataclass
class Hint:
    """What has moved. `anew`: too much to tell; read the tables."""

    items: list[str] = field(default_factory=list)
    clubs: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, list[float] | None] = field(default_factory=dict)
    windows: dict[str, list[list[Any]]] = field(default_factory=dict)
    anew: bool = False

    def plain(self) -> dict[str, Any]:
        return asdict(self)


class SharedRanking(LiveRanking):
    """A `LiveRanking` that keeps what moved it, unless it was `overheard`, until `next_hint` is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, None] = {}
        self._clubs: dict[str, list[str]] = {}
        self._places: dict[str, list[float] | None] = {}
        self._windows: dict[str, list[list[Any]]] = {}
        self._is_too_much = False
        self._moved = asyncio.Event()

    def put_items(self, items: Iterable[tuple[Item, bool]]) -> None:
        items = list(items)
        super().put_items(items)
        self._keep(self._items, {item.id: None for item, _ in items})

    def set_clubs(self, clubs: Mapping[MemberId, Collection[ClubId]]) -> None:
        super().set_clubs(clubs)
        self._keep(self._clubs, {member_id: sorted(mine) for member_id, mine in clubs.items()})

    def set_places(self, places: Mapping[MemberId, Place | None]) -> None:
        super().set_places(places)
        self._keep(self._places, {member_id: [p.lat, p.lon] if p else None for member_id, p in places.items()})

    def set_window(self, member_id: MemberId, window: Window) -> list[Entry]:
        fresh = super().set_window(member_id, window)
        self._keep(self._windows, {member_id: [list(entry) for entry in window]})
        return fresh

    async def next_hint(self) -> Hint:
        """What moved since the last one, as soon as there is something."""
        await self._moved.wait()
        if self._is_too_much:
            self._forget()
            return Hint(anew=True)
        told = dict(list(self._windows.items())[:LARGEST_HINT])
        hint = Hint(list(self._items), self._clubs, self._places, told)
        left = {member_id: window for member_id, window in self._windows.items() if member_id not in told}
        self._forget()
        self._keep(self._windows, left)
        return hint

    def lost(self) -> None:
        """The last hint did not get out: the others shall read the tables instead."""
        self._is_too_much = True
        self._moved.set()

    def take(self, hint: Hint, items: Iterable[tuple[Item, bool]]) -> None:
        """Moves as another process did. items: those the hint names, from the tables."""
        self.put_items(items)
        self.set_clubs({MemberId(who): [ClubId(club) for club in mine] for who, mine in hint.clubs.items()})
        self.set_places({MemberId(who): Place(*place) if place else None for who, place in hint.places.items()})
        for who, window in hint.windows.items():
            self.set_window(MemberId(who), tuple(tuple(entry) for entry in window))

    def _keep(self, kept: dict[str, Any], changed: Mapping[Any, Any]) -> None:
        if not changed or overheard.get():
            return
        kept.update(changed)
        waiting = len(self._items) + len(self._clubs) + len(self._places) + len(self._windows)
        self._is_too_much = self._is_too_much or waiting > LARGEST_WAIT
        self._moved.set()

    def _forget(self) -> None:
        self._items, self._clubs, self._places, self._windows = {}, {}, {}, {}
        self._is_too_much = False
        self._moved.clear()
