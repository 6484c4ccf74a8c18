"""Simulated members at the public door of a small hub: they talk, act, answer, and wait for a hub that is gone."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from auth_service.accounts.admin import NewMember, create_members
from clubkit.errors import Unavailable
from clubkit.identity import Caller
from clubkit.ids import MemberId, new_id
from clubkit.testing.hub import TestHub
from gateway.demo import alive as living
from gateway.demo import alive_acts, script_clubs
from gateway.demo.alive import Alive, live
from gateway.demo.alive_client import Away, Refused, Visitor
from gateway.demo.alive_lines import TO_A_QUESTION
from gateway.demo.clubs import CLUBS
from gateway.demo.people import LIVELY, PEOPLE
from gateway.demo.seeding import PASSWORD
from gateway.demo.stage import Act, Chronicle, Stage, play
from gateway.embedded import SERVICES
from sports_service.ingest.demo import load_demo
from tests.waiting import until

pytestmark = pytest.mark.timeout(600)
PATIENCE = 240
NOBODY_LISTENS = "http://127.0.0.1:9"


@dataclass
class Happened:
    rows: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, who: str, what: str) -> None:
        self.rows.append((who, what))

    def says(self, words: str) -> bool:
        return any(words in what for _, what in self.rows)


@dataclass
class Scene:
    hub: TestHub
    url: str
    stage: Stage

    async def visitor(self, handle: str) -> Visitor:
        person = next(p for p in PEOPLE if p.handle == handle)
        return Visitor(self.url, person.email, person.name, PASSWORD, clock=self.hub.clock)


@pytest.fixture
async def scene(make_hub: Any) -> AsyncIterator[Scene]:
    hub: TestHub = await make_hub(*SERVICES, own_tokens=False)
    stage = Stage(hub.ports, hub.clock(), 7)
    ids = await create_members(hub.works, [NewMember(p.email, p.name, p.handle) for p in PEOPLE], PASSWORD)
    for person, member_id in zip(PEOPLE, ids, strict=True):
        stage.cast[person.handle] = caller(hub, member_id, person.handle, person.name)
    await play(stage, Chronicle(hub.works), "clubs", list(small_clubs(stage)), lambda _done: None)
    await load_demo(hub.works, now=hub.clock())
    await hub.settle()
    async with hub.listening() as url:
        yield Scene(hub, url, stage)


def small_clubs(stage: Stage) -> Iterator[Act]:
    for club in CLUBS:
        yield script_clubs.foundation(stage.begun - timedelta(days=9), club)
        for handle in sorted({*LIVELY, "mara", "kofi"} & set(club.everybody) - {club.owner}):
            yield script_clubs.entry(stage.begun - timedelta(days=8), club, handle)


def caller(hub: TestHub, member_id: MemberId, handle: str, name: str) -> Caller:
    return Caller(member_id, handle, name, new_id(), hub.clock() + timedelta(days=1))


async def things_to_act_on(scene: Scene) -> None:
    kwame = await scene.visitor("kwame")
    club = scene.stage.club("riverside")
    for words in ("First one.", "Second one.", "Third one."):
        await kwame.post("posts", {"text": words, "club_id": club})
    starts = (scene.hub.clock() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    event = {"title": "Training", "tzid": "Europe/Stockholm", "starts_local": starts.isoformat()}
    await kwame.post(f"clubs/{club}/events", event)
    await kwame.leave()


async def test_members_talk_and_a_person_who_asks_is_answered(scene: Scene) -> None:
    happened = Happened()
    acting = asyncio.create_task(live(Alive(scene.url, happened, pace=0.01, clock=scene.hub.clock)))
    await until(lambda: happened.says("in Riverside FC:") or happened.says("in Night Runners:"), patience=PATIENCE)
    mara = await scene.visitor("mara")
    await mara.be_connected()
    [room] = [r["id"] for r in (await mara.get("rooms"))["data"] if r["title"] == "Riverside FC"]
    sent = {"room": room, "client_id": new_id(), "body": "Is anybody else early?"}
    await mara.emit("message.send", sent)
    answers = {line.format(name="Mara") for line in TO_A_QUESTION}
    await until(
        lambda: any(what.removeprefix("in Riverside FC: ") in answers for _, what in happened.rows), patience=PATIENCE
    )
    acting.cancel()
    await asyncio.gather(acting, return_exceptions=True)
    await mara.leave()
    assert {who for who, what in happened.rows if what == "comes in"} == {p.name for p in PEOPLE if p.handle in LIVELY}


async def test_every_deed_is_done_through_the_public_door(scene: Scene) -> None:
    await things_to_act_on(scene)
    wilma = await scene.visitor("wilma")
    expected = {
        alive_acts.react: "reacts with", alive_acts.comment: "comments on Kwame Osei", alive_acts.post: "posts in",
        alive_acts.answer: "Training: You", alive_acts.pick: "picks",
    }  # fmt: skip
    done = {deed: await deed(wilma, Random(3)) for deed in expected}
    again = await alive_acts.answer(wilma, Random(3))
    await wilma.leave()
    assert all(words in str(done[deed]) for deed, words in expected.items()), done
    assert again is None, "she has answered everything there is"


async def test_nothing_to_do_is_no_mistake(scene: Scene) -> None:
    wilma = await scene.visitor("wilma")
    dice = Random(3)
    done = [await deed(wilma, dice) for deed in (alive_acts.react, alive_acts.comment, alive_acts.watch)]
    await wilma.leave()
    assert done == [None, None, None]


async def test_a_post_is_written_once_however_many_visitors_think_of_it(scene: Scene) -> None:
    kofi = await scene.visitor("kofi")
    first, second = [await alive_acts.post(kofi, Random(5)) for _ in range(2)]
    third = await alive_acts.post(kofi, Random(5))
    await kofi.leave()
    assert first
    assert second
    assert (first != second, third) == (True, None)


async def test_a_member_whose_socket_was_cut_connects_again_to_speak(scene: Scene) -> None:
    wilma = await scene.visitor("wilma")
    await wilma.be_connected()
    [room] = [r["id"] for r in (await wilma.get("rooms"))["data"] if r["title"] == "Riverside FC"]
    await wilma.socket.disconnect()
    await wilma.emit("message.send", {"room": room, "client_id": new_id(), "body": "Back again."})
    shown = await wilma.get(f"rooms/{room}")
    await wilma.leave()
    assert shown["last"]["preview"] == "Back again."


async def test_a_hub_that_refuses_says_so_in_its_own_words(scene: Scene) -> None:
    stranger = Visitor(scene.url, "nobody@demo.club", "Nobody", PASSWORD)
    with pytest.raises(Refused, match="password"):
        await stranger.be_connected()
    await stranger.leave()


async def test_a_hub_that_is_gone_is_away_and_not_an_error() -> None:
    visitor = Visitor(NOBODY_LISTENS, "mara@demo.club", "Mara", PASSWORD)
    with pytest.raises(Away):
        await visitor.get("rooms")
    with pytest.raises(Unavailable):
        await visitor.be_connected()
    await visitor.leave()


async def test_somebody_who_finds_the_hub_gone_waits_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(living, "KNOCK_AGAIN", 0.0)
    happened, tries = Happened(), 0

    async def deed() -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise Away
        if tries == 2:
            raise Refused("Not today.")
        happened("Wilma", "is back")

    task = asyncio.create_task(living._again(Alive("", happened, pace=0), 1.0, Random(1), deed, who="Wilma"))
    await until(lambda: happened.says("is back"))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert [what for _, what in happened.rows[:3]] == [
        "does not reach the hub, and waits", "is refused: Not today.", "is back",
    ]  # fmt: skip


async def test_whoever_comes_before_the_hub_knocks_until_it_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(living, "KNOCK_AGAIN", 0.0)
    happened, opened = Happened(), asyncio.Event()

    async def step() -> None:
        if len(happened.rows) < 3:
            raise Away
        opened.set()

    await living._patiently(Alive(NOBODY_LISTENS, happened), step)
    assert opened.is_set()
    assert happened.says("knocking again")
