"""Messages that come at the same time: one transaction, and to each what it would have got by itself."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from chat_service.commands import taking as commands
from chat_service.messages.models import EntryRow
from chat_service.messages.ring import Ring
from chat_service.messages.schemas import Receipt, SendMessage
from chat_service.messages.sends_socket import Sends
from chat_service.messages.store import MessageStore
from chat_service.messages.store_sql import SqlMessageStore
from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.store import RoomStore
from chat_service.settings import WriteRates
from clubkit.cache import Redis
from clubkit.cache.limits import Limits, Rate
from clubkit.contracts.base import Contract
from clubkit.contracts.chat import MessageSent
from clubkit.db.database import Database
from clubkit.db.errors import Collided, DatabaseAway
from clubkit.db.models import OutboxRow
from clubkit.db.work import Works
from clubkit.errors import Outcome
from clubkit.identity import Caller
from clubkit.ids import MemberId, RoomId, new_id
from clubkit.ports import Ports
from clubkit.realtime.wire import Wire
from clubkit.testing.clock import MovableClock
from clubkit.testing.hub import Person
from tests.chat_service.unreliable import make_template

ROOMS = ("club", "talk", "slow")
NAMES = ("anna", "ben", "carla")
BODIES = ("hello", "At seven!", "  ", "a rotten thing", "@ben come", "/me waves", "/nosuch thing", "// a path")
AWAY = "database_away"

Answers = Sequence[Receipt | Outcome]


# Through the hub


def wish(chat: Any, body: str, client_id: str = "", **more: Any) -> SendMessage:
    return SendMessage(**{"room": chat.room, "client_id": client_id or new_id(), "body": body} | more)


async def send_all(chat: Any, *wishes: tuple[Person, SendMessage]) -> list[Any]:
    sends = chat.hub.port(Sends)
    return await asyncio.gather(*(sends.send(who.caller, each) for who, each in wishes), return_exceptions=True)


async def test_each_gets_a_place_of_its_own_and_every_room_stays_dense(chat: Any, anna: Person, ben: Person) -> None:
    receipts = await send_all(chat, *((who, wish(chat, f"{n}")) for n in range(8) for who in (anna, ben)))
    assert [receipt.seq for receipt in receipts] == list(range(1, 17))
    assert await chat.history(ben, limit=100) == [f"{n}" for n in range(8) for _ in (anna, ben)]


async def test_one_that_is_refused_takes_no_other_with_it(chat: Any, anna: Person) -> None:
    stranger = await chat.hub.member("Zed")
    taken = new_id()
    answers = await send_all(
        chat, (anna, wish(chat, "one", taken)), (stranger, wish(chat, "let me in")), (anna, wish(chat, " ")),
        (anna, wish(chat, "another", taken)), (anna, wish(chat, "two")),
    )  # fmt: skip
    assert [getattr(each, "code", "") for each in answers] == [
        "", "room_not_found", "empty_message", "client_id_taken", "",
    ]  # fmt: skip
    assert await chat.history(anna) == ["one", "two"]


async def test_the_same_write_twice_in_one_moment_is_one_message(chat: Any, anna: Person) -> None:
    first, second = wish(chat, "first"), wish(chat, "second")
    answers = await send_all(chat, *((anna, each) for each in (first, second, second, first, second)))
    assert [answer.seq for answer in answers] == [1, 2, 2, 1, 2]
    assert await chat.history(anna) == ["first", "second"]


async def test_what_an_author_sends_stays_in_her_order_whatever_it_is(chat: Any, anna: Person) -> None:
    bodies = ["one", "@anna two", "/me three", "four", "five", "/me six", "seven"]
    answers = await send_all(chat, *((anna, wish(chat, body)) for body in bodies))
    assert [answer.seq for answer in answers] == list(range(1, 8))


async def test_who_sends_too_much_is_refused_alone(chat: Any, anna: Person, ben: Person) -> None:
    rates = chat.hub.port(WriteRates)
    few = WriteRates(Rate(2, 60), rates.posts, rates.changes)
    chat.hub.ports.provide(WriteRates, few)
    answers = await send_all(chat, *((anna, wish(chat, f"{n}")) for n in range(4)), (ben, wish(chat, "mine")))
    assert [getattr(each, "status", 201) for each in answers] == [201, 201, 429, 429, 201]
    assert await chat.history(ben) == ["0", "1", "mine"]


async def test_however_many_come_at_once_the_statements_are_as_many(chat: Any, anna: Person, ben: Person) -> None:
    await send_all(chat, (anna, wish(chat, "the first")))
    seen: list[str] = []
    engine = chat.hub.port(Database).engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    counts = []
    for many in (2, 2, 8):  # after the first, both have something to read
        seen.clear()
        await send_all(chat, *((who, wish(chat, f"{n}")) for n in range(many) for who in (anna, ben)))
        counts.append(len(seen))
    assert counts[1] == counts[2] > 0


# Beside one by one


@dataclass(frozen=True)
class Wish:
    who: str
    room: str
    client: int
    body: str

    @property
    def send(self) -> SendMessage:
        client_id = f"01900000-0000-7000-8000-{self.client:012d}"
        return SendMessage(room=RoomId(self.room), client_id=client_id, body=self.body)


@dataclass(frozen=True)
class Step:
    """Wishes of one moment. fault: what becomes of a transaction in it, the `nth`: before or after its commit."""

    wishes: tuple[Wish, ...]
    fault: str
    nth: int


class Faulty(Database):
    """A database some of whose transactions fail."""

    fault = ""
    nth = 0

    @asynccontextmanager
    async def transaction(self, *, writes: bool, patient: bool = False) -> AsyncIterator[AsyncSession]:
        fails = writes and bool(self.fault) and self.nth == 0
        self.nth -= writes
        async with super().transaction(writes=writes, patient=patient) as session:
            yield session
            if fails and self.fault == "away":
                raise DatabaseAway
            if fails and self.fault == "collided":
                raise Collided
        if fails and self.fault == "unheard":
            raise Collided


@dataclass
class Told:
    """The `Wire`: what each room heard, in order."""

    heard: list[tuple[str, int]] = field(default_factory=list)

    async def emit(self, event: str, payload: Contract, *, to: str, skip: str | None = None) -> None:
        if event == "room.event":
            shown: Any = payload
            self.heard.append((shown.room, shown.seq))


class Place:
    """A club's room with blocked terms, a talk of two, a slow room."""

    def __init__(self, file: Path, redis: Redis) -> None:
        self.clock = MovableClock()
        self.database = Faulty(f"sqlite+aiosqlite:///{file}", synchronous="normal")
        self.wire = Told()
        ports = Ports()
        self.works = Works(self.database, ports, clock=self.clock)
        ports.provide(Works, self.works)
        ports.provide(Limits, Limits(redis))
        plenty = Rate(10**6, 1)
        ports.provide(WriteRates, WriteRates(plenty, plenty, plenty))
        ports.provide_store(MessageStore, SqlMessageStore)
        ports.provide(Ring, Ring())
        ports.provide(Wire, self.wire)
        self.sends = Sends(ports, commands.send)

    async def begin(self) -> None:
        async with self.works.open() as work:
            store = RoomStore(work)
            for name in ROOMS:
                kind = "direct" if name == "talk" else "club"
                row = RoomRow(id=name, kind=kind, club_id="club", title=name.title(), hue=1, created_at=work.now)
                row.topic, row.slow_seconds, row.blocked = "", 5 if name == "slow" else 0, "rotten"
                await store.add_room(row)
                for member in NAMES[:2] if name == "talk" else NAMES:
                    role = "owner" if member == "anna" else "member"
                    await store.set_membership(
                        RoomId(name), MemberId(member), role=role, gone=False, version=1, read_seq=0
                    )

    def caller(self, name: str) -> Caller:
        return Caller(MemberId(name), name, name.title(), "session", self.clock() + timedelta(days=9), False)

    async def together(self, step: Step) -> list[Any]:
        self.database.fault, self.database.nth = step.fault, step.nth
        asked = (self.sends.send(self.caller(each.who), each.send) for each in step.wishes)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        self.database.fault = ""
        return answers

    async def by_itself(self, each: Wish) -> Any:
        try:
            async with self.works.open() as work:
                return await commands.send(work, self.caller(each.who), each.send)
        except Outcome as refusal:
            return refusal

    async def truth(self) -> Any:
        async with self.works.reading() as work:
            entries = await work.session.scalars(select(EntryRow).order_by(EntryRow.room_id, EntryRow.seq))
            pointers = await work.session.execute(select(RoomMemberRow.member_id, RoomMemberRow.read_seq))
            facts = await work.session.scalars(select(OutboxRow.payload).order_by(OutboxRow.key, OutboxRow.id))
            sent = [MessageSent.model_validate_json(fact) for fact in facts]
        return (
            [(e.room_id, e.seq, e.nth, e.kind, e.author_id, e.client_id, e.body) for e in entries],
            sorted((who, seq) for who, seq in pointers),
            [(f.room_id, f.seq, f.author_id, f.preview, f.notify, f.mentions) for f in sent],
        )


