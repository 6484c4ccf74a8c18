"""The journeys the house is shaped by, in one process and in many: the same suite on both."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clubkit.ids import new_id
from tests.clubkit.media.clips import a_clip
from tests.flows.topologies import PASSWORD, Member, Topology, eventually

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path: Path = a_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", seconds=1.0, size=(64, 48), sound=False)
    return path.read_bytes()


@pytest.fixture
async def anna(topology: Topology) -> Member:
    return await topology.member("Anna Berg")


@pytest.fixture
async def ben(topology: Topology) -> Member:
    return await topology.member("Ben Okafor")


async def found(owner: Member, *members: Member) -> dict[str, Any]:
    """A club everybody may join, with these members in it."""
    club: dict[str, Any] = await owner.post("clubs", name=f"Riverside {new_id()[-6:]}", sport="football", hue=152)
    for member in members:
        await member.post(f"clubs/{club['id']}/join", status=200)
    return club


async def room_of(member: Member, club: dict[str, Any]) -> str:
    """The club's room, once chat has heard of her."""

    async def look() -> str | None:
        rooms = (await member.get("rooms"))["data"]
        return next((room["id"] for room in rooms if room["title"] == club["name"]), None)

    return await eventually(look)


async def test_from_the_form_to_a_member_whose_lost_phone_is_signed_out(topology: Topology) -> None:
    email, token = await topology.register("Anna Berg")
    phone = topology.signed_in(email, await topology.http().post("auth/verify", json={"token": token}))
    again = await topology.http().post("auth/verify", json={"token": token})
    assert again.status_code == 410, "a link works once"
    laptop = await topology.sign_in(email)
    assert (await laptop.get("rooms"))["data"] == [], "other services take the token"
    wrong = await topology.http().post("auth/sign-in", json={"email": email, "password": PASSWORD + "!"})
    assert wrong.status_code == 401
    async with topology.socket(phone) as socket:
        assert (await laptop.http.delete("auth/sessions")).status_code == 204
        await asyncio.wait_for(socket.ended.wait(), 60)


async def test_a_message_reaches_the_room_once_and_waits_for_who_was_away(
    topology: Topology, anna: Member, ben: Member
) -> None:
    club = await found(anna, ben)
    room = await room_of(anna, club)
    assert await room_of(ben, club) == room
    message = {"room": room, "client_id": new_id(), "body": "Who takes the bibs?"}
    async with topology.socket(anna) as hers:
        async with topology.socket(ben, "room.event") as his:
            sent = await hers.call("message.send", **message)
            assert (sent["ok"], sent["seq"]) == (True, 1)
            assert (await his.next("room.event"))["message"]["body"] == "Who takes the bibs?"
        repeated = await hers.call("message.send", **message)
        assert repeated["id"] == sent["id"], "sent again, stored once"
        missed = await hers.call("message.send", room=room, client_id=new_id(), body="And the goals?")
        assert missed["seq"] == 2
    async with topology.socket(ben) as his:
        gap = await his.call("room.gap", room=room, epoch=1, after=1)
        assert [(each["seq"], each["message"]["body"]) for each in gap["events"]] == [(2, "And the goals?")]
    talk = await ben.post("rooms/direct", member_id=anna.id)
    async with topology.socket(ben) as his:
        assert (await his.call("message.send", room=talk["id"], client_id=new_id(), body="I do"))["ok"]

    async def told() -> bool:
        return any(note["kind"] == "message" for note in (await anna.get("notifications"))["data"])

    await eventually(told)


