"""Figures that stand in tables: what waits, what was put aside, how old the oldest job is."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY

from clubkit.log.pending import Outgoing
from clubkit.log.port import EventLog
from clubkit.observability.measuring import measure
from tests.clubkit.conftest import NoteKept, Notes


class Pile:
    """Facts that wait somewhere."""

    name = "pile"

    @asynccontextmanager
    async def claim(self, limit: int) -> AsyncIterator[Sequence[Outgoing]]:
        yield ()

    async def arrived(self, wait: float) -> None: ...

    async def waiting(self) -> int:
        return 7


@pytest.fixture
async def notes(make_hub: Any) -> Notes:
    notes = Notes()
    notes.hub = await make_hub(notes.module())
    return notes


async def look(notes: Notes) -> None:
    await measure(notes.hub.works, notes.hub.port(EventLog), notes.hub.consumers, [Pile()])


def figure(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, labels)


async def test_what_a_group_has_yet_to_take_is_counted(notes: Notes) -> None:
    await notes.hub.publish(*(NoteKept(note_id=text, text=text) for text in "abc"))
    await look(notes)
    assert figure("hub_log_lag_facts", group="test.listener") == 3
    assert figure("hub_log_waiting_facts", source="pile") == 7
    await notes.hub.settle()
    await look(notes)
    assert figure("hub_log_lag_facts", group="test.listener") == 0


async def test_letters_put_aside_are_counted_by_group(notes: Notes) -> None:
    notes.failures = {"b": 99}
    await notes.hub.publish(NoteKept(note_id="b", text="b"))
    await notes.hub.settle()
    await look(notes)
    assert figure("hub_log_dead_letters", group="test.listener") == 1


async def test_jobs_are_counted_by_state_and_the_oldest_due_one_has_an_age(notes: Notes) -> None:
    async with notes.hub.works.open() as work:
        work.schedule("echo", text="a")
        work.schedule("echo", text="b", due_at=work.now + timedelta(hours=1))
    notes.hub.clock.advance(timedelta(minutes=5))
    await look(notes)
    assert figure("hub_jobs", job="echo", state="due") == 2
    assert figure("hub_jobs_oldest_due_seconds", job="echo") == 300
    await notes.hub.run_jobs()
    await look(notes)
    assert figure("hub_jobs", job="echo", state="done") == 1
    assert figure("hub_jobs_oldest_due_seconds", job="echo") == 0
