"""A fact that fails waits alone: its key behind it, everybody else on."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clubkit.contracts.base import Fact
from clubkit.db.models import DeadLetterRow, OutboxRow, ParkedRow
from clubkit.db.work import UnitOfWork
from clubkit.errors import Unavailable
from clubkit.log import letters
from clubkit.log.consumer import Consumer
from clubkit.log.parking import DELAYS
from clubkit.log.port import EventLog, Record
from clubkit.log.retrying import take_due
from clubkit.log.running import take_next
from clubkit.log.taking import take
from clubkit.testing.hub import TestHub


class Said(Fact, topic="test.said", key="who"):
    who: str
    what: str


class Ear:
    """A consumer of what was said, deaf to some words."""

    def __init__(self, hub: TestHub) -> None:
        self.hub = hub
        self.heard: list[str] = []
        self.deaf_to: set[str] = set()
        self.away = False
        self.consumer = Consumer("test.ear", max_batch=10)
        self.consumer.on(Said)(self.hear)

    async def hear(self, _work: UnitOfWork, fact: Said) -> None:
        if self.away:
            raise Unavailable("The ear is away.")
        if fact.what in self.deaf_to:
            raise RuntimeError(f"cannot hear {fact.what}")
        self.heard.append(f"{fact.who}: {fact.what}")

    async def listen(self) -> None:
        """Takes all that the log has, and what is due by the clock."""
        log = self.hub.port(EventLog)
        async with log.reader(self.consumer.group, self.consumer.topics) as reader:
            while await take_next(self.consumer, reader, self.hub.works):
                pass
        await take_due(self.consumer, self.hub.works)

    async def parked(self) -> list[str]:
        async with self.hub.works.reading() as work:
            return [Said.read(r.type, r.payload).what for r in await work.session.scalars(select(ParkedRow))]

    async def dead(self) -> list[DeadLetterRow]:
        async with self.hub.works.reading() as work:
            return list(await letters.letters(work))

    async def give_up(self) -> None:
        for delay in DELAYS:
            self.hub.clock.advance(delay)
            await self.listen()


class Nowhere:
    """A reader that keeps no place."""

    async def mark(self, _work: UnitOfWork, _records: Sequence[Record]) -> None: ...


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.servers)])
async def ear(request: pytest.FixtureRequest, make_hub: Any) -> Ear:
    postgres = request.getfixturevalue("servers").postgres() if request.param == "postgres" else ""
    return Ear(await make_hub(postgres=postgres))


async def say(ear: Ear, *words: tuple[str, str]) -> None:
    await ear.hub.publish(*(Said(who=who, what=what) for who, what in words))


async def test_only_the_poisoned_key_waits(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"), ("ben", "2"), ("anna", "3"), ("ben", "4"))
    await ear.listen()
    assert ear.heard == ["ben: 2", "ben: 4"]
    assert await ear.parked() == ["1", "3"]


async def test_nothing_of_a_waiting_key_overtakes_even_when_it_comes_later(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"))
    await ear.listen()
    await say(ear, ("anna", "2"), ("ben", "2"))
    await ear.listen()
    ear.deaf_to.clear()
    await ear.listen()
    assert ear.heard == ["ben: 2"]  # the second is well, but the first is not due
    ear.hub.clock.advance(DELAYS[0])
    await ear.listen()
    assert ear.heard == ["ben: 2", "anna: 1", "anna: 2"]
    assert await ear.parked() == []


async def test_a_batch_that_brings_a_fact_twice_is_taken_once_and_in_order(ear: Ear) -> None:
    await say(ear, ("anna", "1"), ("anna", "2"), ("ben", "1"))
    log = ear.hub.port(EventLog)
    async with log.reader(ear.consumer.group, ear.consumer.topics) as reader:
        records = await reader.fetch(limit=10, wait=0)
    nowhere: Any = Nowhere()
    for _ in range(2):
        await take(ear.consumer, nowhere, ear.hub.works, [*records, *records])
    assert ear.heard == ["anna: 1", "anna: 2", "ben: 1"]
    assert await ear.parked() == []


async def test_a_hopeless_fact_goes_to_the_dead_letters_and_its_key_goes_on(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"), ("anna", "2"))
    await ear.listen()
    await ear.give_up()
    assert ear.heard == ["anna: 2"]
    [letter] = await ear.dead()
    assert (letter.group, letter.reason) == ("test.ear", "RuntimeError('cannot hear 1')")


async def test_each_delay_is_waited_for(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"))
    await ear.listen()
    ear.hub.clock.advance(sum(DELAYS[:-1], timedelta()))
    await ear.listen()
    await ear.listen()
    assert await ear.dead() == []


async def test_the_news_of_a_dead_letter_goes_to_the_topic_of_its_group(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"))
    await ear.listen()
    await ear.give_up()
    async with ear.hub.works.reading() as work:
        [row] = await work.session.scalars(select(OutboxRow).where(OutboxRow.topic == "test.ear.dlq"))
    news = letters.Buried.model_validate_json(row.payload)
    assert (news.type, news.reason) == ("Said.v1", "RuntimeError('cannot hear 1')")


async def test_a_server_that_is_away_costs_no_fact_an_attempt(ear: Ear) -> None:
    ear.away = True
    await say(ear, ("anna", "1"), ("ben", "2"))
    for _ in range(10):
        with pytest.raises(Unavailable):
            await ear.listen()
    assert await ear.parked() == []
    ear.away = False
    await ear.listen()
    assert ear.heard == ["anna: 1", "ben: 2"]


async def test_a_fact_that_waits_outlasts_a_server_that_is_away(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"))
    await ear.listen()
    ear.hub.clock.advance(DELAYS[0])
    ear.away = True
    for _ in range(10):
        with pytest.raises(Unavailable):
            await ear.listen()
    assert await ear.dead() == []


async def test_a_dead_letter_tried_again_takes_effect_behind_what_waits_with_its_key(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"))
    await ear.listen()
    await ear.give_up()
    ear.deaf_to = {"2"}
    await say(ear, ("anna", "2"))
    await ear.listen()
    async with ear.hub.works.open() as work:
        await letters.try_again(work, await letters.letters(work))
    await ear.listen()
    assert ear.heard == []
    ear.deaf_to.clear()
    ear.hub.clock.advance(DELAYS[0])
    await ear.listen()
    assert ear.heard == ["anna: 2", "anna: 1"]
    assert await ear.dead() == []


async def test_a_replay_of_the_log_does_not_raise_the_dead(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"))
    await ear.listen()
    await ear.give_up()
    await ear.hub.port(EventLog).replay_from("test.ear")
    await ear.listen()
    assert await ear.parked() == []
    assert len(await ear.dead()) == 1


async def test_a_redelivered_fact_that_waits_is_kept_once(ear: Ear) -> None:
    ear.deaf_to = {"1"}
    await say(ear, ("anna", "1"), ("anna", "2"))
    await ear.listen()
    await ear.hub.port(EventLog).replay_from("test.ear")
    await ear.listen()
    assert await ear.parked() == ["1", "2"]
