"""`hub admin`: what only an operator at the machine may do."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from auth_service.accounts.admin import create_admin
from auth_service.tokens.forgetting import forget_keys
from clubkit.db.work import Works
from clubkit.ids import MemberId
from clubkit.settings import Settings
from gateway.at_hand import at_hand
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
