"""A little service whose facts are numbered steps, and the parts of the log that move them, each a process to kill.

`python -m tests.servers.ledger relay|consume`, with the servers' URLs in the environment.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from clubkit.contracts.base import Fact
from clubkit.db.models import Sequence64
from clubkit.db.types import tables
from clubkit.db.work import UnitOfWork, Works
from clubkit.log.consumer import Consumer
from clubkit.log.port import EventLog
from clubkit.log.relay import Relay
from clubkit.log.running import run_consumer
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.wiring import open_adapters

ROOT = Path(__file__).parents[2]


class Base(DeclarativeBase):
    metadata = tables()


class StepRow(Base):
    """The effect of a step; rows are in the order of the effects."""

    __tablename__ = "test_steps"
    id: Mapped[int] = mapped_column(Sequence64, primary_key=True, autoincrement=True)
    who: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]


class Stepped(Fact, topic="test.steps", key="who"):
    who: str
    number: int


consumer = Consumer("test.ledger", max_batch=50)


@consumer.on_batch(Stepped)
async def note(work: UnitOfWork, steps: Sequence[Stepped]) -> None:
    for step in steps:
        work.session.add(StepRow(who=step.who, number=step.number))
        await asyncio.sleep(float(os.environ.get("LEDGER_PAUSE", "0")))  # time to be killed in
    await work.session.flush()


MODULE = Module("ledger", Base.metadata, Path("nowhere"), consumers=[consumer])


class Part:
    """A process of the ledger."""

    def __init__(self, what: str, environment: dict[str, str], log: Path) -> None:
        self._words = [sys.executable, "-m", "tests.servers.ledger", what]
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._words, cwd=ROOT, env=self._environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def said(self) -> str:
        return self._log.read_text(errors="replace")[-3000:]


@contextmanager
def running(environment: dict[str, str], folder: Path, *names: str) -> Iterator[dict[str, Part]]:
    parts = {name: Part(name, environment, folder / f"{name}.log") for name in names}
    try:
        for part in parts.values():
            part.start()
        yield parts
    finally:
        for part in parts.values():
            part.kill()


async def main(what: str) -> None:
    ports = Ports()
    async with open_adapters(ports, Settings.load(environment="test"), [MODULE], indexes=False):
        if what == "relay":
            await ports[Relay].run()
        else:
            await run_consumer(consumer, ports[EventLog], ports[Works])


if __name__ == "__main__":
    # As a module of its name, so that this file's facts and the ones of whoever imports it are the same.
    from tests.servers import ledger

    asyncio.run(ledger.main(sys.argv[1]))
