"""`hub dlq`: facts that a group could not take, on either topology. Looked at, tried again, or dropped."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.markup import escape
from rich.table import Table

from clubkit.db.models import DeadLetterRow
from clubkit.db.work import UnitOfWork, Works
from clubkit.log import letters
from clubkit.settings import Settings
from gateway.at_hand import at_hand
from gateway.errors import WhichLetters
from gateway.talking import console, load, refusals, tell

dlq = typer.Typer(no_args_is_help=True, help="Dead letters: facts that a group could not take, with the reason.")

T = TypeVar("T")
Data = Annotated[Path | None, typer.Option(help="the data directory")]
Group = Annotated[str, typer.Option(help="only of this group, for example social_service.search")]
Numbers = Annotated[list[int] | None, typer.Argument(help="as `hub dlq ls` shows them")]
All = Annotated[bool, typer.Option("--all", help="every dead letter there is")]


@dlq.command()
def ls(group: Group = "", data: Data = None) -> None:
    """What was put aside, oldest first."""
    with refusals():
        rows = _with(load(data_dir=data), lambda work: letters.letters(work, group))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("number", "when", "group", "fact", "key", "reason"):
        table.add_column(heading, no_wrap=heading != "reason")
    for row in rows:
        when = row.at.isoformat(timespec="seconds")
        table.add_row(str(row.id), when, row.group, row.type, row.key, escape(row.reason))
    console().print(table if rows else "  There are no dead letters.")


@dlq.command()
def show(number: Annotated[int, typer.Argument()], data: Data = None) -> None:
    """One of them whole: the fact, and why its group could not take it."""
    with refusals():
        row = _with(load(data_dir=data), lambda work: letters.letter(work, number))
    for name in ("group", "type", "topic", "key", "fact_id", "at", "reason", "payload"):
        console().print(f"  [dim]{name:8}[/dim] {escape(str(getattr(row, name)))}")


@dlq.command()
def replay(numbers: Numbers = None, group: Group = "", everything: All = False, data: Data = None) -> None:
    """Hand them back to their groups, which try again within seconds."""

    async def again(work: UnitOfWork) -> int:
        rows = await _chosen(work, numbers, group, everything=everything)
        await letters.try_again(work, rows)
        return len(rows)

    with refusals():
        tell(f"{_with(load(data_dir=data), again)} handed back to their groups.")


@dlq.command()
def drop(numbers: Numbers = None, group: Group = "", everything: All = False, data: Data = None) -> None:
    """Forget them for good."""

    async def forget(work: UnitOfWork) -> int:
        rows = await _chosen(work, numbers, group, everything=everything)
        return await letters.drop(work, [row.id for row in rows])

    with refusals():
        tell(f"{_with(load(data_dir=data), forget)} dropped.")


async def _chosen(
    work: UnitOfWork, numbers: Sequence[int] | None, group: str, *, everything: bool
) -> Sequence[DeadLetterRow]:
    """Raises NoSuchLetter, and WhichLetters when nothing says which."""
    if numbers:
        return [await letters.letter(work, number) for number in numbers]
    if not group and not everything:
        raise WhichLetters
    return await letters.letters(work, group)


def _with(settings: Settings, call: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    async def run() -> T:
        async with at_hand(settings) as ports, ports[Works].open() as work:
            return await call(work)

    return asyncio.run(run())
