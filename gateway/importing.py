"""`hub import`: real data from files, through the same rules as everything else. Resumable; twice is harmless."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from clubkit.clock import utc_now
from clubkit.db.work import Works
from clubkit.settings import Settings
from gateway.at_hand import at_hand, is_running
from gateway.embedded import SERVICES
from gateway.meetup.command import import_meetup
from gateway.meetup.loading import Imported
from gateway.migrating import migrate
from gateway.talking import console, load, progress, refusals
from sports_service.ingest.openfootball import OpenFootball
from sports_service.ingest.schemas import ImportReport
from sports_service.ingest.service import import_fixtures

importing = typer.Typer(no_args_is_help=True, help="Take in real data from files. Resumable; twice is harmless.")


@importing.callback()
def _group() -> None:
    """Keeps each source a word of its own."""


@importing.command()
def openfootball(
    path: Annotated[Path, typer.Argument(help="football.json as a folder or an archive")],
    seasons: Annotated[str, typer.Option(help="newest, all, or one such as 2025-26")] = "newest",
    data: Annotated[Path | None, typer.Option(help="the data directory")] = None,
) -> None:
    """Fixtures and results of the big leagues, from openfootball's football.json."""
    chosen = seasons if seasons in ("newest", "all") else (seasons,)
    provider = OpenFootball(path, seasons=chosen)

    async def run(settings: Settings) -> ImportReport:
        async with at_hand(settings) as ports:
            with progress("Fixtures") as watch:

                async def report(done: int, total: int, what: str) -> None:
                    watch(done / total, what)

                return await import_fixtures(ports[Works], provider, now=utc_now(), report=report)

    with refusals():
        done = asyncio.run(run(load(data_dir=data)))
    console().print(
        f"  [green]✓[/green] {done.added} fixtures added, {done.changed} changed, {done.same} as they were, "
        f"{done.turned_away} not believed; {done.skipped} of {done.documents} seasons were known already."
    )


@importing.command()
def meetup(
    path: Annotated[Path, typer.Argument(help="the folder with rsvps.csv.gz")],
    shift: Annotated[bool, typer.Option(help="move the past by whole weeks, so that its end is now")] = True,
    data: Annotated[Path | None, typer.Option(help="the data directory")] = None,
) -> None:
    """Members, clubs, events and answers of two cities, from a crawl of real RSVPs."""

    async def run(settings: Settings) -> Imported:
        await migrate(settings)
        with progress("RSVPs") as watch:

            async def report(done: float, stage: str) -> None:
                watch(done, stage)

            runs = is_running(settings)
            return await import_meetup(settings, SERVICES, path, shift=shift, hub_runs=runs, report=report)

    with refusals():
        done = asyncio.run(run(load(data_dir=data)))
    console().print(
        f"  [green]✓[/green] {done.members} members, {done.clubs} clubs, {done.events} events and {done.answers} "
        "answers were new. `hub train` learns from them."
    )
