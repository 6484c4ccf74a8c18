"""`hub import meetup`: with a progress bar, resumable, whether the hub runs or not."""

from collections.abc import Sequence
from pathlib import Path

from clubkit.clock import utc_now
from clubkit.db.work import Works
from clubkit.module import Module
from clubkit.settings import Settings
from gateway.demo.command import opened
from gateway.demo.settling import Settling
from gateway.meetup.loading import Imported, Report, load
from gateway.meetup.reading import read

READ_EVERY = 4
"""Batches between two readings of the log, so that what waits in it stays small."""


async def import_meetup(
    settings: Settings, services: Sequence[Module], path: Path, *, shift: bool, hub_runs: bool, report: Report
) -> Imported:
    """Takes the crawl in; returns when search, features and ranking have read it all."""
    rsvps = read(path)
    quick = settings.model_copy(update={"sqlite_synchronous": "normal"})  # begun again, an import loses nothing
    async with opened(quick, services, hub_runs=hub_runs) as (ports, settle):
        batches = 0

        async def told(done: float, stage: str) -> None:
            nonlocal batches
            batches += 1
            if batches % READ_EVERY == 0:
                await _read(settle)
            await report(done * 0.98, stage)

        mark = settings.data_dir / "imports" / "meetup.json"
        imported = await load(ports[Works], rsvps, mark, shift=shift, report=told)
        await _read(settle)
        await report(1.0, "done")
        return imported


async def _read(settle: Settling) -> None:
    await settle(utc_now())
