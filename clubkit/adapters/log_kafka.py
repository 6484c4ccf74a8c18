"""The event log on Kafka: groups, manual commits after the effect, cooperative rebalancing, records by key."""

import asyncio
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from functools import partial
from typing import Any

from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import KafkaError, NoError

from clubkit.adapters.log_kafka_address import KafkaAddress
from clubkit.adapters.log_kafka_thread import FULL_POLL, ConsumerThread
from clubkit.adapters.log_kafka_topics import KafkaTopics
from clubkit.db.work import UnitOfWork
from clubkit.log.errors import GroupIsReading, LogAway
from clubkit.log.port import LogReader, Place, Record
from clubkit.waking import rung

CATCH_UP_SECONDS = 20.0
"""How long `fetch(wait=0)` waits for the group to be balanced and the brokers to say where the log ends."""
LOOK_SECONDS = 0.02
PROMPT_FETCH, PATIENT_FETCH = 500, 2000
"""Milliseconds that a broker holds a fetch while there is nothing. A record ends it at once; a partition that is given
to the group meanwhile waits for its end, which matters only where somebody waits for the effect."""


class KafkaLog:
    """`EventLog` over Kafka topics."""

    def __init__(self, address: KafkaAddress, topics: KafkaTopics, *, instance: str = "") -> None:
        self._address = address
        self._topics = topics
        self._instance = instance

    @asynccontextmanager
    async def reader(self, group: str, topics: Sequence[str], *, linger: float = 0.0) -> AsyncIterator[LogReader]:
        loop, arrived = asyncio.get_running_loop(), asyncio.Event()
        thread = ConsumerThread(
            self._consumer_options(group, linger),
            [self._address.full(topic) for topic in topics],
            prepare=partial(self._topics.ensure, topics),
            arrived=lambda: loop.call_soon_threadsafe(arrived.set),
            linger=linger,
        )
        thread.start()
        try:
            yield _KafkaReader(self._address, thread, arrived)
        finally:
            await asyncio.to_thread(thread.stop)

    async def lag(self, group: str, topics: Sequence[str]) -> int:
        return await self._ask(self._lag, group, topics)  # type: ignore[no-any-return]

    async def replay_from(self, group: str, position: int = 0) -> None:
        await self._ask(self._replay_from, group, position)

    async def history(
        self, topics: Sequence[str], after: Mapping[Place, int] | None = None
    ) -> AsyncIterator[Sequence[Record]]:
        batches = await self._ask(self._history, topics, after or {})
        with closing(batches):
            while (batch := await asyncio.to_thread(next, batches, None)) is not None:
                yield batch

    async def _ask(self, call: Any, *arguments: Any) -> Any:
        try:
            return await asyncio.to_thread(call, *arguments)
        except KafkaError as away:
            raise LogAway(repr(away)) from away

    def _consumer_options(self, group: str, linger: float) -> dict[str, Any]:
        options = {
            **self._address.client, "group_id": self._address.full(group), "enable_auto_commit": False,
            "auto_offset_reset": "earliest", "partition_assignment_strategy": [CooperativeStickyAssignor],
            "max_poll_records": FULL_POLL,
            "fetch_max_wait_ms": PATIENT_FETCH if linger else PROMPT_FETCH, "bootstrap_timeout_ms": 5000,
            "session_timeout_ms": 30_000, "heartbeat_interval_ms": 3000,
        }  # fmt: skip
        # A process that comes back under its name within the session keeps its partitions: no rebalance on a restart.
        return options | ({"group_instance_id": f"{self._instance}.{group}"} if self._instance else {})

    def _lag(self, group: str, topics: Sequence[str]) -> int:
        partitions = self._partitions(topics)
        admin = self._topics.admin()
        name = self._address.full(group)
        committed = admin.list_group_offsets({name: partitions})[name]
        ends = _offsets(admin, partitions, -1)
        begins = _offsets(admin, partitions, -2)
        read = {one: max(committed[one].offset if one in committed else -1, begins[one]) for one in partitions}
        return sum(max(0, ends[one] - read[one]) for one in partitions)

    def _replay_from(self, group: str, position: int) -> None:
        admin = self._topics.admin()
        name = self._address.full(group)
        committed = admin.list_group_offsets([name])[name]
        begins = _offsets(admin, list(committed), -2)
        places = {one: OffsetAndMetadata(max(position, begins[one]), "", -1) for one in committed}
        if places and any(error is not NoError for error in admin.alter_group_offsets(name, places).values()):
            raise GroupIsReading(group)

    def _history(self, topics: Sequence[str], after: Mapping[Place, int]) -> Generator[Sequence[Record], None, None]:
        partitions = self._partitions(topics)
        ends = _offsets(self._topics.admin(), partitions, -1)
        begins = _offsets(self._topics.admin(), partitions, -2)
        known = {TopicPartition(self._address.full(topic), number): at for (topic, number), at in after.items()}
        begins |= {one: max(at + 1, begins[one]) for one, at in known.items() if one in begins}
        return self._read_between(begins, ends)

    def _read_between(
        self, begins: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]
    ) -> Generator[Sequence[Record], None, None]:
        consumer = KafkaConsumer(**self._address.client, auto_offset_reset="earliest", enable_auto_commit=False)
        try:
            left = {one for one, end in ends.items() if end > begins[one]}
            if not left:
                return
            consumer.assign(sorted(left))
            for one in left:
                consumer.seek(one, begins[one])
            while left := {one for one in left if consumer.position(one) < ends[one]}:
                found = consumer.poll(timeout_ms=500, max_records=2000)
                wanted = [r for records in found.values() for r in records]
                if batch := [
                    _record(self._address, r) for r in wanted if r.offset < ends[TopicPartition(r.topic, r.partition)]
                ]:
                    yield batch
        finally:
            consumer.close(autocommit=False)

    def _partitions(self, topics: Sequence[str]) -> list[TopicPartition]:
        self._topics.ensure(topics)
        described = self._topics.admin().describe_topics([self._address.full(topic) for topic in topics])
        return [TopicPartition(t["name"], p["partition_index"]) for t in described for p in t["partitions"]]


