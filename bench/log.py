"""Outbox → relay → Kafka → one consumer's effect: events per second, and how late each is at a steady rate.

    python -m bench.log [--facts 20000] [--rate 1000] [--seconds 30]

Relay and consumer are processes of their own, on real servers started for it (or the ones that POSTGRES_URL, KAFKA_URL
and REDIS_URL name). Throughput: a backlog is committed to the outbox at once; the clock runs from that commit to the
commit of the last effect, a row per fact beside the inbox. Lateness: transactions of ten urgent facts, steadily; from
before the fact's own transaction to after the commit of its effect. Beside it, in the same run: the embedded log on
SQLite with the same consumer, and what the producer alone puts into Kafka.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import String, func, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.common import ROOT, cpu_seconds, keep, percentiles
from clubkit.adapters.log_kafka_address import KafkaAddress
from clubkit.adapters.log_kafka_sending import KafkaSender
from clubkit.adapters.log_kafka_topics import KafkaTopics, TopicShape
from clubkit.clock import utc_now
from clubkit.contracts.base import Fact
from clubkit.db.database import Database
from clubkit.db.migrating import branches
from clubkit.db.types import tables
from clubkit.db.work import UnitOfWork, Works
from clubkit.log.consumer import Consumer
from clubkit.log.pending import Outgoing
from clubkit.log.port import EventLog
from clubkit.log.relay import Relay
from clubkit.log.running import run_consumer
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.wiring import open_adapters
from gateway.running import settle_garbage
from tools.servers.borrowing import Servers

PER_TRANSACTION = 10
MEMBERS = 500


class Base(DeclarativeBase):
    metadata = tables()


class EffectRow(Base):
    __tablename__ = "bench_effects"
    fact_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    who: Mapped[str] = mapped_column(String(20))


class Happened(Fact, topic="bench.happened", key="who", urgent=True):
    who: str
    number: int
    words: str = "somebody did something to something in a club that she is a member of"


late: list[float] = []
consumer = Consumer("bench.effects", max_batch=500)


@consumer.on_batch(Happened)
async def take(work: UnitOfWork, facts: Sequence[Happened]) -> None:
    await work.session.execute(insert(EffectRow), [{"fact_id": f.fact_id, "who": f.who} for f in facts])

    async def note() -> None:
        now = time.time()
        late.extend((now - fact.at.timestamp()) * 1000 for fact in facts)

    work.after_commit(note)


MODULE = Module("bench", Base.metadata, Path("nowhere"), consumers=[consumer])


def fact(number: int) -> Happened:
    return Happened(who=f"member-{number % MEMBERS}", number=number, at=utc_now())


async def effects(works: Works) -> int:
    async with works.reading() as work:
        return (await work.session.scalar(select(func.count()).select_from(EffectRow))) or 0


async def until(works: Works, count: int) -> None:
    while await effects(works) < count:  # noqa: ASYNC110  another process brings them about
        await asyncio.sleep(0.02)


async def backlog(works: Works, count: int) -> float:
    """Seconds from the commit of so many facts to the last effect."""
    already = await effects(works)
    async with works.open() as work:
        work.publish(*(fact(number) for number in range(count)))
    started = time.perf_counter()
    await until(works, already + count)
    return time.perf_counter() - started


async def steady(works: Works, rate: int, seconds: int) -> None:
    already, count = await effects(works), rate * seconds
    started = time.perf_counter()
    for number in range(0, count, PER_TRANSACTION):
        await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
        async with works.open() as work:
            work.publish(*(fact(number + one) for one in range(PER_TRANSACTION)))
    await until(works, already + count)


async def part(what: str) -> None:
    """Runs in a process of its own; the consumer writes down how late facts were when it is asked to end."""
    ports = Ports()
    async with open_adapters(ports, Settings.load(environment="test"), [MODULE], indexes=False):
        running = ports[Relay].run() if what == "relay" else run_consumer(consumer, ports[EventLog], ports[Works])
        task = asyncio.create_task(running)
        settle_garbage()
        await asyncio.to_thread(sys.stdin.read)  # until the parent closes it
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    print(json.dumps(late))


@asynccontextmanager
async def hub(folder: Path, **urls: str) -> AsyncIterator[Ports]:
    settings = Settings.load(environment="test", data_dir=folder, **urls)
    database = Database(settings.sql_url)
    async with database.engine.begin() as connection:
        for branch in branches([MODULE]):
            await connection.run_sync(branch.metadata.create_all)
    await database.close()
    ports = Ports()
    async with open_adapters(ports, settings, [MODULE], indexes=False):
        yield ports


async def on_servers(folder: Path, servers: Servers, asked: argparse.Namespace) -> dict[str, Any]:
    urls = {"database_url": servers.postgres(), "log_url": servers.kafka(), "redis_url": servers.redis()}
    environment = os.environ | {f"HUB_{name.upper()}": url for name, url in urls.items()}
    environment["HUB_DATA_DIR"] = str(folder)
    async with hub(folder, **urls) as ports:
        parts = [
            subprocess.Popen(  # noqa: ASYNC220  at once
                [sys.executable, "-m", "bench.log", "--part", what], cwd=ROOT, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )
            for what in ("relay", "consume")
        ]  # fmt: skip
        works = ports[Works]
        await backlog(works, 1000)  # everybody is there, and warm
        processes = [psutil.Process(one.pid) for one in parts]
        before = [cpu_seconds(one) for one in processes]
        rates = [round(asked.facts / await backlog(works, asked.facts)) for _ in range(3)]
        await steady(works, asked.rate, asked.seconds)
        took = [cpu_seconds(one) - then for one, then in zip(processes, before, strict=True)]
        noted: list[list[float]] = [json.loads((await asyncio.to_thread(one.communicate))[0]) for one in parts]
        alone = await producer_alone(urls["log_url"], asked.facts)
    return {
        "events_per_s": sorted(rates)[1], "events_per_s_of_three": rates, "facts": asked.facts,
        "lateness_ms": percentiles(noted[1][-asked.rate * asked.seconds :]), "at_per_s": asked.rate,
        "cpu_us_per_event": {
            name: round(seconds * 1e6 / (3 * asked.facts + asked.rate * asked.seconds))
            for name, seconds in zip(("relay", "consumer"), took, strict=True)
        },
        "facts_per_transaction": PER_TRANSACTION, "floor_producer_alone_per_s": alone,
    }  # fmt: skip


async def producer_alone(url: str, count: int) -> int:
    address = KafkaAddress.parse(url)
    topics = KafkaTopics(address, TopicShape(6, -1))
    sender = KafkaSender(address, topics)
    facts = [fact(number) for number in range(count)]
    rows = [Outgoing(f.fact_id, "bench.alone", f.key, f.type_name(), f.model_dump_json(), "", f.at) for f in facts]
    await sender.send(rows[:100])
    started = time.perf_counter()
    for at in range(0, count, 1000):
        await sender.send(rows[at : at + 1000])
    taken = time.perf_counter() - started
    await sender.close()
    topics.close()
    return round(count / taken)


async def embedded(folder: Path, count: int) -> int:
    async with hub(folder) as ports:
        task = asyncio.create_task(run_consumer(consumer, ports[EventLog], ports[Works]))
        await backlog(ports[Works], 1000)
        taken = await backlog(ports[Works], count)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return round(count / taken)


async def measure(folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    servers = Servers()
    try:
        figures = await on_servers(folder / "servers", servers, asked)
    finally:
        await asyncio.to_thread(servers.close)
    peer = await embedded(folder / "embedded", asked.facts)
    return figures | {"peer_embedded_per_s": peer, "ratio_to_embedded": round(figures["events_per_s"] / peer, 2)}


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--facts", type=int, default=20_000)
    made.add_argument("--rate", type=int, default=1000)
    made.add_argument("--seconds", type=int, default=30)
    made.add_argument("--part", help=argparse.SUPPRESS)
    asked = made.parse_args()
    if asked.part:
        # By its name, so that the facts of this file are those of whoever reads them.
        from bench import log

        asyncio.run(log.part(asked.part))
        return
    with tempfile.TemporaryDirectory(prefix="bench-log-") as folder:
        figures = asyncio.run(measure(Path(folder), asked))
    keep("log", "5,000 events/s and p99 of 100 ms at 1,000/s, through one consumer process", figures)


if __name__ == "__main__":
    main()
