"""`hub import`: real data from files, through the same rules as everything else. Resumable; twice is harmless."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from clubkit.clock import utc_now
from clubkit.db.work import Works
from clubkit.settings import Settings
from gateway.at_hand import at_hand
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
    provider = OpenFootball(path, seasons=chosen)  # type: ignore[arg-type]

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
