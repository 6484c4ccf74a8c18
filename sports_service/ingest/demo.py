"""The demo season: real teams and results, its dates moved by whole weeks so that it is being played now.

A result comes out only when its match is over at the shifted time, so the demo lives on by itself (`play_on`).
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from clubkit.db.work import Works
from clubkit.jobs.port import Every, Job, JobRun
from sports_service.catalogue import service as catalogue
from sports_service.catalogue.listing import Listed, SeasonListing, list_season
from sports_service.ingest.openfootball import OpenFootball
from sports_service.ingest.openfootball_parsing import MATCH_LASTS

BUNDLE = Path(__file__).parent / "openfootball_2025_26.json.gz"
ANCHOR = date(2025, 12, 6)
"""The day of the real season that becomes today, give or take half a week: rounds behind it, rounds ahead of it."""
LABEL = "Demo season"
PLAY_ON = "sports.play_demo"


@dataclass(frozen=True, slots=True)
class Demo:
    """How far the demo was moved, and what was taken in."""

    shift_weeks: int
    listed: Listed


def weeks_to(now: datetime) -> int:
    """Whole weeks, so that Saturdays stay Saturdays."""
    return round((now.date() - ANCHOR) / timedelta(weeks=1))


async def load_demo(works: Works, *, now: datetime) -> Demo:
    """Makes the demo season, or plays it on: loaded once, it keeps its dates however often this is called."""
    provider = OpenFootball(BUNDLE, leagues=None)
    async with works.reading() as work:
        shift_weeks = await catalogue.demo_shift(work)
    if shift_weeks is None:
        shift_weeks = weeks_to(now)
    total = Listed()
    for document in await asyncio.to_thread(provider.documents):
        parsed = await asyncio.to_thread(provider.parse, document, now=now, shift_weeks=shift_weeks, hold_results=True)
        if parsed.league is None:
            continue
        season = SeasonListing(
            provider.name, parsed.league, LABEL, parsed.entries, is_demo=True, shift_weeks=shift_weeks
        )
        async with works.open() as work:
            total = _plus(total, await list_season(work, season))
    return Demo(shift_weeks, total)


async def play_on(run: JobRun) -> dict[str, int] | None:
    """Enters the results that have come due; without a demo season it does nothing."""
    async with run.works.reading() as work:
        now = work.now
        if not await catalogue.demo_awaits_results(work, kicked_off_before=now - MATCH_LASTS):
            return None
    return {"results": (await load_demo(run.works, now=now)).listed.changed}


def _plus(one: Listed, two: Listed) -> Listed:
    return replace(
        one,
        added=one.added + two.added,
        changed=one.changed + two.changed,
        same=one.same + two.same,
        overruled=one.overruled + two.overruled,
    )


JOBS = [Job(PLAY_ON, play_on)]
RECURRING = [Every(PLAY_ON, timedelta(minutes=5))]
