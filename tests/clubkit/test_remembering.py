"""Rows by id: asked for once in a unit of work."""

from typing import Any

from sqlalchemy import event

from clubkit.db.database import Database
from clubkit.db.remembering import rows_by_id
from tests.clubkit.conftest import NoteRow


async def test_what_was_read_is_not_asked_for_again(notes: Any) -> None:
    async with notes.hub.works.open() as work:
        work.session.add_all(NoteRow(id=each, text=each) for each in "abc")
    statements: list[str] = []
    engine = notes.hub.port(Database).engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    async with notes.hub.works.reading() as work:
        assert set(await rows_by_id(work.session, NoteRow, ["a", "b", "x"])) == {"a", "b"}
        before = len(statements)
        assert list(await rows_by_id(work.session, NoteRow, ["b", "a", "b"])) == ["b", "a"]
        assert await rows_by_id(work.session, NoteRow, []) == {}
        assert len(statements) == before
        assert set(await rows_by_id(work.session, NoteRow, ["a", "c"])) == {"a", "c"}
        assert len(statements) == before + 1


async def test_what_was_missing_is_looked_for_again(notes: Any) -> None:
    async with notes.hub.works.open() as work:
        assert await rows_by_id(work.session, NoteRow, ["late"]) == {}
        work.session.add(NoteRow(id="late", text="late"))
        await work.session.flush()
        assert set(await rows_by_id(work.session, NoteRow, ["late"])) == {"late"}


async def test_a_new_unit_of_work_reads_anew(notes: Any) -> None:
    async with notes.hub.works.open() as work:
        work.session.add(NoteRow(id="a", text="old"))
    for text in ("old", "new"):
        async with notes.hub.works.open() as work:
            row = (await rows_by_id(work.session, NoteRow, ["a"]))["a"]
            assert row.text == text
            row.text = "new"
