"""kill -9 in the middle of a stream of writes from many clients: what was acknowledged is there, once."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from clubkit.ids import new_id
from tests.flows.topologies import Member, Topology, eventually
from tests.servers.apart.conftest import Fragile

pytestmark = [pytest.mark.servers, pytest.mark.alone, pytest.mark.timeout(900)]
WRITERS, MESSAGES = 6, 30
SEED = 20_261_121


@dataclass
class Stream:
    """Members who write to their club's room and to Ben, each message until it is acknowledged."""

    hub: Topology
    ben: Member
    writers: list[Member]
    guest: Member
    club: str
    room: str
    talks: dict[str, str]
    """Ben's direct room with each writer, by her id."""
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What was acknowledged, by client id."""
    refusals: Counter[int] = field(default_factory=Counter)

    async def run(self, pause: float) -> None:
        writing = asyncio.gather(*(self._write(writer, pause) for writer in self.writers))
        while not writing.done():
            await self._come_or_go("join")
            await self._come_or_go("leave")
        await writing
        await self._come_or_go("join")

    async def _come_or_go(self, way: str) -> None:
        """A guest whose membership chat must hear of in the right order."""
        while True:
            try:
                answer = await self.guest.http.post(f"clubs/{self.club}/{way}", json={})
            except httpx.TransportError:
                self.refusals[0] += 1
            else:
                if answer.status_code != 503:
                    break
            await asyncio.sleep(0.2)
        await asyncio.sleep(0.1)

    async def _write(self, writer: Member, pause: float) -> None:
        for number in range(MESSAGES):
            room = self.room if number % 2 else self.talks[writer.id]
            client_id = new_id()
            self.receipts[client_id] = await self._say(writer, room, client_id, f"{writer.id} {number}")
            await asyncio.sleep(pause)

    async def _say(self, writer: Member, room: str, client_id: str, body: str) -> dict[str, Any]:
        """As the app does: again and again under one client id, until it knows."""
        while True:
            try:
                answer = await writer.http.post(f"rooms/{room}/messages", json={"client_id": client_id, "body": body})
            except httpx.TransportError:
                self.refusals[0] += 1
            else:
                if answer.status_code == 201:
                    return dict(answer.json())
                self.refusals[answer.status_code] += 1
                assert answer.status_code == 503, answer.text
            await asyncio.sleep(0.2)

    async def stored(self) -> dict[str, dict[str, Any]]:
        """Every message of every room, by client id; each room's seqs are 1, 2, 3 …"""
        found: dict[str, dict[str, Any]] = {}
        for room in (self.room, *self.talks.values()):
            page, messages = {"messages": [None]}, list[dict[str, Any]]()
            while page["messages"]:
                before = {"before": messages[0]["seq"]} if messages else {}
                page = await self.ben.get(f"rooms/{room}/messages", limit=200, **before)
                messages = [*page["messages"], *messages]
                if not messages or messages[0]["seq"] == 1:
                    break
            assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
            found |= {message["client_id"]: message for message in messages}
            assert len(found) >= len(messages)
        return found

    async def told(self) -> Counter[str]:
        """How many messages Ben was notified of, by direct room."""
        notes = (await self.ben.get("notifications", limit=100))["data"]
        return Counter({note["subject_id"]: note["count"] for note in notes if note["kind"] == "message"})

    async def holds(self) -> None:
        """Every acknowledged message is there once, and told to Ben once, and stays so."""
        stored = await self.stored()
        assert stored.keys() == self.receipts.keys()
        for client_id, receipt in self.receipts.items():
            assert (stored[client_id]["id"], stored[client_id]["seq"]) == (receipt["id"], receipt["seq"])
        wanted = Counter(message["room"] for message in stored.values() if message["room"] != self.room)

        async def all_told() -> bool:
            return (await self.told()) == wanted

        await eventually(all_told)
        await asyncio.sleep(2)
        assert await self.told() == wanted, "told once, not again"


async def stream(hub: Topology) -> Stream:
    ben, guest, *writers = await asyncio.gather(*(hub.member(f"Member {number}") for number in range(WRITERS + 2)))
    club = await ben.post("clubs", name=f"Riverside {new_id()[-6:]}", sport="football", hue=152)
    for writer in writers:
        await writer.post(f"clubs/{club['id']}/join", status=200)

    async def room() -> str | None:
        everyone = await asyncio.gather(*(member.get("rooms") for member in (ben, *writers)))
        found = [room["id"] for rooms in everyone for room in rooms["data"] if room["title"] == club["name"]]
        return found[0] if len(found) == WRITERS + 1 else None

    club_room = await eventually(room)
    talks = {writer.id: (await writer.post("rooms/direct", member_id=ben.id))["id"] for writer in writers}
    return Stream(hub, ben, writers, guest, club["id"], club_room, talks)


