"""A little service to try the library on: it keeps notes, tells the log, and has jobs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Request, Response
from pydantic import Field
from sqlalchemy import String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from clubkit.contracts.base import Contract, Fact
from clubkit.db.types import tables
from clubkit.db.work import UnitOfWork
from clubkit.errors import Conflict
from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.http.idempotency import OnceOnly
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, page_of
from clubkit.ids import new_id
from clubkit.jobs.port import Job, JobRun
from clubkit.log.consumer import Consumer
from clubkit.module import Module
from clubkit.testing.hub import TestHub


class Base(DeclarativeBase):
    metadata = tables()


class NoteRow(Base):
    __tablename__ = "notes"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    text: Mapped[str] = mapped_column(String(100))


class NoteKept(Fact, topic="test.notes", key="note_id"):
    note_id: str
    text: str


class NewNote(Contract):
    text: Annotated[str, Field(min_length=1, max_length=100)]


class NoteOut(Contract):
    id: str
    text: str


class NoMoreNotes(Conflict):
    code = "no_more_notes"

    def __init__(self) -> None:
        super().__init__("There are enough notes.")


async def keep(work: UnitOfWork, text: str) -> NoteOut:
    note = NoteOut(id=new_id(), text=text)
    work.session.add(NoteRow(id=note.id, text=text))
    work.publish(NoteKept(note_id=note.id, text=text))
    if text == "one too many":
        raise NoMoreNotes
    if text == "boom":
        raise RuntimeError("boom")
    return note


@dataclass
class Notes:
    """What the little service did, for tests to look at."""

    heard: list[str] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    """text → how often its handler (or job) still fails."""
    ran: list[str] = field(default_factory=list)
    hub: TestHub = field(init=False)

    def fail_sometimes(self, text: str) -> None:
        if self.failures.get(text, 0):
            self.failures[text] -= 1
            raise RuntimeError(f"{text} fails")

    async def kept(self) -> list[str]:
        async with self.hub.works.reading() as work:
            return list(await work.session.scalars(select(NoteRow.text).order_by(NoteRow.id)))

    def module(self) -> Module:
        router, consumer = APIRouter(prefix="/notes", tags=["notes"]), Consumer("test.listener", max_batch=10)

        @router.post("", status_code=201)
        async def keep_note(body: NewNote, work: Work, once: OnceOnly) -> NoteOut:
            return await once(NoteOut, keep(work, body.text))

        @router.get("")
        async def list_notes(
            request: Request,
            response: Response,
            _: CurrentMember,
            work: Reading,
            limit: Limit = 2,
            cursor: CursorText = None,
        ) -> Page[NoteOut]:
            after = cursor_key(request, "notes", cursor)
            query = select(NoteRow).order_by(NoteRow.id).limit(limit + 1)
            if after:
                query = query.where(NoteRow.id > after[0])
            rows = (await work.session.scalars(query)).all()
            more = [rows[limit - 1].id] if len(rows) > limit else None
            return page_of(request, response, "notes", [NoteOut(id=r.id, text=r.text) for r in rows[:limit]], more)

        @consumer.on_batch(NoteKept)
        async def hear(work: UnitOfWork, facts: Sequence[NoteKept]) -> None:
            for fact in facts:
                self.fail_sometimes(fact.text)
                self.heard.append(fact.text)
                work.session.add(NoteRow(id=new_id(), text=f"heard {fact.text}"))

        async def echo(run: JobRun, text: str) -> dict[str, Any]:
            await run.progress(0.5, "half way")
            self.fail_sometimes(text)
            self.ran.append(text)
            return {"said": text}

        return Module(
            name="notes", metadata=Base.metadata, migrations=Path("nowhere"), routers=[router],
            consumers=[consumer], jobs=[Job("echo", echo)],
        )  # fmt: skip


@pytest.fixture
async def notes(make_hub: Any) -> Notes:
    notes = Notes()
    notes.hub = await make_hub(notes.module())
    return notes
