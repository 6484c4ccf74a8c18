"""Polls: one vote each, counted the same for everybody, over when they are over."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, messages, say


class Poll:
    """A poll of Anna's in a room with Ben, over their sockets."""

    def __init__(self, chat: Any, room: str, sockets: dict[str, Any]) -> None:
        self.chat = chat
        self.room = room
        self.sockets = sockets
        self.target = ""

    async def ask(self, who: Person, **more: Any) -> dict[str, Any]:
        wish = {"question": "Who drives?", "options": ["I do", "Not me", "Train"], **more}
        ack = await self._call(who, "poll.ask", client_id=new_id(), **wish)
        self.target = ack.get("id", "")
        return ack

    async def vote(self, who: Person, *options: int, client_id: str = "") -> dict[str, Any]:
        return await self._call(
            who, "poll.vote", client_id=client_id or new_id(), target=self.target, options=list(options)
        )

    async def close(self, who: Person, client_id: str = "") -> dict[str, Any]:
        return await self._call(who, "poll.close", client_id=client_id or new_id(), target=self.target)

    async def card(self, who: Person) -> dict[str, Any]:
        [message] = [each for each in await messages(who, self.room) if each["id"] == self.target]
        return message["card"]["data"]  # type: ignore[no-any-return]

    async def _call(self, who: Person, event: str, **wish: Any) -> dict[str, Any]:
        return await self.sockets[who.id].call(event, {"room": self.room, **wish})  # type: ignore[no-any-return]


@pytest.fixture
async def poll(chat: Any, anna: Person, ben: Person) -> AsyncIterator[Poll]:
    room = await a_room(chat, anna, ben)
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers, chat.hub.socket(url, ben) as his:
        poll = Poll(chat, room, {anna.id: hers, ben.id: his})
        await poll.ask(anna)
        yield poll


def refused(ack: dict[str, Any]) -> str:
    return "" if ack["ok"] else str(ack["problem"]["code"])


async def test_everybody_sees_who_chose_what(poll: Poll, anna: Person, ben: Person) -> None:
    await poll.vote(anna, 0)
    await poll.vote(ben, 2)
    card = await poll.card(ben)
    assert card == {
        "question": "Who drives?", "options": ["I do", "Not me", "Train"], "multiple": False, "closes_at": None,
        "closed_at": None, "votes": {"0": [anna.id], "2": [ben.id]},
    }  # fmt: skip


async def test_a_later_vote_replaces_the_earlier_and_none_takes_it_back(poll: Poll, ben: Person) -> None:
    await poll.vote(ben, 0)
    await poll.vote(ben, 1)
    assert (await poll.card(ben))["votes"] == {"1": [ben.id]}
    await poll.vote(ben)
    assert (await poll.card(ben))["votes"] == {}


async def test_the_same_vote_again_has_one_place(poll: Poll, ben: Person) -> None:
    client_id = new_id()
    first = await poll.vote(ben, 1, client_id=client_id)
    await poll.vote(ben, 2)
    again = await poll.vote(ben, 1, client_id=client_id)
    assert first["seq"] == again["seq"]
    assert (await poll.card(ben))["votes"] == {"2": [ben.id]}


async def test_a_poll_takes_one_answer_unless_it_says_so(poll: Poll, anna: Person, ben: Person) -> None:
    assert refused(await poll.vote(ben, 0, 1)) == "one_option_only"
    await poll.ask(anna, multiple=True)
    await poll.vote(ben, 2, 0)
    assert (await poll.card(ben))["votes"] == {"0": [ben.id], "2": [ben.id]}


@pytest.mark.parametrize("options", [[3], [0, 0]])
async def test_an_answer_that_is_not_there_is_refused(poll: Poll, ben: Person, options: list[int]) -> None:
    assert refused(await poll.vote(ben, *options)) == "no_such_option"


async def test_who_asked_ends_it_and_the_result_stands(poll: Poll, anna: Person, ben: Person) -> None:
    await poll.vote(ben, 1)
    client_id = new_id()
    ended = await poll.close(anna, client_id)
    assert (await poll.close(anna, client_id))["seq"] == ended["seq"]
    assert refused(await poll.vote(ben, 0)) == "poll_is_closed"
    card = await poll.card(ben)
    assert (card["votes"], card["closed_at"] is not None) == ({"1": [ben.id]}, True)


async def test_another_member_does_not_end_it(poll: Poll, ben: Person) -> None:
    assert refused(await poll.close(ben)) == "not_your_poll"


async def test_it_ends_by_itself(poll: Poll, anna: Person, ben: Person) -> None:
    ends = poll.chat.hub.clock() + timedelta(hours=1)
    await poll.ask(anna, closes_at=ends.isoformat())
    assert (await poll.vote(ben, 0))["ok"] is True
    poll.chat.hub.clock.advance(timedelta(hours=2))
    assert refused(await poll.vote(ben, 1)) == "poll_is_closed"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"options": ["One"]}, "poll_needs_options"),
        ({"options": ["Yes", "YES"]}, "poll_needs_options"),
        ({"options": [str(n) for n in range(21)]}, "invalid"),
        ({"question": " "}, "invalid"),
        ({"closes_at": "2020-01-01T00:00:00Z"}, "poll_ends_before"),
    ],
)
async def test_what_is_no_poll_is_refused(poll: Poll, anna: Person, wish: dict[str, Any], code: str) -> None:
    assert refused(await poll.ask(anna, **wish)) == code


async def test_a_message_without_a_poll_takes_no_vote(poll: Poll, anna: Person, ben: Person) -> None:
    poll.target = (await say(anna, poll.room, "no poll"))["id"]
    assert refused(await poll.vote(ben, 0)) == "not_a_poll"
    poll.target = new_id()
    assert refused(await poll.vote(ben, 0)) == "message_not_found"


async def test_a_poll_by_command_runs_as_long_as_it_says(poll: Poll, anna: Person, ben: Person) -> None:
    sent = await say(anna, poll.room, '/poll "When?" "Mo" "Tu" --for 3h --multiple')
    poll.target = sent["id"]
    card = await poll.card(ben)
    assert (card["options"], card["multiple"]) == (["Mo", "Tu"], True)
    poll.chat.hub.clock.advance(timedelta(hours=4))
    assert refused(await poll.vote(ben, 0)) == "poll_is_closed"
