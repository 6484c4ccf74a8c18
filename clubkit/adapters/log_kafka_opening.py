"""The parts of the log on Kafka put together for one process."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from kafka.errors import KafkaError

from clubkit.adapters.log_kafka import KafkaLog
from clubkit.adapters.log_kafka_address import KafkaAddress
from clubkit.adapters.log_kafka_sending import KafkaSender
from clubkit.adapters.log_kafka_topics import KafkaTopics, TopicShape
from clubkit.adapters.log_pending_sql import OutboxBell, OutboxPending
from clubkit.db.database import Database
from clubkit.db.work import Works
from clubkit.log.errors import LogAndDatabaseDisagree, LogAway
from clubkit.log.pending import PendingSources
from clubkit.log.port import EventLog
from clubkit.log.relay import Relay
from clubkit.log.settings import LogSettings
from clubkit.log.topics import Topic
from clubkit.ports import Ports


@asynccontextmanager
async def open_kafka(
    ports: Ports, url: str, settings: LogSettings, database: Database, works: Works
) -> AsyncIterator[None]:
    """Provides the log, the relay that feeds it and the places it feeds from. Connects to nothing yet.

    Raises LogAndDatabaseDisagree.
    """
    if database.is_sqlite:
        raise LogAndDatabaseDisagree(on_sqlite=True)
    address = KafkaAddress.parse(url)
    topics = KafkaTopics(address, TopicShape(settings.partitions, settings.replication))
    sender = KafkaSender(address, topics)
    outbox, sources = OutboxPending(database), PendingSources()
    sources.add(outbox)
    ports.provide(EventLog, KafkaLog(address, topics, instance=settings.instance))
    ports.provide(PendingSources, sources)
    ports.provide(Relay, Relay(sources, sender))
    bell = OutboxBell(database, works)
    ringing = asyncio.create_task(bell.run(), name="outbox-bell")
    try:
        yield
    finally:
        ringing.cancel()
        await asyncio.gather(ringing, return_exceptions=True)
        await bell.close()
        await outbox.close()
        await sender.close()
        await asyncio.to_thread(topics.close)


async def make_topics(url: str, settings: LogSettings, topics: Iterable[Topic]) -> list[str]:
    """Makes the topics that are missing and sets the retention of all; answers what was made. Raises LogAway."""
    brokers = KafkaTopics(KafkaAddress.parse(url), TopicShape(settings.partitions, settings.replication))
    try:
        return await asyncio.to_thread(brokers.bring_in_line, list(topics))
    except KafkaError as away:
        raise LogAway(repr(away)) from away
    finally:
        await asyncio.to_thread(brokers.close)
