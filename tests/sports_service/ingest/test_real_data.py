"""The real archive, where it is at hand: every season of it is read, and what is turned away has a reason."""

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clubkit.testing.hub import Person
from sports_service.ingest.openfootball import OpenFootball
from sports_service.ingest.openfootball_leagues import BIG_FIVE
from sports_service.ingest.service import import_fixtures
from tests.sports_service.conftest import answer

ARCHIVE = Path(os.environ.get("CLUBHUB_DATA", "../shared/data")) / "sports/soccer_openfootball/football.json.tar.xz"
NOW = datetime(2026, 3, 13, 12, 0, tzinfo=UTC)
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not ARCHIVE.exists(), reason="the research data is not at hand (CLUBHUB_DATA)"),
]


def test_every_season_of_the_leagues_we_know_can_be_read() -> None:
    provider = OpenFootball(ARCHIVE, leagues=None, seasons="all")
    reasons: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for document in provider.documents():
        parsed = provider.parse(document, now=NOW)
        reasons.update(t.code for t in parsed.turned_away)
        statuses.update(entry.state.status for entry in parsed.entries)
    assert statuses["settled"] > 70_000
    assert statuses["void"] > 300
    assert sum(reasons.values()) < 0.01 * sum(statuses.values()), reasons


async def test_the_five_big_leagues_of_the_current_season_come_in(sports: Any, anna: Person) -> None:
    sports.hub.clock.set(NOW)
    report = await import_fixtures(sports.hub.works, OpenFootball(ARCHIVE), now=NOW)
    assert (report.documents, report.added, report.turned_away) == (5, 1752, 0)
    leagues = (await answer(anna.http.get("leagues")))["data"]
    assert [league["id"] for league in leagues] == [f"soccer.{code}" for code in BIG_FIVE]
    rounds = (await answer(anna.http.get("leagues/soccer.en.1/rounds")))["data"]
    assert len(rounds) == 38
    assert sum(r["fixtures"] for r in rounds) == 380
    assert sum(r["settled"] for r in rounds) == 291
