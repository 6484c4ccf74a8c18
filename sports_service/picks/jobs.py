"""Settling the rest of a match that more members picked than one transaction should carry."""

from clubkit.ids import FixtureId
from clubkit.jobs.port import Job, JobRun
from sports_service.picks.settling import settle

SETTLE = "sports.settle"


async def settle_rest(run: JobRun, fixture_id: str) -> None:
    left = [FixtureId(fixture_id)]
    while left:
        async with run.works.open() as work:
            left = await settle(work, left)


JOBS = [Job(SETTLE, settle_rest)]