@pytest.mark.parametrize(
    "victim",
    ["serve chat_service", "consume chat_service", "consume social_service", "relay", "redis", "postgres"],
)
async def test_killed_in_a_stream_of_writes_it_loses_nothing_and_does_nothing_twice(
    fragile: Fragile, hub: Topology, victim: str
) -> None:
    chance = random.Random(f"{SEED} {victim}")
    writing = await stream(hub)
    running = asyncio.create_task(writing.run(pause=0.15))
    for _ in range(2):
        await asyncio.sleep(chance.uniform(0.2, 1.0))
        assert not running.done(), "the stream must outlast the faults"
        await asyncio.to_thread(fragile.kill, victim)
        await asyncio.sleep(chance.uniform(0.3, 1.5))
        await asyncio.to_thread(fragile.revive, victim)
    await asyncio.to_thread(fragile.wait)
    await running
    assert len(writing.receipts) == WRITERS * MESSAGES
    await writing.holds()
    await eventually(lambda: in_room(writing.guest, writing.room))
    assert "equals the live one" in await asyncio.to_thread(fragile.hub, "replay", "chat.membership", "--compare")


async def in_room(member: Member, room: str) -> bool:
    return any(one["id"] == room for one in (await member.get("rooms"))["data"])


@pytest.mark.parametrize(("server", "named"), [("redis", "redis"), ("postgres", "database")])
async def test_a_process_says_which_server_it_misses_and_comes_back_by_itself(
    fragile: Fragile, hub: Topology, server: str, named: str
) -> None:
    async def state(part: str, path: str) -> tuple[int, set[str]]:
        answer = await asyncio.to_thread(httpx.get, f"{fragile.apart.parts[part].url}{path}", timeout=20)
        return answer.status_code, set(answer.json().get("waiting_for", ()))

    parts = ("serve social_service", "consume social_service", "relay", "work")
    born = {part: fragile.apart.parts[part].process for part in parts}
    await asyncio.to_thread(fragile.kill, server)
    for part in parts:

        async def missed(part: str = part) -> bool:
            return await state(part, "/readyz") == (503, {named})

        await eventually(missed)
        assert (await state(part, "/healthz"))[0] == 200
    await asyncio.to_thread(fragile.revive, server)
    await asyncio.to_thread(fragile.wait)
    for part, process in born.items():
        assert process is not None
        assert process.poll() is None, f"{part} was not restarted"
    assert (await hub.member("Anna Berg")).name == "Anna Berg"


async def test_letters_of_a_killed_worker_are_sent_by_the_next(fragile: Fragile, hub: Topology) -> None:
    chance = random.Random(f"{SEED} work")
    forms = [
        {"name": "Anna Berg", "email": f"anna-{new_id()}@example.org", "password": "correct horse battery"}
        for _ in range(30)
    ]
    http = hub.http()

    async def sign_up() -> None:
        for form in forms:
            assert (await http.post("auth/register", json=form)).status_code == 202
            await asyncio.sleep(0.05)

    running = asyncio.create_task(sign_up())
    for _ in range(2):
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        await asyncio.to_thread(fragile.kill, "work")
        await asyncio.to_thread(fragile.revive, "work")
    await running

    async def written() -> Counter[str]:
        letters = (await http.get("dev/mail")).json()["data"]
        return Counter(form["email"] for form in forms for letter in letters if form["email"] in letter["to"])

    async with asyncio.timeout(400):  # a job that was under way is begun again once its time is over
        while set(await written()) != {form["email"] for form in forms}:  # noqa: ASYNC110  files in a folder
            await asyncio.sleep(1)
    assert max((await written()).values()) <= 3, "one letter each, and one more for each try that was cut off"


async def test_without_its_recommender_the_feed_comes_newest_first_and_says_so(hub: Topology) -> None:
    """Nobody listens at the recommender's address here."""
    anna = await hub.member("Anna Berg")
    club = await anna.post("clubs", name=f"Riverside {new_id()[-6:]}", sport="football", hue=152)
    posts = [(await anna.post("posts", text=f"Match {n}", club_id=club["id"]))["id"] for n in range(3)]
    feed = await anna.get("feed", tab="for-you")
    assert feed["degraded"] == "Personal ranking is taking a break, so this is newest first."
    assert [item["post"]["id"] for item in feed["data"] if item["type"] == "post"] == posts[::-1]
