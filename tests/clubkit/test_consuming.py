"""Consumers: effects once, failures retried, the hopeless put aside with the reason."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from clubkit.db.models import DeadLetterRow, OutboxRow
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from clubkit.log.port import EventLog
from tests.clubkit.conftest import NoteKept


async def publish(notes: Any, *texts: str) -> None:
    await notes.hub.publish(*(NoteKept(note_id=text, text=text) for text in texts))
    await notes.hub.settle()


async def dead_letters(notes: Any) -> list[DeadLetterRow]:
    async with notes.hub.works.reading() as work:
        return list(await work.session.scalars(select(DeadLetterRow)))


async def test_a_handler_that_fails_once_is_tried_again(notes: Any) -> None:
    notes.failures = {"b": 2}
    await publish(notes, "a", "b", "c")
    assert await notes.kept() == ["heard a", "heard b", "heard c"]
    assert await dead_letters(notes) == []


async def test_a_hopeless_fact_is_put_aside_with_its_reason_and_the_rest_goes_on(notes: Any) -> None:
    notes.failures = {"b": 99}
    await publish(notes, "a", "b", "c")
    assert await notes.kept() == ["heard a", "heard c"]
    [letter] = await dead_letters(notes)
    assert "b fails" in letter.reason
    assert letter.group == "test.listener"


async def test_a_half_taken_batch_leaves_nothing_behind(notes: Any) -> None:
    notes.failures = {"c": 1}
    await publish(notes, "a", "b", "c")
    assert await notes.kept() == ["heard a", "heard b", "heard c"]


async def test_a_fact_delivered_twice_takes_effect_once(notes: Any) -> None:
    await publish(notes, "once")
    await notes.hub.port(EventLog).replay_from("test.listener")
    await notes.hub.settle()
    assert await notes.kept() == ["heard once"]


async def test_an_unknown_type_is_put_aside_at_once(notes: Any) -> None:
    async with notes.hub.works.open() as work:
        work.session.add(
            OutboxRow(fact_id="x", topic=NoteKept.topic, key="k", type="Nonsense.v9", payload="{}", at=work.now)
        )
    await publish(notes, "after")
    assert await notes.kept() == ["heard after"]
    assert "Nonsense" in (await dead_letters(notes))[0].reason


async def test_effects_outside_the_database_keep_no_writer_waiting_and_happen_once(notes: Any) -> None:
    told: list[str] = []
    outside = Consumer("test.outside", effects_outside=True)

    @outside.on_batch(NoteKept)
    async def tell(work: UnitOfWork, facts: Sequence[NoteKept]) -> None:
        async with asyncio.timeout(5), notes.hub.works.open():  # another writer, while this is at work
            told.extend(fact.text for fact in facts)
        work.after_commit(after)

    async def after() -> None:
        told.append("afterwards")

    notes.hub.consumers.append(outside)
    await publish(notes, "a", "b")
    await notes.hub.port(EventLog).replay_from("test.outside")
    await notes.hub.settle()
    assert told == ["a", "b", "afterwards"]


async def test_effects_outside_the_database_are_repeated_rather_than_lost(notes: Any) -> None:
    told: list[str] = []
    outside = Consumer("test.outside", effects_outside=True)

    @outside.on(NoteKept)
    async def tell(_work: UnitOfWork, fact: NoteKept) -> None:
        told.append(fact.text)
        if told == ["a", "b"]:
            raise RuntimeError("the power fails here")

    notes.hub.consumers.append(outside)
    await publish(notes, "a", "b")
    assert told == ["a", "b", "a", "b"]
    assert await dead_letters(notes) == []