class _KafkaReader:
    def __init__(self, address: KafkaAddress, thread: ConsumerThread, arrived: asyncio.Event) -> None:
        self._address = address
        self._thread = thread
        self._arrived = arrived

    async def fetch(self, *, limit: int, wait: float) -> Sequence[Record]:
        loop = asyncio.get_running_loop()
        until = loop.time() + (wait or CATCH_UP_SECONDS)
        while True:
            self._arrived.clear()
            if taken := self._thread.take(limit):
                return [_record(self._address, record) for record in taken]
            if loop.time() >= until or (not wait and await self._thread.order(self._thread.caught_up)):
                return ()
            await rung(self._arrived, until - loop.time() if wait else LOOK_SECONDS)

    async def mark(self, work: UnitOfWork, records: Sequence[Record]) -> None:
        async def commit() -> None:
            await self.skip(records)

        work.after_commit(commit)

    async def skip(self, records: Sequence[Record]) -> None:
        last: dict[Place, int] = {}
        for record in records:
            last[record.place] = max(record.position, last.get(record.place, 0))
        self._thread.mark(
            {TopicPartition(self._address.full(topic), number): at + 1 for (topic, number), at in last.items()}
        )

    async def rewind(self) -> None:
        await self._thread.order(self._thread.rewind)


def _offsets(admin: Any, partitions: Sequence[TopicPartition], which: int) -> dict[TopicPartition, int]:
    """-1: the ends; -2: the beginnings."""
    if not partitions:
        return {}
    found = admin.list_partition_offsets(dict.fromkeys(partitions, which))
    return {one: found[one].offset for one in partitions}


def _record(address: KafkaAddress, raw: Any) -> Record:
    """A record of ours, or of a stranger: that one has a place for an id, and no type we know."""
    headers = {name: value.decode() for name, value in raw.headers}
    return Record(
        position=raw.offset,
        partition=raw.partition,
        fact_id=headers.get("fact_id", f"{raw.partition}@{raw.offset}"),
        topic=address.own(raw.topic),
        key=(raw.key or b"").decode(errors="replace"),
        type=headers.get("type", ""),
        payload=(raw.value or b"").decode(errors="replace"),
        trace_id=headers.get("trace_id", ""),
        at=datetime.fromtimestamp(raw.timestamp / 1000, UTC),
    )
