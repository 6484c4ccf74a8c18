"""Webhooks: an address shown once, messages under its name, once per key, gone when revoked."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from chat_service.hooks.models import HookRow
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, code, messages, said


async def a_hook(person: Person, room: str) -> tuple[str, str]:
    """(id, path) of a new webhook."""
    response = await person.http.post(f"rooms/{room}/hooks", json={"name": "Score bot", "hue": 30})
    assert response.status_code == 201, response.text
    made = response.json()
    return made["hook"]["id"], made["url"].partition("/api/v1/")[2]


@pytest.fixture
async def room(chat: Any, anna: Person, ben: Person) -> str:
    return await a_room(chat, anna, ben)


async def test_what_comes_by_it_is_a_message_under_its_name(chat: Any, anna: Person, room: str) -> None:
    _, path = await a_hook(anna, room)
    answer = await chat.hub.http().post(path, json={"text": "2 : 1!", "username": "left aside"})
    assert (answer.status_code, answer.json()["seq"]) == (200, 2)
    [message] = await messages(anna, room)
    assert (message["author_id"], message["author_name"], message["source"], message["body"]) == (
        None, "Score bot", "hook", "2 : 1!",
    )  # fmt: skip


async def test_the_same_key_says_it_once_for_ever(chat: Any, anna: Person, room: str) -> None:
    _, path = await a_hook(anna, room)
    outside, key = chat.hub.http(), {"Idempotency-Key": "match-17-goal-3"}
    first, again = [(await outside.post(path, json={"text": "Goal"}, headers=key)).json() for _ in range(2)]
    assert first == again
    other = await outside.post(path, json={"text": "Another goal"}, headers=key)
    assert await code(other) == "client_id_taken"
    assert await said(anna, room) == ["Goal"]


async def test_a_revoked_address_is_worth_nothing(chat: Any, anna: Person, room: str) -> None:
    hook, path = await a_hook(anna, room)
    assert (await anna.http.delete(f"rooms/{room}/hooks/{hook}")).status_code == 204
    assert await code(await chat.hub.http().post(path, json={"text": "still here?"})) == "hook_not_found"
    assert await code(await anna.http.delete(f"rooms/{room}/hooks/{hook}")) == "hook_not_found"
    assert (await anna.http.get(f"rooms/{room}/hooks")).json()["data"] == []


async def test_only_a_hash_of_the_secret_is_kept(chat: Any, anna: Person, room: str) -> None:
    _, path = await a_hook(anna, room)
    token = path.rpartition("/")[2]
    async with chat.hub.works.reading() as work:
        [kept] = await work.session.scalars(select(HookRow.token_hash))
    assert token not in kept
    assert await code(await chat.hub.http().post(f"hooks/{kept}", json={"text": "hm"})) == "hook_not_found"


async def test_only_who_runs_the_room_gives_addresses_out(chat: Any, ben: Person, room: str) -> None:
    refused = await ben.http.post(f"rooms/{room}/hooks", json={"name": "Mine"})
    assert await code(refused) == "not_your_room"
    assert await code(await ben.http.get(f"rooms/{room}/hooks")) == "not_your_room"


async def test_a_room_has_ten_at_most(chat: Any, anna: Person, room: str) -> None:
    for _ in range(10):
        await a_hook(anna, room)
    refused = await anna.http.post(f"rooms/{room}/hooks", json={"name": "One more"})
    assert await code(refused) == "too_many_hooks"


async def test_a_program_that_says_too_much_is_asked_to_wait(chat: Any, anna: Person, room: str) -> None:
    _, path = await a_hook(anna, room)
    outside = chat.hub.http()
    answers = await asyncio.gather(*(outside.post(path, json={"text": f"{n}"}) for n in range(32)))
    assert [answer.status_code for answer in answers].count(200) == 30
    refused = next(answer for answer in answers if not answer.is_success)
    assert await code(refused) == "too_many"
    assert int(refused.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("body", [{}, {"text": "  "}, {"text": "x" * 9000}, {"text": 7}])
async def test_what_is_no_message_is_refused(chat: Any, anna: Person, room: str, body: Any) -> None:
    _, path = await a_hook(anna, room)
    refused = await chat.hub.http().post(path, json=body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/text")
    assert await said(anna, room) == []


async def test_the_rules_of_the_room_hold_for_programs_too(chat: Any, anna: Person) -> None:
    await chat.stand(anna, "admin", version=2)
    room = await a_room(chat, anna)
    await anna.http.put(f"rooms/of-club/{chat.club_id}/blocked-terms", json={"terms": ["muppet"]})
    _, path = await a_hook(anna, room)
    outside = chat.hub.http()
    assert await code(await outside.post(path, json={"text": "Muppet!"})) == "blocked_term"
    await anna.http.patch(f"rooms/{room}", json={"archived": True})
    assert await code(await outside.post(path, json={"text": "hello"})) == "room_archived"


async def test_its_use_is_counted(chat: Any, anna: Person, room: str) -> None:
    _, path = await a_hook(anna, room)
    for text in ("one", "two"):
        await chat.hub.http().post(path, json={"text": text})
    [hook] = (await anna.http.get(f"rooms/{room}/hooks")).json()["data"]
    assert (hook["posts"], hook["last_used_at"] is not None) == (2, True)
