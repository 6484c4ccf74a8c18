"""`hub seed`: the verb. What it tells is in `gateway.demo`."""

import asyncio
import logging
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from clubkit.observability.logs import configure_logs
from gateway import talking
from gateway.demo.command import run_alive, run_seed, running_hub, show_accounts
from gateway.demo.seeding import check_allowed
from gateway.embedded import SERVICES
from gateway.migrating import migrate
from gateway.running import only_hub
from gateway.talking import load, refusals

BEING_SEEDED = "no address yet: it is being seeded"


def seed(
    data: Annotated[Path | None, typer.Option(help="the data directory")] = None,
    yes_demo_accounts: Annotated[bool, typer.Option(help="also in production, where the password is known")] = False,
    alive: Annotated[bool, typer.Option("--alive", help="have members act on the running hub while you watch")] = False,
    minutes: Annotated[float, typer.Option(min=0.1, max=24 * 60, help="how long they act")] = 10.0,
    url: Annotated[str, typer.Option(help="where that hub is; empty: the one on this data directory")] = "",
    before_hub: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Fill the hub with a small club world to look around in. Twice is harmless; stopped, it goes on."""
    console = talking.console()
    with refusals():
        settings = load(data_dir=data)
        configure_logs(settings, level=logging.WARNING)
        check_allowed(settings, yes_demo_accounts=yes_demo_accounts)
        if alive:
            run_alive(url or running_hub(settings) or settings.base_url, minutes, console)
            return
        hub = None if before_hub else running_hub(settings)
        alone = nullcontext() if before_hub or hub else only_hub(settings, BEING_SEEDED)
        with alone:
            if not (hub or before_hub):
                asyncio.run(migrate(settings))
            fresh = run_seed(settings, SERVICES, console, hub_runs=hub is not None)
        if not fresh:
            console.print("  The demo world is here already. Nothing was added.")
        if not before_hub:  # the hub says it when it is ready
            show_accounts(console, hub or settings.base_url)
