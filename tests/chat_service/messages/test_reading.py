"""Pages of history in every direction, threads, and a history that is taken away."""

from datetime import timedelta
from typing import Any

from chat_service.messages import deleting, service
from chat_service.messages.schemas import DeleteMessage
from clubkit.ids import new_id
from clubkit.testing.hub import Person


def bodies(page: dict[str, Any]) -> list[str]:
    return [message["body"] for message in page["messages"]]


def sides(page: dict[str, Any]) -> tuple[bool, bool]:
    return page["has_older"], page["has_newer"]


async def answer(chat: Any, who: Person, body: str, **more: Any) -> dict[str, Any]:
    response = await who.http.post(f"rooms/{chat.room}/messages", json={"client_id": new_id(), "body": body} | more)
    return {"status": response.status_code, **response.json()}


async def test_pages_before_after_and_around_say_whether_there_is_more(chat: Any, anna: Person) -> None:
    for n in range(1, 8):
        await chat.say(anna, f"{n}")
    pages = {
        "newest": await chat.read(anna, "/messages", limit=3),
        "before": await chat.read(anna, "/messages", before=4, limit=3),
        "between": await chat.read(anna, "/messages", before=6, limit=2),
        "after": await chat.read(anna, "/messages", after=2, limit=2),
        "end": await chat.read(anna, "/messages", after=5, limit=9),
        "around": await chat.read(anna, "/messages", around=4, limit=4),
        "all": await chat.read(anna, "/messages", limit=9),
    }
    assert {name: (bodies(page), sides(page)) for name, page in pages.items()} == {
        "newest": (["5", "6", "7"], (True, False)),
        "before": (["1", "2", "3"], (False, True)),
        "between": (["4", "5"], (True, True)),
        "after": (["3", "4"], (True, True)),
        "end": (["6", "7"], (True, False)),
        "around": (["2", "3", "4", "5"], (True, True)),
        "all": (["1", "2", "3", "4", "5", "6", "7"], (False, False)),
    }
    assert {(page["head"], page["nth"], page["epoch"]) for page in pages.values()} == {(7, 7, 1)}


async def test_an_empty_room_is_an_empty_page(chat: Any, anna: Person) -> None:
    page = await chat.read(anna, "/messages")
    assert (bodies(page), sides(page), page["head"]) == ([], (False, False), 0)


async def tell(chat: Any, topic: str) -> None:
    async with chat.hub.works.open() as work:
        await service.notice(work, chat.room, "topic", {"topic": topic})


def told(page: dict[str, Any]) -> list[str]:
    return [notice["subject"]["topic"] for notice in page["notices"]]


async def test_each_of_the_rooms_own_lines_stands_on_one_page(chat: Any, anna: Person) -> None:
    await tell(chat, "first")
    for n in range(1, 5):
        await chat.say(anna, f"{n}")
        await tell(chat, f"after {n}")
    newest = await chat.read(anna, "/messages", limit=2)
    assert (bodies(newest), told(newest)) == (["3", "4"], ["after 2", "after 3", "after 4"])
    older = await chat.read(anna, "/messages", limit=9, before=newest["messages"][0]["seq"])
    assert (bodies(older), told(older)) == (["1", "2"], ["first", "after 1"])
    newer = await chat.read(anna, "/messages", limit=2, after=older["messages"][0]["seq"])
    assert (bodies(newer), told(newer)) == (["2", "3"], ["after 1", "after 2"])
    around = await chat.read(anna, "/messages", limit=2, around=older["messages"][1]["seq"])
    assert (bodies(around), told(around)) == (["1", "2"], ["first", "after 1"])
    root = newest["messages"][0]["id"]
    await answer(chat, anna, "I do", thread=root)
    assert (await chat.read(anna, f"/threads/{root}"))["answers"]["notices"] == []


async def test_a_room_in_which_only_the_hub_speaks_is_read_in_bounded_time(chat: Any, anna: Person) -> None:
    for n in range(101):
        await tell(chat, f"{n}")
    page = await chat.read(anna, "/messages")
    assert told(page) == [f"{n}" for n in range(1, 101)]


async def test_lines_from_before_the_history_begins_are_gone(chat: Any, anna: Person) -> None:
    await tell(chat, "old")
    await chat.say(anna, "1")
    async with chat.hub.works.open() as work:
        await service.truncate(work, chat.room, 2)
    page = await chat.read(anna, "/messages")
    assert [notice["what"] for notice in page["notices"]] == ["truncated"]