async def test_a_like_moves_the_ranking_and_she_is_told_that_it_moved(
    topology: Topology, anna: Member, ben: Member, clip: bytes
) -> None:
    club = await found(anna, ben)
    files, fields = {"file": ("clip.mp4", clip)}, {"club_id": club["id"], "caption": "Night run by headlamp"}
    taken = await anna.http.post("reels", files=files, data=fields)
    assert taken.status_code == 202, taken.text
    reel = taken.json()["reel"]["id"]

    async def offered() -> dict[str, Any] | None:
        items = (await ben.get("recommendations", kind="reel", limit=100))["data"]
        return next((item for item in items if item["id"] == reel), None)

    item = await eventually(offered)
    assert item["reason"]["text"]
    feed = await ben.get("feed", tab="for-you")
    assert feed["degraded"] is None
    assert any(entry["type"] == "reel" and entry["reel"]["id"] == reel for entry in feed["data"])
    async with topology.socket(ben, "feed.changed") as socket:
        await ben.put(f"reels/{reel}/like", rank_id=item["rank_id"], surface="for_you")
        while "reel" not in (await socket.next("feed.changed"))["kinds"]:
            pass

    async def gone() -> bool:
        return await offered() is None

    await eventually(gone)
    assert (await ben.get(f"reels/{reel}"))["liked"] is True


async def test_a_file_is_sent_found_and_gone_for_who_leaves(topology: Topology, anna: Member, ben: Member) -> None:
    club = await found(anna, ben)
    room = await room_of(ben, club)
    assert await room_of(anna, club) == room
    name = f"plan-{new_id()[-6:]}.txt"
    sent = await anna.http.post(f"rooms/{room}/attachments", files={"file": (name, b"the bus leaves at nine")})
    assert sent.status_code == 201, sent.text
    file = sent.json()
    message = await anna.post(
        f"rooms/{room}/messages", client_id=new_id(), body="for Saturday", attachments=[file["id"]]
    )

    async def searched() -> bool:
        hits = (await ben.get("chat/search", q=name.partition(".")[0]))["data"]
        return any(hit["id"] == message["id"] and hit["attachments"] == 1 for hit in hits)

    await eventually(searched)
    path = file["url"].removeprefix("/api/v1/")
    assert (await ben.http.get(path)).content == b"the bus leaves at nine"
    left = await ben.http.post(f"clubs/{club['id']}/leave")
    assert left.status_code in {200, 204}, left.text

    async def shut() -> bool:
        return (await ben.http.get(path)).status_code == 404

    await eventually(shut)
    assert not await searched()


async def test_a_recurring_event_is_found_told_answered_and_moved(
    topology: Topology, anna: Member, ben: Member
) -> None:
    cleo = await topology.member("Cleo Vance")
    club = await found(anna, ben, cleo)
    starts = (datetime.now(UTC) + timedelta(days=3)).replace(hour=18, minute=30, second=0, microsecond=0, tzinfo=None)
    title = f"Headlamp {new_id()[-6:]}"
    planned = await anna.post(
        f"clubs/{club['id']}/events", title=title, starts_local=starts.isoformat(), tzid="Europe/Berlin",
        rrule="FREQ=WEEKLY;COUNT=4", capacity=1, reminders=[60],
    )  # fmt: skip
    assert planned["dates"] == 4
    event = planned["events"][0]["id"]

    async def searched() -> bool:
        return any(hit["title"] == title for hit in (await ben.get("search", q=title.split()[1]))["data"])

    async def told(kind: str, who: Member) -> bool:
        return any(note["kind"] == kind for note in (await who.get("notifications"))["data"])

    await eventually(searched)
    await eventually(lambda: told("event_scheduled", ben))
    assert (await ben.put(f"events/{event}/answer", answer="yes"))["going"] == 1
    late = await cleo.put(f"events/{event}/answer", answer="yes")
    assert (late["going"], late["waiting"]) == (1, 1)
    assert (await ben.put(f"events/{event}/answer", answer="no"))["going"] == 1, "the seat went on to the next in line"
    await eventually(lambda: told("seat", cleo))

    page = await anna.http.get(f"events/{event}")
    moved = await anna.http.patch(
        f"events/{event}", params={"scope": "this"}, headers={"If-Match": page.headers["etag"]},
        json={"starts_local": (starts + timedelta(hours=1)).isoformat()},
    )  # fmt: skip
    assert moved.status_code == 200, moved.text
    assert (await cleo.get(f"events/{event}"))["starts_local"] == (starts + timedelta(hours=1)).isoformat()
    await eventually(lambda: told("event_changed", cleo))
