"""Files of a room are for who is in it, at the moment of asking."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from chat_service.attachments import sweeping
from chat_service.attachments.models import AttachmentRow
from chat_service.attachments.passes import Passes
from chat_service.messages import deleting, service
from chat_service.messages.schemas import DeleteMessage
from clubkit.blobs.port import Blobs
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.attachments.test_uploading import fetched, kept, upload
from tests.chat_service.conftest import Chat
from tests.chat_service.places import a_talk


async def a_sent_file(chat: Chat, who: Person, data: bytes = b"the plan") -> dict[str, Any]:
    answer: dict[str, Any] = (await upload(chat, who, data, "plan.txt")).json()
    assert (await sent(chat, who, answer["id"])).status_code == 201
    return answer


async def sent(chat: Chat, who: Person, *ids: str, client_id: str = "", **more: Any) -> Any:
    body = {"client_id": client_id or new_id(), "body": "", "attachments": ids, **more}
    return await who.http.post(f"rooms/{chat.room}/messages", json=body)


async def test_an_upload_is_its_owners_alone_until_it_is_in_a_message(chat: Chat, anna: Person, ben: Person) -> None:
    answer = (await upload(chat, anna, b"the plan")).json()
    assert (await fetched(anna, answer["url"])).status_code == 200
    assert (await fetched(ben, answer["url"])).status_code == 404
    assert (await sent(chat, anna, answer["id"])).status_code == 201
    assert (await fetched(ben, answer["url"])).status_code == 200


async def test_who_leaves_the_room_is_shown_nothing_more(chat: Chat, anna: Person, ben: Person) -> None:
    answer = await a_sent_file(chat, anna)
    seen = await fetched(ben, answer["url"])
    assert seen.headers["cache-control"] == "private, no-cache"
    again = await fetched(ben, answer["url"], **{"If-None-Match": seen.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await chat.stand(ben, None, version=2)
    for headers in ({}, {"If-None-Match": seen.headers["etag"]}, {"Range": "bytes=0-1"}):
        refused = await fetched(ben, answer["url"], **headers)
        assert (refused.status_code, refused.json()["code"]) == (404, "room_not_found")
    await chat.stand(ben, "member", version=3)
    assert (await fetched(ben, answer["url"])).status_code == 200


async def test_strangers_and_other_rooms_open_nothing(chat: Chat, anna: Person) -> None:
    answer = await a_sent_file(chat, anna)
    stranger = await chat.hub.member("Sven Stranger")
    assert (await fetched(stranger, answer["url"])).status_code == 404
    assert (await chat.hub.http().get(f"http://hub.test{answer['url']}")).status_code == 401
    elsewhere = answer["url"].replace(chat.room, await a_talk(anna, await chat.member("Ben")))
    assert (await fetched(anna, elsewhere)).json()["code"] == "attachment_not_found"
    assert (await fetched(anna, answer["url"].replace("/file", "/clip"))).status_code == 404


async def test_nothing_that_is_said_of_a_file_names_it_in_the_store(chat: Chat, anna: Person) -> None:
    answer = await a_sent_file(chat, anna)
    key = [key async for key in chat.hub.port(Blobs).keys()][0]  # noqa: SIM118, RUF015
    file = await fetched(anna, answer["url"])
    assert key.partition("-")[2].partition(".")[0] not in str(file.headers) + str(answer)


async def test_a_pass_shows_files_in_a_page_for_as_long_as_the_sign_in(chat: Chat, anna: Person, ben: Person) -> None:
    answer = await a_sent_file(chat, anna)
    given = await ben.http.put("chat/pass")
    cookie = given.headers["set-cookie"]
    assert given.status_code == 204
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/api/v1/rooms"))
    value = cookie.partition("=")[2].partition(";")[0]

    async def shown() -> int:
        return (
            await chat.hub.http().get(f"http://hub.test{answer['url']}", headers={"Cookie": f"hub_files={value}"})
        ).status_code

    assert await shown() == 200
    await chat.stand(ben, None, version=2)
    assert await shown() == 404
    await chat.stand(ben, "member", version=3)
    chat.hub.clock.advance(timedelta(days=31))
    assert await shown() == 401


async def test_a_pass_outlives_a_token_that_is_about_to_end(chat: Chat, ben: Person) -> None:
    token = chat.hub.token(ben, lifetime=timedelta(seconds=30))
    given = await chat.hub.http(token).put("chat/pass")
    value = given.headers["set-cookie"].partition("=")[2].partition(";")[0]
    passes = chat.hub.port(Passes)
    assert passes.read(value, chat.hub.clock() + timedelta(minutes=9)) == ben.id
    assert passes.read(value, chat.hub.clock() + timedelta(minutes=11)) is None


@pytest.mark.parametrize("text", ["", "x", "é", "A" * 40, "====", "-_" * 30])
async def test_a_pass_that_is_none_opens_nothing(chat: Chat, text: str) -> None:
    passes = chat.hub.port(Passes)
    assert passes.read(text, chat.hub.clock()) is None
    good = passes.write(new_id(), chat.hub.clock() + timedelta(minutes=5))  # type: ignore[arg-type]
    other = Passes(b"another hub")
    assert other.read(good, chat.hub.clock()) is None
    assert passes.read(good[:-4] + "AAAA", chat.hub.clock()) is None


async def test_an_upload_goes_into_one_message_of_its_owner(chat: Chat, anna: Person, ben: Person) -> None:
    answer = (await upload(chat, anna, b"the plan")).json()
    stolen = await sent(chat, ben, answer["id"])
    assert (stolen.status_code, stolen.json()["code"]) == (422, "upload_not_found")
    client_id = new_id()
    first = await sent(chat, anna, answer["id"], client_id=client_id)
    again = await sent(chat, anna, answer["id"], client_id=client_id)
    assert (first.status_code, again.json()) == (201, first.json())
    assert (await sent(chat, anna, answer["id"])).json()["code"] == "upload_not_found"
    refused = await anna.http.delete(f"rooms/{chat.room}/attachments/{answer['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "attached_already")
    page = (await ben.http.get(f"rooms/{chat.room}/messages")).json()
    assert [message["attachments"] for message in page["messages"]] == [[answer]]


async def test_what_a_picture_shows_may_be_said_when_it_is_sent(chat: Chat, anna: Person, ben: Person) -> None:
    plan, map_ = [(await upload(chat, anna, b"the plan")).json()["id"] for _ in range(2)]
    assert (await sent(chat, anna, plan, map_, alts={plan: " The pitch, from above "})).status_code == 201
    [message] = (await ben.http.get(f"rooms/{chat.room}/messages")).json()["messages"]
    assert [each["alt"] for each in message["attachments"]] == ["The pitch, from above", "what it shows"]


async def test_a_description_of_another_file_or_without_end_is_refused_and_nothing_is_sent(
    chat: Chat, anna: Person
) -> None:
    plan, other = [(await upload(chat, anna, b"the plan")).json()["id"] for _ in range(2)]
    foreign = await sent(chat, anna, plan, alts={other: "A plan"})
    endless = await sent(chat, anna, plan, alts={plan: "a" * 501})
    assert [each.status_code for each in (foreign, endless)] == [422, 422]
    assert (await anna.http.get(f"rooms/{chat.room}/messages")).json()["messages"] == []


async def test_one_upload_that_is_not_there_sends_nothing(chat: Chat, anna: Person) -> None:
    answer = (await upload(chat, anna, b"the plan")).json()
    refused = await sent(chat, anna, answer["id"], new_id())
    assert refused.json()["code"] == "upload_not_found"
    assert (await anna.http.get(f"rooms/{chat.room}/messages")).json()["messages"] == []
    assert (await sent(chat, anna, answer["id"])).status_code == 201


async def test_a_claim_that_was_lost_is_made_good(chat: Chat, anna: Person, ben: Person) -> None:
    """Where messages are kept elsewhere, a message may stand whose claim did not."""
    answer = await a_sent_file(chat, anna)
    async with chat.hub.works.open() as work:
        await work.session.execute(update(AttachmentRow).values(message_id=None))
    assert (await fetched(ben, answer["url"])).status_code == 404
    await chat.hub.settle()
    assert (await fetched(ben, answer["url"])).status_code == 200


async def test_files_of_a_deleted_message_are_shown_to_nobody_and_then_removed(chat: Chat, anna: Person) -> None:
    answer = (await upload(chat, anna, b"the plan")).json()
    message = (await sent(chat, anna, answer["id"])).json()
    wish = DeleteMessage(room=chat.room, client_id=new_id(), target=message["id"])
    async with chat.hub.works.open() as work:
        await deleting.delete_message(work, anna.caller, wish)
    assert (await fetched(anna, answer["url"])).status_code == 404
    assert await sweeping.sweep(chat.hub.works, chat.hub.port(Blobs)) == 1
    assert await kept(chat) == (0, 0, 0)


async def test_files_of_messages_that_the_room_forgot_go_with_them(chat: Chat, anna: Person) -> None:
    old, new = await a_sent_file(chat, anna), await a_sent_file(chat, anna)
    async with chat.hub.works.open() as work:
        await service.truncate(work, chat.room, 2)
    await chat.hub.settle()
    assert (await fetched(anna, old["url"])).status_code == 404
    assert (await fetched(anna, new["url"])).status_code == 200


async def test_uploads_that_were_never_sent_go_after_a_day(chat: Chat, anna: Person) -> None:
    await a_sent_file(chat, anna)
    chat.hub.clock.advance(timedelta(hours=2))
    await upload(chat, anna, b"forgotten")
    blobs = chat.hub.port(Blobs)
    chat.hub.clock.advance(timedelta(hours=23))
    assert await sweeping.sweep(chat.hub.works, blobs) == 0
    chat.hub.clock.advance(timedelta(hours=2))
    assert await sweeping.sweep(chat.hub.works, blobs) == 1
    assert (await kept(chat))[:2] == (1, 1)


async def test_files_of_an_upload_that_died_are_removed_a_day_later(chat: Chat, anna: Person) -> None:
    await a_sent_file(chat, anna)
    blobs = chat.hub.port(Blobs)
    draft = blobs.scratch() / "orphan"
    draft.write_bytes(b"nobody names it")
    await blobs.put(draft, kind="attachment", suffix=".bin")
    chat.hub.clock.real()
    assert await sweeping.drop_orphans(chat.hub.works, blobs) == 0
    chat.hub.clock.advance(timedelta(hours=25))
    assert await sweeping.drop_orphans(chat.hub.works, blobs) == 1
    assert (await kept(chat))[:2] == (1, 1)


async def test_nothing_said_of_a_file_holds_a_blocked_term(chat: Chat, anna: Person, ben: Person) -> None:
    await chat.stand(anna, "admin", version=2)
    await anna.http.put(f"rooms/of-club/{chat.club_id}/blocked-terms", json={"terms": ["muppet", "the plan"]})
    plan = (await upload(chat, ben, b"a plan")).json()["id"]
    refused = await sent(chat, ben, plan, alts={plan: "a muppet on the pitch"})
    assert (refused.status_code, refused.json()["code"]) == (422, "blocked_term")
    assert (await sent(chat, ben, plan, alts={plan: "a player on the pitch"})).status_code == 201
