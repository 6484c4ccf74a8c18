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
from tests.servers import ledger
from tests.servers.ledger import Stepped, StepRow
from tests.waiting import until
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


@pytest.mark.timeout(240)
async def test_readers_share_the_keys_and_hand_them_over_without_a_gap(make_hub: Any, servers: Servers) -> None:
    hub: TestHub = await make_hub(ledger.MODULE, postgres=servers.postgres(), log_url=servers.kafka())
    busy: dict[str, int] = {"one": 0, "two": 0}
    reading = {name: asyncio.create_task(note_steps(hub, name, busy)) for name in ("one",)}
    relaying = asyncio.create_task(hub.port(Relay).run())
    count = 0

    async def go_on() -> None:
        nonlocal count
        await hub.publish(*(Stepped(who=f"member-{n % 9}", number=n) for n in range(count, count + 18)))
        count += 18

    await go_on()
    await until(lambda: busy["one"] >= count, patience=200)
    reading["two"] = asyncio.create_task(note_steps(hub, "two", busy))
    while not busy["two"]:  # published on, so that keys change hands in mid stream
        await go_on()
        await asyncio.sleep(0.1)
    reading["one"].cancel()
    await asyncio.gather(reading["one"], return_exceptions=True)
    await go_on()

    async def all_noted() -> bool:
        return len(await noted(hub)) >= count

    await until(all_noted, patience=200)
    for task in (reading["two"], relaying):
        task.cancel()
    await asyncio.gather(reading["two"], relaying, return_exceptions=True)
    for who in range(9):
        mine = [step.number for step in await noted(hub) if step.who == f"member-{who}"]
        assert mine == list(range(who, count, 9))


async def note_steps(hub: TestHub, name: str, busy: dict[str, int]) -> None:
    """A reader of the ledger's group. What it did is in the table; `busy` only tells that it is at work."""
    consumer = Consumer(ledger.consumer.group, max_batch=20)

    @consumer.on_batch(Stepped)
    async def note(work: UnitOfWork, steps: Sequence[Stepped]) -> None:
        await ledger.note(work, steps)
        busy[name] += len(steps)

    await run_consumer(consumer, hub.port(EventLog), hub.works)


async def noted(hub: TestHub) -> Sequence[StepRow]:
    async with hub.works.reading() as work:
        return (await work.session.scalars(select(StepRow).order_by(StepRow.id))).all()


@pytest.mark.timeout(240)
async def test_a_rebalance_that_outlasts_a_poll_is_gone_through_with(
    hub: TestHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_kafka_thread, "POLL_MILLISECONDS", 1)
    monkeypatch.setattr(log_kafka_thread, "IDLE_POLL_MILLISECONDS", 1)
    taker = Taker()
    await publish(hub, passed(1))
    address = KafkaAddress.parse(hub.settings.log_url)
    topic = address.full(Passed.topic)
    reading = asyncio.create_task(run_consumer(taker.consumer, hub.port(EventLog), hub.works))
    await until(lambda: len(taker.taken) == 1, patience=200)
    admin = KafkaAdminClient(bootstrap_servers=list(address.servers))
    many = len(admin.describe_topics([topic])[0]["partitions"])
    admin.create_partitions({topic: many + 1})
    admin.close()
    with KafkaProducer(bootstrap_servers=list(address.servers), metadata_max_age_ms=500) as producer:
        await until(lambda: len(producer.partitions_for(topic)) == many + 1, patience=200)
        fact = passed(2)[0]
        headers = [("type", fact.type_name().encode())]
        producer.send(topic, value=fact.model_dump_json().encode(), headers=headers, partition=many).get(timeout=10)
    await until(lambda: len(taker.taken) == 2, patience=200)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)


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
