"""The notification centre: grouped while unread, counted for the badge, the same on all devices."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.chat import MessageSent
from clubkit.ids import MemberId, MessageId, RoomId, new_id
from clubkit.testing.hub import Person
from social_service.notifications.schemas import Note
from social_service.notifications.telling import tell
from tests.social_service.counting import queries_of


async def message(social: Any, to: Person, author: Person, preview: str = "hi", room: str = "room-1") -> None:
    now = social.hub.clock.advance(timedelta(seconds=1))
    await social.hub.publish(
        MessageSent(
            room_id=RoomId(room), room_title="", club_id=None, message_id=MessageId(new_id()), seq=1,
            author_id=author.id, author_name=author.name, preview=preview, notify=(to.id, author.id), at=now,
        )
    )  # fmt: skip
    await social.hub.settle()


async def centre(social: Any, who: Person, **query: Any) -> list[dict[str, Any]]:
    return list((await social.get(who, "notifications", **query))["data"])


async def counts(social: Any, who: Person) -> tuple[int, int]:
    answer = await social.get(who, "notifications/count")
    return answer["unread"], answer["unseen"]


async def test_a_message_is_told_to_the_other_side_only(social: Any, anna: Person, ben: Person) -> None:
    await message(social, ben, anna, "Are you in on Saturday?")
    (told,) = await centre(social, ben)
    assert (told["kind"], told["text"], told["detail"], told["link"]) == (
        "message", "Anna Berg sent you a message", "Are you in on Saturday?", "/chat/room-1",
    )  # fmt: skip
    assert [actor["name"] for actor in told["actors"]] == ["Anna Berg"]
    assert await centre(social, anna) == []


async def test_more_of_the_same_joins_what_is_unread(social: Any, anna: Person, ben: Person) -> None:
    await message(social, ben, anna, "one")
    (first,) = await centre(social, ben)
    await message(social, ben, anna, "two")
    (joined,) = await centre(social, ben)
    assert (joined["id"], joined["count"], joined["detail"]) == (first["id"], 2, "two")
    assert joined["text"] == "Anna Berg sent you 2 messages"
    assert joined["at"] > first["at"]


async def test_what_was_read_is_not_added_to(social: Any, anna: Person, ben: Person) -> None:
    await message(social, ben, anna, "one")
    (first,) = await centre(social, ben)
    await ben.http.put(f"notifications/{first['id']}/read")
    await message(social, ben, anna, "two")
    newer, older = await centre(social, ben)
    assert (older["id"], older["read"], older["detail"]) == (first["id"], True, "one")
    assert (newer["read"], newer["count"], newer["detail"]) == (False, 1, "two")


async def test_two_rooms_are_two_notifications(social: Any, anna: Person, ben: Person) -> None:
    await message(social, ben, anna, room="room-1")
    await message(social, ben, anna, room="room-2")
    assert [n["link"] for n in await centre(social, ben)] == ["/chat/room-2", "/chat/room-1"]


async def test_seen_is_not_read(social: Any, anna: Person, ben: Person) -> None:
    await message(social, ben, anna)
    assert await counts(social, ben) == (1, 1)
    assert (await ben.http.post("notifications/seen")).json() == {"unread": 1, "unseen": 0}
    (told,) = await centre(social, ben)
    assert (told["seen"], told["read"]) == (True, False)
    await message(social, ben, anna)
    assert await counts(social, ben) == (1, 1)


async def test_reading_is_seeing_and_twice_is_once(social: Any, anna: Person, ben: Person) -> None:
    await message(social, ben, anna)
    (told,) = await centre(social, ben)
    for _ in range(2):
        assert (await ben.http.put(f"notifications/{told['id']}/read")).json() == {"unread": 0, "unseen": 0}


async def test_all_are_read_at_once(social: Any, anna: Person, ben: Person) -> None:
    for n in range(3):
        await message(social, ben, anna, room=f"room-{n}")
    assert (await ben.http.post("notifications/read-all")).json() == {"unread": 0, "unseen": 0}
    assert await centre(social, ben, unread_only=True) == []
    assert len(await centre(social, ben)) == 3
    assert (await social.get(ben, "me"))["unread_notifications"] == 0


async def test_nobody_reads_what_others_were_told(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    await message(social, ben, anna)
    (told,) = await centre(social, ben)
    refused = await cleo.http.put(f"notifications/{told['id']}/read")
    assert (refused.status_code, refused.json()["code"]) == (404, "notification_not_found")
    assert await counts(social, ben) == (1, 1)


@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_page_by_page_everything_comes_once(social: Any, anna: Person, ben: Person, limit: int) -> None:
    for n in range(5):
        await message(social, ben, anna, room=f"room-{n}")
    links: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await social.get(ben, "notifications", limit=limit, **cursor)
        links += [n["link"] for n in page["data"]]
        if page["page"]["next"] is None:
            break
        cursor = {"cursor": page["page"]["next"]}
    assert links == [f"/chat/room-{n}" for n in (4, 3, 2, 1, 0)]


async def test_a_cursor_of_the_whole_list_is_refused_by_the_unread_one(social: Any, anna: Person, ben: Person) -> None:
    for n in range(2):
        await message(social, ben, anna, room=f"room-{n}")
    cursor = (await social.get(ben, "notifications", limit=1))["page"]["next"]
    response = await ben.http.get("notifications", params={"unread_only": True, "cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (422, "bad_cursor")


async def test_all_devices_hear_of_news_and_of_reading(social: Any, anna: Person, ben: Person) -> None:
    async with social.hub.listening() as url, social.hub.socket(url, ben) as socket:
        heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        for name in ("notification.new", "notification.count"):
            socket.on(name, lambda payload, name=name: heard.put_nowait((name, payload)))
        await message(social, ben, anna)
        (told,) = await centre(social, ben)
        assert await asyncio.wait_for(heard.get(), 5) == ("notification.new", {"id": told["id"], "unread": 1})
        await ben.http.put(f"notifications/{told['id']}/read")
        assert await asyncio.wait_for(heard.get(), 5) == ("notification.count", {"unread": 0})


async def test_the_work_does_not_grow_with_those_who_are_told(social: Any) -> None:
    async def cost(first: int, many: int) -> int:
        to = [MemberId(f"member-{first + n}") for n in range(many)]
        async with queries_of(social.hub) as queries, social.hub.works.open() as work:
            note = Note(
                to=to, group="event_scheduled:1", kind="event_scheduled", subject_id="1", link="/e/1", at=work.now,
                words={"club": "Riverside FC", "title": "Training"},
            )  # fmt: skip
            await tell(work, [note])
        return len(queries)

    assert await cost(0, 2) == await cost(1000, 200)


async def test_old_news_is_no_news(social: Any, anna: Person, ben: Person) -> None:
    stale = MessageSent(
        room_id=RoomId("r"), room_title="", club_id=None, message_id=MessageId(new_id()), seq=1, author_id=anna.id,
        author_name="Anna", preview="long ago", notify=(ben.id,), at=social.hub.clock() - timedelta(days=3),
    )  # fmt: skip
    await social.hub.publish(stale)
    await social.hub.settle()
    assert await centre(social, ben) == []
