"""The words of `hub backup` and `hub restore`."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from clubkit.settings import Settings
from gateway.backup.archive import Manifest
from gateway.backup.making import Made, make_backup
from gateway.backup.restoring import restore_backup
from gateway.talking import console, load, refusals

Data = Annotated[Path | None, typer.Option(help="the data directory")]


def backup(
    path: Annotated[Path, typer.Argument(help="a file to write, or a folder to write one into")],
    keep: Annotated[int, typer.Option(min=0, help="in a folder: delete all but the newest so many; 0 keeps all")] = 0,
    data: Data = None,
) -> None:
    """Write everything this hub holds into one file, while it runs."""
    with refusals():
        made = asyncio.run(make_backup(load(data_dir=data), path, now=datetime.now(UTC)))
    show(made)
    if keep and path.is_dir():
        for old in sorted(path.glob("clubholohub-*.tar"))[:-keep]:
            old.unlink()
            console().print(f"  Deleted {old.name}.", style="dim")


def restore(
    path: Annotated[Path, typer.Argument(help="a file that `hub backup` wrote")],
    replace: Annotated[bool, typer.Option("--replace", help="where a hub is too; it is set aside")] = False,
    data: Data = None,
) -> None:
    """Make this hub what a backup holds. The hub must not be running."""

    async def run(settings: Settings) -> Manifest:
        return await restore_backup(settings, path, replace=replace, now=datetime.now(UTC))

    with refusals():
        manifest = asyncio.run(run(load(data_dir=data)))
    console().print(f"  [green]✓[/green] This hub is as it was at {manifest.made_at}: {words(manifest)}.")


def show(made: Made) -> None:
    console().print(f"  [green]✓[/green] {made.path} ({made.size / 1e6:.1f} MB): {words(made.manifest)}.")
    if on_their_way := sum(made.manifest.on_their_way.values()):
        groups = ", ".join(made.manifest.on_their_way)
        console().print(
            f"  [yellow]![/yellow] {on_their_way} facts were on their way to {groups}: what they would have changed "
            "there is not in it."
        )


def words(manifest: Manifest) -> str:
    said = f"{sum(manifest.rows.values())} rows, {manifest.keys} keys"
    files = sum(name.startswith("data/files/") for name in manifest.parts)
    documents = "" if manifest.documents is None else f", {manifest.documents} messages"
    return f"{said}{documents}, {files} files"
