"""The unit of work: state, facts and jobs stand or fall together; hints come after."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from clubkit.db.models import JobRow, OutboxRow
from clubkit.db.work import UnitOfWork
from tests.clubkit.conftest import NoteKept, NoteRow


async def count(notes: Any, model: Any) -> int:
    async with notes.hub.works.reading() as work:
        return int(await work.session.scalar(select(func.count()).select_from(model)))


async def test_a_failure_takes_rows_facts_and_jobs_with_it(notes: Any) -> None:
    from tests.clubkit.conftest import NoteKept, NoteRow

    async def fail() -> None:
        async with notes.hub.works.open() as work:
            work.session.add(NoteRow(id="1", text="gone"))
            work.publish(NoteKept(note_id="1", text="gone"))
            work.schedule("echo", text="gone")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert [await count(notes, model) for model in (NoteRow, OutboxRow, JobRow)] == [0, 0, 0]


async def test_hints_run_after_the_commit_and_not_at_all_after_a_failure(notes: Any) -> None:
    seen: list[str] = []

    async def hint(name: str) -> None:
        seen.append(name)

    async def work_with(name: str, *, fails: bool) -> None:
        async with notes.hub.works.open() as work:
            work.after_commit(lambda: hint(name))
            assert seen == ([] if name == "first" else ["first"])
            if fails:
                raise RuntimeError

    await work_with("first", fails=False)
    with pytest.raises(RuntimeError):
        await work_with("second", fails=True)
    assert seen == ["first"]


async def test_a_hint_that_fails_does_not_undo_what_stands(notes: Any) -> None:
    async def broken() -> None:
        raise ConnectionError

    async with notes.hub.works.open() as work:
        work.session.add(NoteRow(id="1", text="stands"))
        work.after_commit(broken)
    assert await notes.kept() == ["stands"]


async def test_a_reading_unit_refuses_to_write(notes: Any) -> None:
    async def write() -> None:
        async with notes.hub.works.reading() as work:
            work.publish(NoteKept(note_id="1", text="no"))

    with pytest.raises(RuntimeError, match="must not write"):
        await write()


async def test_fifty_writers_at_once_all_get_through(notes: Any) -> None:
    async def write(number: int) -> None:
        async with notes.hub.works.open() as work:
            before = await work.session.scalar(select(func.count()).select_from(NoteRow))
            work.session.add(NoteRow(id=f"{number}", text=f"{before}"))

    await asyncio.gather(*(write(number) for number in range(50)))
    seen = sorted(int(text) for text in await notes.kept())
    assert len(seen) == 50
    if notes.hub.works.database.is_sqlite:
        assert seen == list(range(50)), "SQLite's writers queue before they look"


async def test_readers_do_not_wait_for_a_writer(notes: Any) -> None:
    async with notes.hub.works.open() as writing:
        assert isinstance(writing, UnitOfWork)
        assert await asyncio.wait_for(notes.kept(), 2) == []
