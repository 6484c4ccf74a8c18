"""A model made anew equals the one that grew, wherever one cuts; and a spoilt one is made right."""

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from clubkit.contracts.base import Fact
from clubkit.db.beside import WroteElsewhere
from clubkit.db.types import tables
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from clubkit.log.port import EventLog
from clubkit.log.read_model import Kept, ReadModel
from clubkit.log.replaying import replay
from clubkit.log.retrying import take_due
from clubkit.log.running import take_next
from clubkit.module import Module
from clubkit.testing.hub import TestHub


class Base(DeclarativeBase):
    metadata = tables()


class SumRow(Base):
    """How much each has scored. Not idempotent: a fact replayed twice shows."""

    __tablename__ = "test_sums"
    who: Mapped[str] = mapped_column(String(20), primary_key=True)
    points: Mapped[int]
    liked: Mapped[str] = mapped_column(String(20), default="")
    """Does not come from the log."""


class OtherRow(Base):
    __tablename__ = "test_others"
    who: Mapped[str] = mapped_column(String(20), primary_key=True)


class Scored(Fact, topic="test.scores", key="who"):
    who: str
    points: int


class Board:
    def __init__(self) -> None:
        self.consumer = Consumer("test.board", max_batch=7)
        self.consumer.on(Scored)(self.add)
        self.model = ReadModel("board", self.consumer, tables=[Kept(SumRow, derived=["points"])])
        self.hurt: set[int] = set()
        self.hub: TestHub

    def module(self) -> Module:
        return Module("board", Base.metadata, Path("nowhere"), consumers=[self.consumer])

    async def add(self, work: UnitOfWork, fact: Scored) -> None:
        if fact.points in self.hurt:
            raise ValueError("cannot add this")
        row = await work.session.get(SumRow, fact.who)
        if row is None:
            work.session.add(SumRow(who=fact.who, points=fact.points))
        else:
            row.points += fact.points
        if fact.points == 666:
            work.session.add(OtherRow(who=fact.who))

    async def score(self, *scores: tuple[str, int]) -> None:
        await self.hub.publish(*(Scored(who=who, points=points) for who, points in scores))

    async def take(self, batches: int = 1000) -> None:
        async with self.hub.port(EventLog).reader(self.consumer.group, self.consumer.topics) as reader:
            while batches and await take_next(self.consumer, reader, self.hub.works):
                batches -= 1

    async def sums(self) -> dict[str, int]:
        async with self.hub.works.reading() as work:
            return {row.who: row.points for row in await work.session.scalars(select(SumRow))}

    async def spoil(self) -> None:
        async with self.hub.works.open() as work:
            for row in await work.session.scalars(select(SumRow)):
                row.points += 1
                row.liked = "blue"
            work.session.add(SumRow(who="nobody", points=1))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.servers)])
async def board(request: pytest.FixtureRequest, make_hub: Any) -> Board:
    board = Board()
    postgres = request.getfixturevalue("servers").postgres() if request.param == "postgres" else ""
    board.hub = await make_hub(board.module(), postgres=postgres)
    return board


async def test_made_anew_it_is_the_same_at_any_cut(board: Board) -> None:
    dice = random.Random(11)
    for _ in range(12):
        await board.score(*((dice.choice("abcd"), dice.randrange(9)) for _ in range(dice.randrange(30))))
        await board.take(batches=dice.randrange(4))  # now and then the group lags behind
        before = await board.sums()
        result = await replay(board.model, board.hub.ports)
        assert not result.differed
        assert await board.sums() == before
    await board.take()
    assert not (await replay(board.model, board.hub.ports)).differed


async def test_a_spoilt_model_is_made_right_and_keeps_what_is_not_the_logs(board: Board) -> None:
    await board.score(("a", 1), ("b", 2), ("a", 3))
    await board.take()
    await board.spoil()
    result = await replay(board.model, board.hub.ports)
    assert (result.differed, result.facts) == (True, 3)
    assert await board.sums() == {"a": 4, "b": 2}
    async with board.hub.works.reading() as work:
        assert set(await work.session.scalars(select(SumRow.liked))) == {"blue"}


async def test_a_comparison_changes_nothing(board: Board) -> None:
    await board.score(("a", 1))
    await board.take()
    await board.spoil()
    spoilt = await board.sums()
    assert (await replay(board.model, board.hub.ports, swap=False)).differed
    assert await board.sums() == spoilt


async def test_what_the_group_has_yet_to_take_it_takes_on_the_new_model(board: Board) -> None:
    await board.score(*(("a", 1) for _ in range(10)))
    await board.take(batches=1)
    assert (await replay(board.model, board.hub.ports)).facts == 7
    await board.take()
    assert await board.sums() == {"a": 10}


async def test_a_fact_that_still_cannot_be_taken_is_left_out_and_counted(board: Board) -> None:
    board.hurt = {5}
    await board.score(("a", 1), ("b", 5), ("c", 2))
    await board.take()
    await take_due(board.consumer, board.hub.works, hurry=True)
    result = await replay(board.model, board.hub.ports)
    assert (result.refused, result.differed) == (1, False)
    board.hurt.clear()
    assert (await replay(board.model, board.hub.ports)).refused == 0
    assert await board.sums() == {"a": 1, "b": 5, "c": 2}


async def test_a_handler_that_writes_what_was_not_declared_is_refused(board: Board) -> None:
    await board.score(("a", 666))
    await board.take()
    with pytest.raises(WroteElsewhere, match="test_others"):
        await replay(board.model, board.hub.ports)
    assert await board.sums() == {"a": 666}
