"""`hub admin`: what only an operator at the machine may do."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from auth_service.accounts.admin import create_admin
from auth_service.tokens.forgetting import forget_keys
from chat_service.retention import exporting
from clubkit.db.work import Works
from clubkit.ids import MemberId, RoomId
from clubkit.settings import Settings
from gateway.at_hand import at_hand
from gateway.errors import FileIsThere
from gateway.talking import console, load, refusals

admin = typer.Typer(no_args_is_help=True, help="What only an operator at the machine may do.")


@admin.command()
def create(
    email: Annotated[str, typer.Option(prompt="E-mail")],
    name: Annotated[str, typer.Option(prompt="Name")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="read it from standard input")] = False,
    data: Annotated[Path | None, typer.Option(help="the data directory")] = None,
) -> None:
    """Make an account the hub's administrator, or a new one where there is none."""
    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    )

    async def run(settings: Settings) -> MemberId:
        async with at_hand(settings) as ports:
            return await create_admin(ports[Works], email, name, password)

    with refusals():
        asyncio.run(run(load(data_dir=data)))
    console().print(f"  [green]✓[/green] {name} administers this hub and signs in as {email}.")


@admin.command("forget-keys")
def forget(data: Annotated[Path | None, typer.Option(help="the data directory")] = None) -> None:
    """Throw away the keys that sign sessions, with the hub stopped: new ones are made under the secret it then has."""

    async def run(settings: Settings) -> int:
        async with at_hand(settings) as ports:
            return await forget_keys(ports[Works])

    with refusals():
        forgotten = asyncio.run(run(load(data_dir=data)))
    console().print(f"  [green]✓[/green] {forgotten} keys are forgotten. Everybody signs in again.")


@admin.command("export-room")
def export_room(
    room: Annotated[str, typer.Argument(help="the room's id")],
    to: Annotated[Path, typer.Option(help="the file to write; it must not be there yet")],
    data: Annotated[Path | None, typer.Option(help="the data directory")] = None,
) -> None:
    """Write everything said in a room to a file, one line of JSON each: for a member's request or a court's."""

    async def run(settings: Settings) -> int:
        async with at_hand(settings) as ports:
            return await _write_room(ports[Works], RoomId(room), to)

    with refusals():
        lines = asyncio.run(run(load(data_dir=data)))
    console().print(f"  [green]✓[/green] {lines} lines are in {to}.")


async def _write_room(works: Works, room_id: RoomId, to: Path) -> int:
    """How many lines. Whole or not at all: a file that was begun does not stay. Raises RoomNotFound, FileIsThere."""
    lines = exporting.lines(works, room_id, None)
    first = await anext(lines)  # a room that is not there leaves no file
    try:
        file = await asyncio.to_thread(to.open, "xb")
    except FileExistsError:
        raise FileIsThere(to) from None
    with file:
        try:
            count = int(bool(file.write(first)))
            async for line in lines:
                count += bool(file.write(line))
        except BaseException:
            await asyncio.to_thread(to.unlink)
            raise
    return count
