"""The `hub` command. Each verb parses its words and calls one function."""

import asyncio
import logging
import os
import signal
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from clubkit.jobs.running import JobStatus
from clubkit.observability.logs import configure_logs
from clubkit.observability.tracing import traced
from clubkit.settings import Settings
from gateway import apart, looping, migrating
from gateway.admin import admin
from gateway.at_hand import at_hand, run_to_the_end
from gateway.backup.command import backup, restore
from gateway.demo.command import seed_fresh_hub, show_accounts
from gateway.doctor import examine, explain
from gateway.embedded import SERVICES
from gateway.importing import importing
from gateway.letters import dlq
from gateway.replaying import replay
from gateway.running import run_up
from gateway.seeding import seed
from gateway.supervising import Supervisor
from gateway.talking import console, load, progress, refusals, tell
from gateway.tethered import tether
from gateway.working import run_worker

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="ClubHoloHub: one hub for the whole life of your clubs.",
)
app.command()(seed)
app.command()(replay)
app.command()(backup)
app.command()(restore)
app.add_typer(admin, name="admin")
app.add_typer(importing, name="import")
app.add_typer(dlq, name="dlq")

Names = Annotated[list[str] | None, typer.Argument(help="for example chat_service")]
Data = Annotated[Path | None, typer.Option(help="the data directory")]


