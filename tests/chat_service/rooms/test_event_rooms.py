"""An event's talk, and what becomes of a club's rooms when somebody goes."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.social import ClubClosed, EventAnswered, EventCancelled, EventScheduled
from clubkit.ids import EventId, new_id
from clubkit.testing.hub import Person


class Match:
    """An event of the club, as social tells of it."""

    def __init__(self, chat: Any) -> None:
        self.chat = chat
        self.id = EventId(new_id())
        self.starts_at = chat.hub.clock() + timedelta(days=2)

    async def scheduled(self, title: str = "Home against Harbour", version: int = 1) -> None:
        fact = EventScheduled(
            event_id=self.id, series_id=self.id, club_id=self.chat.club_id, club_name="Riverside FC", club_hue=152,
            host_id=new_id(), title=title, text="", starts_at=self.starts_at,  # type: ignore[arg-type]
            ends_at=self.starts_at + timedelta(hours=2), tzid="Europe/Berlin", visibility="club",
            created_at=self.chat.hub.clock(), version=version,
        )  # fmt: skip
        await self._tell(fact)

    async def answered(self, person: Person, answer: Any) -> None:
        await self._tell(EventAnswered(event_id=self.id, club_id=self.chat.club_id, member_id=person.id, answer=answer))

    async def cancelled(self, version: int) -> None:
        await self._tell(
            EventCancelled(
                event_id=self.id, series_id=self.id, club_id=self.chat.club_id, title="", starts_at=self.starts_at,
                version=version,
            )
        )  # fmt: skip

    async def open(self, person: Person) -> dict[str, Any]:
        response = await person.http.put(f"rooms/of-event/{self.id}")
        return response.json()  # type: ignore[no-any-return]

    async def _tell(self, fact: Any) -> None:
        await self.chat.hub.publish(fact)
        await self.chat.hub.settle()


@pytest.fixture
async def match(chat: Any) -> Match:
    match = Match(chat)
    await match.scheduled()
    return match


async def rooms(person: Person) -> dict[str, str]:
    return {room["title"]: room["id"] for room in (await person.http.get("rooms")).json()["data"]}


async def test_those_who_said_yes_are_in_the_events_talk(chat: Any, match: Match, anna: Person, ben: Person) -> None:
    await match.answered(anna, "yes")
    await match.answered(ben, "yes")
    room = await match.open(anna)
    assert (room["kind"], room["title"], room["members"], room["event_id"]) == (
        "event",
        "Home against Harbour",
        2,
        match.id,
    )
    assert "Home against Harbour" in await rooms(ben)


async def test_who_did_not_say_yes_finds_no_talk(chat: Any, match: Match, anna: Person, ben: Person) -> None:
    await match.answered(ben, "maybe")
    assert (await match.open(anna))["code"] == "event_unknown"
    assert (await match.open(ben))["code"] == "event_unknown"


async def test_an_answer_after_the_talk_began_brings_in_and_takes_out(
    chat: Any, match: Match, anna: Person, ben: Person
) -> None:
    await match.answered(anna, "yes")
    await match.open(anna)
    await match.answered(ben, "yes")
    assert "Home against Harbour" in await rooms(ben)
    await match.answered(ben, "no")
    assert "Home against Harbour" not in await rooms(ben)


async def test_the_talk_is_called_as_the_event_is(chat: Any, match: Match, anna: Person) -> None:
    await match.answered(anna, "yes")
    first = await match.open(anna)
    await match.scheduled("Away at Harbour", version=2)
    assert (await rooms(anna))["Away at Harbour"] == first["id"]
    await match.scheduled("An older word of it", version=1)
    assert "Away at Harbour" in await rooms(anna)


async def test_a_cancelled_event_keeps_its_talk(chat: Any, match: Match, anna: Person) -> None:
    await match.answered(anna, "yes")
    await match.open(anna)
    await match.cancelled(version=2)
    assert "Home against Harbour" in await rooms(anna)


async def test_who_leaves_the_club_is_out_of_all_its_rooms(chat: Any, anna: Person, ben: Person) -> None:
    for kind in ("public", "private"):
        body = {"kind": kind, "club_id": chat.club_id, "title": f"A {kind} one", "members": [ben.id]}
        assert (await anna.http.post("rooms", json=body)).status_code == 201
    await chat.stand(ben, None, version=2)
    assert await rooms(ben) == {}
    await chat.stand(ben, "member", version=3)
    assert set(await rooms(ben)) == {"Riverside FC"}


async def test_a_closed_clubs_rooms_can_be_read_and_not_written_in(chat: Any, anna: Person) -> None:
    await chat.hub.publish(ClubClosed(club_id=chat.club_id))
    await chat.hub.settle()
    room = (await anna.http.get(f"rooms/{chat.room}")).json()
    assert room["archived_at"] is not None
