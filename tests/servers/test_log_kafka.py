"""What only the log on Kafka has: topics to make, partitions that move between readers, records of strangers."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from kafka import KafkaAdminClient, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType
from sqlalchemy import select

from clubkit.adapters import log_kafka_thread
from clubkit.adapters.log_kafka_address import KafkaAddress
from clubkit.adapters.log_kafka_topics import KafkaTopics, TopicShape
from clubkit.contracts.base import Fact
from clubkit.db.models import DeadLetterRow
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from clubkit.log.errors import GroupIsReading
from clubkit.log.port import EventLog, Record
from clubkit.log.relay import Relay
from clubkit.log.running import run_consumer, take_next
from clubkit.log.topics import Topic
from clubkit.testing.hub import TestHub
from tests.servers.waiting import until
from tools.servers.borrowing import Servers

pytestmark = pytest.mark.servers
FEW = TopicShape(partitions=3, replication=1)


class Passed(Fact, topic="test.passed", key="who"):
    who: str
    number: int


class Taker:
    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.consumer = Consumer("test.taker", max_batch=20)
        self.consumer.on(Passed)(self.take)

    async def take(self, _work: UnitOfWork, fact: Passed) -> None:
        self.taken.append((fact.who, fact.number))

    def of(self, who: str) -> list[int]:
        return [number for name, number in self.taken if name == who]


@pytest.fixture
async def hub(make_hub: Any, servers: Servers) -> TestHub:
    return await make_hub(postgres=servers.postgres(), log_url=servers.kafka())  # type: ignore[no-any-return]


def passed(*numbers: int) -> list[Passed]:
    return [Passed(who=f"member-{number % 5}", number=number) for number in numbers]


async def publish(hub: TestHub, facts: Sequence[Fact]) -> None:
    await hub.publish(*facts)
    await hub.relay()


@pytest.mark.parametrize(
    ("url", "servers", "topic"),
    [
        ("kafka://one:9092/club", ("one:9092",), "club.a.v1"),
        ("kafka://one,two:9093", ("one:9092", "two:9093"), "a.v1"),
    ],
)
def test_an_address_names_brokers_and_a_prefix(url: str, servers: tuple[str, ...], topic: str) -> None:
    address = KafkaAddress.parse(url)
    assert (address.servers, address.full("a.v1")) == (servers, topic)
    assert address.own(topic) == "a.v1"


def test_an_address_may_sign_in_over_tls() -> None:
    options = KafkaAddress.parse("kafkas://hub:a%2Fb@one/club?mechanism=PLAIN").client
    assert options["security_protocol"] == "SASL_SSL"
    assert (options["sasl_plain_username"], options["sasl_plain_password"]) == ("hub", "a/b")
    assert options["sasl_mechanism"] == "PLAIN"


def retention_of(url: str, topic: str) -> int:
    address = KafkaAddress.parse(url)
    with KafkaAdminClient(bootstrap_servers=list(address.servers)) as admin:
        [found] = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, address.full(topic))]).values()
        return int(found[address.full(topic)]["retention.ms"]["value"])


async def test_topics_are_made_once_and_brought_in_line_later(servers: Servers) -> None:
    url = servers.kafka()
    brokers = KafkaTopics(KafkaAddress.parse(url), FEW)
    try:
        week = [Topic("a.v1", timedelta(days=7)), Topic("a.dlq", timedelta(days=7), partitions=1)]
        assert len(brokers.bring_in_line(week)) == 2
        assert brokers.bring_in_line([Topic("a.v1", None)]) == []
        described = brokers.admin().describe_topics([KafkaAddress.parse(url).full(name) for name in ("a.v1", "a.dlq")])
        assert sorted(len(topic["partitions"]) for topic in described) == [1, 3]
    finally:
        brokers.close()
    await until(lambda: retention_of(url, "a.v1") == -1)  # brokers hear of it one after the other
    assert retention_of(url, "a.dlq") == 7 * 24 * 3600 * 1000


async def test_history_is_whole_and_goes_on_from_where_one_was(hub: TestHub) -> None:
    log = hub.port(EventLog)
    await publish(hub, passed(*range(25)))
    seen: list[Record] = [record async for batch in log.history([Passed.topic]) for record in batch]
    assert sorted(Passed.read(r.type, r.payload).number for r in seen) == list(range(25))
    await publish(hub, passed(25, 26))
    places = {record.place: record.position for record in seen}
    rest = [record async for batch in log.history([Passed.topic], places) for record in batch]
    assert sorted(Passed.read(r.type, r.payload).number for r in rest) == [25, 26]
    assert [batch async for batch in log.history(["test.nothing"])] == []


async def test_a_group_that_reads_cannot_be_set_back(hub: TestHub) -> None:
    taker = Taker()
    await publish(hub, passed(1, 2))
    async with hub.port(EventLog).reader("test.taker", [Passed.topic]) as reader:
        while await take_next(taker.consumer, reader, hub.works):
            pass
        await until(lambda: caught_up(hub))
        with pytest.raises(GroupIsReading):
            await hub.port(EventLog).replay_from("test.taker")


async def caught_up(hub: TestHub) -> bool:
    return await hub.port(EventLog).lag("test.taker", [Passed.topic]) == 0


async def test_readers_share_the_keys_and_hand_them_over_without_a_gap(hub: TestHub) -> None:
    first, second = Taker(), Taker()
    relaying = asyncio.create_task(hub.port(Relay).run())
    log = hub.port(EventLog)
    one = asyncio.create_task(run_consumer(first.consumer, log, hub.works))
    await hub.publish(*passed(*range(50)))
    await until(lambda: len(first.taken) == 50)
    two = asyncio.create_task(run_consumer(second.consumer, log, hub.works))
    number = 50
    while not second.taken:  # published on, so that the change happens in mid stream
        await hub.publish(*passed(*range(number, number + 10)))
        number += 10
        await asyncio.sleep(0.1)
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    await hub.publish(*passed(*range(number, number + 50)))
    await until(lambda: len(first.taken) + len(second.taken) >= number + 50)
    for task in (two, relaying):
        task.cancel()
    await asyncio.gather(two, relaying, return_exceptions=True)
    assert sorted(first.taken + second.taken) == sorted((f.who, f.number) for f in passed(*range(number + 50)))
    for who in {who for who, _ in first.taken}:
        assert first.of(who) == sorted(first.of(who))
        assert second.of(who) == sorted(second.of(who))


async def test_a_reader_slower_than_the_log_gets_all_in_order(hub: TestHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_kafka_thread, "FULL", 40)
    monkeypatch.setattr(log_kafka_thread, "ROOM_AGAIN", 10)
    taker = Taker()
    await publish(hub, passed(*range(1500)))
    async with hub.port(EventLog).reader("test.taker", [Passed.topic]) as reader:
        while await take_next(taker.consumer, reader, hub.works):  # noqa: ASYNC110  slow on purpose
            await asyncio.sleep(0.002)
    for who in (f"member-{number}" for number in range(5)):
        assert taker.of(who) == list(range(int(who[-1]), 1500, 5))


async def test_what_a_stranger_wrote_is_put_aside(hub: TestHub) -> None:
    taker = Taker()
    await publish(hub, passed(1))
    address = KafkaAddress.parse(hub.settings.log_url)
    with KafkaProducer(bootstrap_servers=list(address.servers)) as producer:
        producer.send(address.full(Passed.topic), value=b"\xff hello").get(timeout=10)
    async with hub.port(EventLog).reader("test.taker", [Passed.topic]) as reader:
        while await take_next(taker.consumer, reader, hub.works):
            pass
    assert taker.taken == [("member-1", 1)]
    async with hub.works.reading() as work:
        [letter] = await work.session.scalars(select(DeadLetterRow))
    assert "KeyError" in letter.reason