WISH = st.builds(
    Wish, who=st.sampled_from((*NAMES, "zed")), room=st.sampled_from(ROOMS), client=st.integers(0, 3),
    body=st.sampled_from(BODIES),
)  # fmt: skip
STEP = st.builds(
    Step, wishes=st.lists(WISH, min_size=1, max_size=9).map(tuple),
    fault=st.sampled_from(("", "", "collided", "away", "unheard")), nth=st.integers(0, 2),
)  # fmt: skip


async def compare(folder: Path, template: Path, redis_url: str, steps: Sequence[Step]) -> None:
    files = [Path(shutil.copyfile(template, folder / name)) for name in ("together", "one-by-one")]
    async with Redis.from_url(redis_url) as redis:
        grouped, single = places = [Place(file, redis) for file in files]
        try:
            for place in places:
                await place.begin()
            for step in steps:
                await take(grouped, single, step)
            assert await grouped.truth() == await single.truth()
            for room in ROOMS:
                told = [seq for name, seq in grouped.wire.heard if name == room]
                assert told == sorted(set(told)), "a room heard something twice or in another order"
            if all(step.fault != "unheard" for step in steps):
                assert sorted(grouped.wire.heard) == sorted(single.wire.heard)
        finally:
            for place in places:
                await place.database.close()


