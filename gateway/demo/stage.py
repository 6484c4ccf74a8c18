"""Where the demo world is played: its cast with their ids, and a chronicle of what was played already."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import insert, select

from clubkit.clock import Clock
from clubkit.db.database import Database
from clubkit.db.models import IdempotencyRow
from clubkit.db.work import UnitOfWork, Works
from clubkit.identity import Caller
from clubkit.ids import ClubId
from clubkit.ports import Ports
from gateway.demo.when import HOME, When

OWNER = "hub.seed"
PAGE = 40
"""Acts in one transaction: what a stop in the middle costs."""


@dataclass
class Stage:
    """`begun`: the moment the world counts from. `things`: ids of what was made, by name ("club:riverside")."""

    ports: Ports
    begun: datetime
    seed: int
    tzid: str = HOME
    cast: dict[str, Caller] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    @property
    def when(self) -> When:
        return When(self.begun, self.tzid)

    def works_at(self, at: datetime) -> Works:
        """Units of work whose clock stands at `at`."""
        return self._works(lambda: at)

    def club(self, key: str) -> ClubId:
        return ClubId(self.things[f"club:{key}"])

    def dice(self, *about: object) -> Random:
        """Random, but the same for the same things on every run."""
        return Random(":".join(map(str, (self.seed, *about))))

    def _works(self, clock: Clock) -> Works:
        return Works(self.ports[Database], self.ports, clock=clock)


Do = Callable[[UnitOfWork, Stage], Awaitable[None]]


@dataclass(frozen=True)
class Act:
    """Something somebody does at some moment, by the same rules as everybody."""

    at: datetime
    do: Do


class Chronicle:
    """What was played, kept in the transaction that played it: a seed that was stopped goes on where it stopped."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._pages: dict[str, dict[str, Any]] = {}

    async def load(self) -> None:
        query = select(IdempotencyRow.key, IdempotencyRow.body).where(IdempotencyRow.owner == OWNER)
        async with self._works.reading() as work:
            rows = await work.session.execute(query)
        self._pages = {key: json.loads(body) for key, body in rows}

    def __contains__(self, key: str) -> bool:
        return key in self._pages

    def __getitem__(self, key: str) -> dict[str, Any]:
        return self._pages[key]

    def things(self) -> dict[str, str]:
        """Every name that was given so far."""
        return {name: made for page in self._pages.values() for name, made in page.get("things", {}).items()}

    async def note(self, work: UnitOfWork, key: str, **body: Any) -> None:
        """Writes a page in this unit of work."""
        row = {
            "owner": OWNER, "key": key, "fingerprint": hashlib.sha256(key.encode()).digest(), "status": 200,
            "body": json.dumps(body), "at": work.now,
        }  # fmt: skip
        await work.session.execute(insert(IdempotencyRow), [row])
        work.after_commit(lambda: self._keep(key, body))

    async def _keep(self, key: str, body: dict[str, Any]) -> None:
        self._pages[key] = body


async def play(stage: Stage, chronicle: Chronicle, part: str, acts: Sequence[Act], told: Callable[[int], None]) -> None:
    """Plays acts in the order of their time, a page to a transaction; pages played before are passed over."""
    ordered = sorted(acts, key=lambda act: act.at)
    for start in range(0, len(ordered), PAGE):
        page, key = ordered[start : start + PAGE], f"{part}/{start // PAGE:03}"
        if key not in chronicle:
            before = set(stage.things)
            async with stage.works_at(page[-1].at).open() as work:
                for act in page:
                    work.now = act.at
                    await act.do(work, stage)
                fresh = {name: made for name, made in stage.things.items() if name not in before}
                await chronicle.note(work, key, things=fresh)
        told(len(page))
