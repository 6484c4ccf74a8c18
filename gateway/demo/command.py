"""`hub seed` and the seeding of a fresh hub: progress on the terminal, and whoever else is at work on the data."""

import asyncio
import contextlib
import fcntl
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from clubkit.clock import utc_now
from clubkit.db.database import Database
from clubkit.db.work import Works
from clubkit.errors import NotFound
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.serving import Application, Roles
from clubkit.settings import Settings
from clubkit.wiring import open_adapters
from gateway import tethered
from gateway.demo.alive import Alive, live
from gateway.demo.alive_client import Refused
from gateway.demo.alive_table import Happenings
from gateway.demo.people import CLUB_ADMIN, OPERATOR, PEOPLE, PERSONA
from gateway.demo.seeding import PASSWORD, Making, State, Told, seed, state_of
from gateway.demo.settling import Settling, WaitingForTheHub, reading
from gateway.demo.when import zone_here


class NoDemoThere(NotFound):
    code = "no_demo_there"

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"The demo's members cannot sign in at {url}: {why} Run `hub seed` there first.")


DRAWERS = 2
SWITCH_SECONDS = 0.0005
"""How long a thread that works on pixels may keep the story waiting (Python's usual 5 ms is ten times as long)."""


def running_hub(settings: Settings) -> str | None:
    """The address of the hub that runs on this data directory; None when none does."""
    try:
        with (settings.data_dir / "hub.lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                with contextlib.suppress(ValueError, KeyError):
                    return str(json.loads(lock.read())["url"])
                return settings.base_url
    except FileNotFoundError:
        pass
    return None


def run_seed(settings: Settings, services: Sequence[Module], console: Console, *, hub_runs: bool) -> bool:
    """Seeds with a progress bar; False when there was nothing left to do. `hub_runs`: it reads the log, not we."""
    sys.setswitchinterval(SWITCH_SECONDS)
    quick = settings.model_copy(update={"sqlite_synchronous": "normal"})  # begun again, a seed loses nothing
    with drawing() as pool, showing(console) as progress:

        def report(stage: str, steps: int) -> Told:
            task = progress.add_task(stage, total=steps)
            return lambda done: progress.advance(task, done)

        async def run() -> bool:
            async with opened(quick, services, hub_runs=hub_runs) as (ports, settle):
                jobs = [job for module in services for job in module.jobs]
                return await seed(Making(ports, settle, pool, report, jobs, hub_runs=hub_runs, tzid=zone_here()))

        return asyncio.run(run())


@asynccontextmanager
async def opened(
    settings: Settings, services: Sequence[Module], *, hub_runs: bool
) -> AsyncIterator[tuple[Ports, Settling]]:
    """Adapters of our own; all of a hub's where none runs, so that its consumers can do their work here."""
    consumers = [consumer for module in services for consumer in module.consumers]
    if hub_runs:
        async with open_adapters(Ports(), settings, services, indexes=False) as ports:
            yield ports, WaitingForTheHub(ports, consumers)
    else:
        hub = Application(settings, services, Roles(consumes=False, dispatches=False))
        async with hub.open() as ports, reading(ports, consumers) as settle:
            yield ports, settle


@contextmanager
def drawing() -> Iterator[Executor]:
    """Processes to draw in. They are forked before anything is open; elsewhere than on Linux, threads have to do."""
    if sys.platform != "linux":
        with ThreadPoolExecutor(DRAWERS) as threads:
            yield threads
        return
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(DRAWERS, mp_context=fork, initializer=_leave_ctrl_c_to_the_parent)
    pool.submit(os.getpid).result()
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tethered.tether(signal.SIGTERM, os.getppid())


def showing(console: Console) -> Progress:
    return Progress(
        TextColumn("  {task.description:<26}"), BarColumn(32, complete_style="cyan", finished_style="green"),
        MofNCompleteColumn(), TimeElapsedColumn(), console=console,
    )  # fmt: skip


def show_accounts(console: Console, url: str) -> None:
    names = {person.handle: person for person in PEOPLE}
    console.print(f"\n  Sign in at [bold cyan]{url}[/bold cyan] with the password [bold]{PASSWORD}[/bold]:")
    for email, what in (
        (names[PERSONA].email, f"{names[PERSONA].name}, member of three clubs"),
        (names[CLUB_ADMIN].email, f"{names[CLUB_ADMIN].name}, admin of Riverside FC"),
        (OPERATOR[0], f"{OPERATOR[1]}, who operates this hub"),
    ):
        console.print(f"    [bold]{email:<18}[/bold] {what}")
    console.print()


def run_alive(url: str, minutes: float, console: Console) -> None:
    """Simulated members act on the hub at `url` until the time is over or Ctrl-C. Raises NoDemoThere."""
    with Happenings(console, utc_now) as happenings, contextlib.suppress(KeyboardInterrupt):
        try:
            asyncio.run(live(Alive(url, happenings, seconds=minutes * 60)))
        except Refused as no:
            raise NoDemoThere(url, str(no)) from no
    console.print(f"  {happenings.total} things happened.")


async def seed_fresh_hub(settings: Settings) -> State:
    """Fills a hub that nobody is on yet, or goes on with that; answers how far the demo world is then.

    In a process of its own: drawing takes memory that a hub need not keep.
    """
    state = await _state(settings)
    if state in {"nobody here", "begun"} and not settings.is_production:
        await _seed_apart(settings)
        return await _state(settings)
    return state


async def _state(settings: Settings) -> State:
    async with Database(settings.sql_url, synchronous=settings.sqlite_synchronous) as database:
        return await state_of(Works(database, Ports()))


async def _seed_apart(settings: Settings) -> int:
    words = [sys.executable, "-m", "gateway.main", "seed", "--before-hub"]
    environment = {"HUB_DATA_DIR": str(settings.data_dir.resolve()), "HUB_PORT": str(settings.port)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", tethered.__file__, str(os.getpid()), str(int(signal.SIGTERM)), *words,
        env={**os.environ, **environment},
    )  # fmt: skip
    try:
        return await process.wait()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        raise