async def take(grouped: Place, single: Place, step: Step) -> None:
    """Who could not be served asks again, until all are answered."""
    for place in (grouped, single):
        place.clock.advance(timedelta(seconds=3))
    answers = await grouped.together(step)
    again = [each for each, answer in zip(step.wishes, answers, strict=True) if _status(answer) == 503]
    for each, answer in zip(step.wishes, answers, strict=True):
        if _status(answer) != 503:
            assert _plainly(answer) == _plainly(await single.by_itself(each)), (each, step)
        elif step.fault == "unheard":
            await single.by_itself(each)
    if again:
        await take(grouped, single, Step(tuple(again), "", 0))


def _status(answer: Any) -> int:
    return answer.status if isinstance(answer, Outcome) else 201


def _plainly(answer: Any) -> Any:
    return (answer.room, answer.seq) if isinstance(answer, Receipt) else (type(answer), str(answer))


async def test_a_group_comes_to_what_one_by_one_comes_to(tmp_path: Path, valkey_url: str) -> None:
    template = tmp_path / "template.sqlite3"
    await make_template(template)

    slow = [Wish("anna", "club", 0, "hello"), Wish("ben", "slow", 0, "hello"), Wish("anna", "slow", 0, "At seven!")]

    @example(steps=[Step(tuple(slow), "", 0)])
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEP, min_size=1, max_size=5))
    def check(steps: list[Step]) -> None:
        with TemporaryDirectory(dir=tmp_path) as folder, asyncio.Runner() as runner:
            runner.run(compare(Path(folder), template, valkey_url, steps))

    await asyncio.to_thread(check)