async def test_a_date_leads_to_the_first_message_from_then_on(chat: Any, anna: Person) -> None:
    moments = []
    for n in range(60):
        moments.append(chat.hub.clock())
        await chat.say(anna, f"{n}")
        chat.hub.clock.advance(timedelta(hours=1))
    for n in (0, 1, 17, 42, 59):
        async with chat.hub.works.reading() as work:
            assert await service.first_since(work, chat.room, moments[n] - timedelta(minutes=1)) == n + 1
            assert await service.first_since(work, chat.room, moments[n] + timedelta(minutes=1)) == n + 2
    token = chat.hub.token(anna, lifetime=timedelta(days=1))
    response = await chat.hub.http(token).get(
        f"rooms/{chat.room}/messages", params={"at": moments[30].isoformat(), "limit": 2}
    )
    assert bodies(response.json()) == ["29", "30"]


async def test_an_answer_shows_the_words_it_answers_until_they_are_deleted(
    chat: Any, anna: Person, ben: Person
) -> None:
    asked = await chat.say(anna, "Who drives?")
    await answer(chat, ben, "I do", reply_to=asked["id"])
    quote = (await chat.read(anna, "/messages"))["messages"][1]["reply_to"]
    assert quote == {"id": asked["id"], "seq": 1, "author_name": "Anna Berg", "preview": "Who drives?"}
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=asked["id"])
    assert (await chat.read(anna, "/messages"))["messages"][1]["reply_to"]["preview"] == ""
    refused = await answer(chat, ben, "Who?", reply_to=asked["id"])
    assert (refused["status"], refused["code"]) == (409, "message_is_deleted")
    nowhere = await answer(chat, ben, "What?", reply_to=new_id())
    assert (nowhere["status"], nowhere["errors"][0]["pointer"]) == (404, "/reply_to")


async def test_a_thread_is_counted_on_its_first_message_and_read_for_itself(
    chat: Any, anna: Person, ben: Person
) -> None:
    root = await chat.say(anna, "Tournament?")
    await chat.say(anna, "beside it")
    first = await answer(chat, ben, "yes", thread=root["id"])
    await answer(chat, anna, "fine", reply_to=first["id"])
    page = await chat.read(ben, "/messages")
    shown = page["messages"]
    assert (shown[0]["thread_count"], shown[0]["thread_last_at"]) == (2, shown[3]["at"])
    assert [message["thread"] for message in shown] == [None, None, root["id"], root["id"]]
    thread = await chat.read(ben, f"/threads/{root['id']}", limit=1)
    assert (thread["root"]["body"], bodies(thread["answers"]), sides(thread["answers"])) == (
        "Tournament?", ["yes"], (False, True),
    )  # fmt: skip
    rest = await chat.read(ben, f"/threads/{root['id']}", after=first["seq"])
    assert (bodies(rest["answers"]), sides(rest["answers"])) == (["fine"], (True, False))
    refused = await answer(chat, ben, "deeper", thread=first["id"])
    assert (refused["status"], refused["errors"][0]["pointer"]) == (404, "/thread")


async def test_after_a_truncation_there_is_nothing_before_it_and_counting_goes_on(
    chat: Any, anna: Person, ben: Person
) -> None:
    client_id = new_id()
    first = await chat.say(anna, "secret", client_id)
    for n in range(2, 6):
        await chat.say(anna, f"{n}")
    async with chat.hub.works.open() as work:
        head = await service.truncate(work, chat.room, 4)
    assert (head.epoch, head.seq, head.floor_seq) == (2, 6, 4)
    for query in ({}, {"before": 6}, {"after": 0}, {"around": 1}):
        page = await chat.read(ben, "/messages", **query)
        assert (bodies(page), page["has_older"], page["epoch"]) == (["4", "5"], False, 2)
    again = await chat.say(anna, "secret", client_id)
    assert again == first, "a receipt outlives what it is for"
    assert (await chat.say(anna, "next"))["seq"] == 7
    refused = await answer(chat, ben, "What?", reply_to=first["id"])
    assert refused["status"] == 404
    async with chat.hub.works.open() as work:
        assert await service.truncate(work, chat.room, 2) == await service.truncate(work, chat.room, 4)


async def test_all_of_a_history_can_be_taken_away(chat: Any, anna: Person) -> None:
    await chat.say(anna, "old")
    async with chat.hub.works.open() as work:
        head = await service.truncate(work, chat.room, 1_000)
    page = await chat.read(anna, "/messages")
    assert (bodies(page), sides(page), page["head"]) == ([], (False, False), head.seq)
    assert (await anna.http.get("rooms")).json()["data"][0]["last"] is None
    await chat.say(anna, "new")
    page = await chat.read(anna, "/messages")
    assert (bodies(page), sides(page)) == (["new"], (False, False))
