"""Sports with a small league in it: six teams, fixtures when a test asks for them."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clubkit.contracts.social import MembershipChanged, ProfileChanged
from clubkit.db.models import DeadLetterRow, OutboxRow
from clubkit.ids import ClubId, FixtureId, MemberId, new_id
from clubkit.testing.hub import Person, TestHub
from sports_service.catalogue.listing import Entry, League, SeasonListing, list_season
from sports_service.catalogue.models import State
from sports_service.catalogue.naming import fixture_id, season_id, team_id
from sports_service.catalogue.schemas import LeagueId
from sports_service.module import MODULE

LEAGUE = League(LeagueId("soccer.xx.1"), "soccer", "Harbour League", "Harbourland", "Europe/London", 1)
OTHER_LEAGUE = League(LeagueId("soccer.yy.1"), "soccer", "Hill League", "Hillland", "Europe/Madrid", 2)
HOME, AWAY = "Harbour FC", "Quayside United"


@dataclass
class Sports:
    """Sports as its members and its operator speak to it."""

    hub: TestHub
    admin: Person
    club_id: ClubId
    _told: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.hub.clock()

    async def fixture(
        self,
        kickoff: datetime | timedelta = timedelta(hours=2),
        *,
        home: str = HOME,
        away: str = AWAY,
        round_name: str = "Matchday 1",
        league: League = LEAGUE,
        label: str = "2025-26",
        demo: bool = False,
        status: str = "scheduled",
        score: tuple[int, int] | None = None,
    ) -> FixtureId:
        """Lists one more fixture, as a provider would; `kickoff` from now on."""
        at = kickoff if isinstance(kickoff, datetime) else self.now + kickoff
        goals = score or (None, None)
        entry = Entry(round_name, home, away, State(status, at, True, *goals))
        entries = self._told.setdefault((league.id, label), [])
        entries[:] = [e for e in entries if (e.round, e.home, e.away) != (round_name, home, away)] + [entry]
        await self.tell(SeasonListing("test", league, label, entries, is_demo=demo))
        season = season_id(league.id, "demo" if demo else label)
        return fixture_id(
            "test", season, team_id("test", league.country, home), team_id("test", league.country, away), round_name
        )

    async def tell(self, season: SeasonListing) -> Any:
        async with self.hub.works.open() as work:
            listed = await list_season(work, season)
        await self.hub.settle(jobs=True)
        return listed

    async def member(self, name: str, *, club: bool = True) -> Person:
        person = await self.hub.member(name)
        await self.hub.publish(ProfileChanged(member_id=person.id, handle=person.handle, name=name, hue=152))
        if club:
            await self.stand(person.id, "member", version=1)
        await self.hub.settle()
        return person

    async def stand(self, member_id: MemberId, role: Any, *, version: int) -> None:
        await self.hub.publish(
            MembershipChanged(
                club_id=self.club_id, member_id=member_id, role=role, version=version, club_name="FC", club_hue=152
            )
        )
        await self.hub.settle()

    async def pick(self, person: Person, fixture: FixtureId, choice: str, **more: Any) -> dict[str, Any]:
        return await answer(person.http.put(f"fixtures/{fixture}/pick", json={"choice": choice, **more}))

    async def see(self, person: Person, fixture: FixtureId) -> dict[str, Any]:
        return await answer(person.http.get(f"fixtures/{fixture}"))

    async def result(self, fixture: FixtureId, home: int, away: int, *, reason: str = "Full time") -> dict[str, Any]:
        return await self.enter(fixture, score={"home": home, "away": away}, reason=reason)

    async def enter(self, fixture: FixtureId, **body: Any) -> dict[str, Any]:
        done = await answer(self.admin.http.post(f"admin/fixtures/{fixture}/result", json=body))
        await self.hub.settle(jobs=True)
        return done

    async def play(self, fixture: FixtureId, home: int, away: int) -> None:
        """Lets the match be played and enters how it ended."""
        kickoff = datetime.fromisoformat((await self.see(self.admin, fixture))["kickoff_at"])
        self.hub.clock.set(max(self.now, kickoff + timedelta(hours=2)))
        entered = await self.result(fixture, home, away)
        assert entered["status"] == "settled", entered

    async def told(self, kind: str) -> list[dict[str, Any]]:
        """Every fact of a kind that was published, oldest first."""
        async with self.hub.works.reading() as work:
            query = select(OutboxRow.payload).where(OutboxRow.type == f"{kind}.v1").order_by(OutboxRow.id)
            return [json.loads(payload) for payload in await work.session.scalars(query)]

    async def points(self, person: Person, fixture: FixtureId) -> int | None:
        return (await self.see(person, fixture))["my_pick"]["points"]

    async def board(self, person: Person, period: str = "season", **query: Any) -> dict[str, Any]:
        path = f"clubs/{self.club_id}/leaderboard"
        return await answer(person.http.get(path, params={"period": period, **query}))


async def answer(request: Any) -> dict[str, Any]:
    """The body, and under `code_` its HTTP status."""
    response = await request
    body = response.json() if response.content else {}
    return {"code_": response.status_code, **(body if isinstance(body, dict) else {"data": body})}


@pytest.fixture
async def sports(make_hub: Any) -> AsyncIterator[Sports]:
    hub = await make_hub(MODULE)
    admin = await hub.member("Ada Operator", admin=True)
    yield Sports(hub, admin, ClubId(new_id()))
    async with hub.works.reading() as work:
        refused = [row.reason for row in await work.session.scalars(select(DeadLetterRow))]
    assert refused == [], "no fact may be refused on the way"


@pytest.fixture
async def anna(sports: Sports) -> Person:
    return await sports.member("Anna Berg")


@pytest.fixture
async def ben(sports: Sports) -> Person:
    return await sports.member("Ben Okafor")
