"""The board in SQL against a board in a few lines of Python, on random worlds."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clubkit.ids import ClubId, MemberId, new_id
from sports_service.leaderboards import service
from sports_service.leaderboards.models import ClubMemberRow
from sports_service.leaderboards.service import month_of, week_of
from sports_service.picks.models import PickRow
from sports_service.picks.scoring import POINTS_RIGHT

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@dataclass
class Total:
    points: int = 0
    right: int = 0
    picks: int = 0
    last_right: datetime = field(default=datetime.max.replace(tzinfo=UTC))

    def add(self, pick: PickRow) -> None:
        self.picks += 1
        self.points += pick.points or 0
        if pick.points:
            self.last_right = pick.placed_at if not self.right else max(self.last_right, pick.placed_at)
            self.right += 1


def ranking(picks: list[PickRow], members: set[str], start: datetime, end: datetime) -> list[tuple[str, Total]]:
    totals: dict[str, Total] = defaultdict(Total)
    for pick in picks:
        if pick.points is not None and pick.member_id in members and start <= (pick.kickoff_at or NOW) < end:
            totals[pick.member_id].add(pick)
    return sorted(totals.items(), key=lambda t: (-t[1].points, -t[1].right, t[1].last_right, t[0]))


def random_picks(rng: Random, members: list[str]) -> list[PickRow]:
    picks: list[PickRow] = []
    for _ in range(60):
        kickoff = NOW - timedelta(hours=rng.randint(0, 24 * 40))
        fixture = new_id()
        some = rng.sample(members, rng.randint(0, len(members)))
        picks.extend(random_pick(rng, fixture, member, kickoff) for member in some)
    return picks


def random_pick(rng: Random, fixture: str, member: str, kickoff: datetime) -> PickRow:
    return PickRow(
        fixture_id=fixture, member_id=member, choice="1", kickoff_at=kickoff, season_id="s",
        placed_at=kickoff - timedelta(minutes=rng.randint(1, 30)),
        points=rng.choice([None, 0, 0, POINTS_RIGHT]), settled_version=1, rule="1x2.1",
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
async def test_any_world_is_ranked_as_the_rules_say(sports: Any, seed: int) -> None:
    rng = Random(seed)
    everybody = sorted(new_id() for _ in range(12))
    club, outsiders = everybody[:9], everybody[9:]
    club_id, me = ClubId(new_id()), MemberId(club[rng.randrange(9)])
    picks = random_picks(rng, club + outsiders)
    async with sports.hub.works.open() as work:
        work.session.add_all(picks)
        work.session.add_all(ClubMemberRow(club_id=club_id, member_id=member, gone=False, version=1) for member in club)
    for period, (start, end) in (("week", week_of(NOW)), ("month", month_of(NOW))):
        async with sports.hub.works.reading() as work:
            board = await service.club_board(work, me, club_id, period, limit=50)  # type: ignore[arg-type]
        expected = ranking(picks, set(club), start, end)
        found = [(row.member.id, row.points, row.right, row.picks) for row in board.data]
        assert found == [(member, t.points, t.right, t.picks) for member, t in expected]
        assert [row.rank for row in board.data] == list(range(1, len(expected) + 1))
        before = [member for member, _ in ranking(picks, set(club), start, min(end, board.delta_since))]
        for row in board.data:
            was = before.index(row.member.id) + 1 if row.member.id in before else None
            assert row.rank_delta == (None if was is None else was - row.rank)
        assert board.ranked == len(expected)
        assert board.me == next((row for row in board.data if row.member.id == me), None)


@given(moments)
def test_every_moment_lies_in_its_week_which_begins_on_a_monday(now: datetime) -> None:
    start, end = week_of(now)
    assert start <= now < end
    assert start.weekday() == 0
    assert (start.hour, start.minute, start.second, start.microsecond) == (0, 0, 0, 0)
    assert end - start == timedelta(days=7)


@given(moments)
def test_every_moment_lies_in_its_month_and_months_meet(now: datetime) -> None:
    start, end = month_of(now)
    assert start <= now < end
    assert (start.day, end.day) == (1, 1)
    assert month_of(end)[0] == end
    assert month_of(end - timedelta(microseconds=1))[0] == start