@app.command()
def up(
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="port to listen on")] = None,
    data: Data = None,
    workers: Annotated[int, typer.Option(min=0, max=64, help="job processes; 0 runs none")] = 2,
    demo: Annotated[bool, typer.Option("--demo", help="fill a new hub with a small club world first")] = False,
    verbose: Annotated[bool, typer.Option(help="log every step")] = False,
    stop_with_parent: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Everything on this machine, in one process with its children. Ctrl-C stops it all."""
    if stop_with_parent:
        tether(signal.SIGTERM, os.getppid())
    started = time.monotonic()
    demo_state = ""

    async def prepare(settings: Settings) -> None:
        nonlocal started, demo_state
        began = time.monotonic()
        demo_state = await seed_fresh_hub(settings)
        if demo_state == "begun":
            console().print("  The demo world is not finished yet. `hub seed` goes on with it.")
        started += time.monotonic() - began  # the boot is measured without it

    def ready(settings: Settings, supervisor: Supervisor) -> None:
        beside = " and ".join(state.name for state in supervisor.states() if state.running) or "nothing"
        console().print(f"\n  [bold]ClubHoloHub[/bold] is at [bold cyan]{settings.base_url}[/bold cyan]")
        console().print(
            f"  Ready in {time.monotonic() - started:.1f} s, with {beside} beside it. Ctrl-C stops it.\n", style="dim"
        )
        if demo_state == "done":
            show_accounts(console(), settings.base_url)

    with refusals():
        settings = load(host=host, port=port, data_dir=data)
        configure_logs(settings, level=logging.INFO if verbose else logging.WARNING)
        prepared = prepare if demo else None
        with traced(settings, "hub"):
            looping.run(
                run_up(settings, lambda line: console().print(f"  {line}"), ready, workers=workers, prepare=prepared)
            )


@app.command()
def serve(
    services: Names = None,
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="port to listen on")] = None,
) -> None:
    """Answer HTTP and sockets for some services (none named: all), on shared servers."""

    def ready(settings: Settings) -> None:
        console().print(f"  Serving at {settings.base_url}")

    with refusals():
        settings = load(host=host, port=port)
        configure_logs(settings)
        modules = apart.services(services or ())
        with traced(settings, "+".join(services or ["hub"])):
            looping.run(apart.run_serve(settings, modules, ready, tell))


@app.command()
def consume(services: Names = None) -> None:
    """Feed the log to some services (none named: all), and hand due jobs to the workers."""
    with refusals():
        settings = load()
        configure_logs(settings)
        modules = apart.services(services or ())
        with traced(settings, "consume " + "+".join(services or ["all"])):
            looping.run(apart.run_consume(settings, modules, lambda: tell("Consuming."), tell))


@app.command()
def relay() -> None:
    """Take facts from the database to Kafka. Several may stand by; one sends at a time."""
    with refusals():
        settings = load()
        configure_logs(settings)
        with traced(settings, "relay"):
            looping.run(apart.run_relay(settings, lambda: tell("Relaying."), tell))


@app.command()
def work(
    processes: Annotated[int, typer.Option(min=1, max=64, help="how many jobs at once")] = 2, data: Data = None
) -> None:
    """Run background jobs until stopped."""
    with refusals():
        settings = load(data_dir=data)
        configure_logs(settings)
        raise typer.Exit(run_worker(settings, SERVICES, processes=processes, say=tell))


@app.command()
def migrate(
    service: Annotated[str, typer.Option(help="which service a new migration is for")] = "",
    new: Annotated[str, typer.Option(help="write a migration with this message")] = "",
    check: Annotated[bool, typer.Option(help="only say whether models and migrations agree")] = False,
    data: Data = None,
) -> None:
    """Bring the database and the log up to date; or write or check migrations."""
    with refusals():
        if new:
            for path in asyncio.run(migrating.write_migration(service, new)):
                console().print(f"  {path}")
        elif check:
            wrong = asyncio.run(migrating.disagreements())
            for name, changes in wrong.items():
                console().print(f"  [red]✗[/red] {name}: {len(changes)} changes have no migration, first {changes[0]}")
            raise typer.Exit(1 if wrong else 0)
        else:
            settings = load(data_dir=data)
            asyncio.run(migrating.migrate(settings))
            for topic in asyncio.run(migrating.migrate_log(settings)):
                tell(f"New topic {topic}")


@app.command()
def train(data: Data = None) -> None:
    """Train the recommender on everything members did; the hub changes over by itself."""

    async def run(settings: Settings) -> JobStatus:
        async with at_hand(settings) as ports:
            with progress("Training") as watch:
                # Training reads the files: what the features took in a moment ago must be in them.
                await run_to_the_end(settings, ports, "features.flush", lambda job: watch(0.0, job.stage))
                return await run_to_the_end(
                    settings, ports, "recommender.train", lambda job: watch(job.progress, job.stage)
                )

    with refusals():
        result = asyncio.run(run(load(data_dir=data))).result or {}
    if result.get("version"):
        console().print(f"  [green]✓[/green] Version {result['version']} ranks from now on.")
    else:
        console().print(f"  {result.get('why', 'Nothing was trained.')}")
    for name, value in (result.get("metrics") or {}).items():
        console().print(f"    {name}  {value:.3f}", style="dim")


@app.command()
def doctor(
    quiet: Annotated[bool, typer.Option("--quiet", help="only what is wrong")] = False, data: Data = None
) -> None:
    """Explain every setting, say what is wrong, and how to mend it."""
    with refusals():
        settings = load(data_dir=data)
        if not quiet:
            console().print(settings_table(settings))
        findings = asyncio.run(examine(settings))
    marks = {"good": "[green]✓[/green]", "warning": "[yellow]![/yellow]", "bad": "[red]✗[/red]"}
    for finding in findings:
        if finding.level != "good" or not quiet:
            mend = f" [dim]→ {escape(finding.mend)}[/dim]" if finding.mend else ""
            console().print(f"  {marks[finding.level]} {escape(finding.what)}{mend}")
    raise typer.Exit(1 if any(finding.level == "bad" for finding in findings) else 0)


def settings_table(settings: Settings) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=2)
    table.add_column(overflow="fold", ratio=3, style="dim")
    for one in explain(settings):
        value = escape(one.value) if one.source == "default" else f"[bold]{escape(one.value)}[/bold] ({one.source})"
        table.add_row(one.name, value, escape(one.meaning))
    return table


if __name__ == "__main__":
    app()
