"""A chat with a club in it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from sqlalchemy import insert

from chat_service.messages.store_mongo_pending import PendingMessages
from chat_service.module import MODULE
from chat_service.rooms.service import club_room_id
from clubkit.adapters.mongo import open_mongo
from clubkit.contracts.social import MembershipChanged, ProfileChanged
from clubkit.db.models import OutboxRow
from clubkit.db.work import Works
from clubkit.documents.port import Documents
from clubkit.ids import ClubId, RoomId, new_id
from clubkit.log.pending import Outgoing, PendingSources
from clubkit.log.relay import Relay
from clubkit.testing.hub import Person, TestHub


@dataclass
class Chat:
    """Chat beside one club, spoken to as its members do."""

    hub: TestHub
    club_id: ClubId
    room: RoomId

    async def member(self, name: str) -> Person:
        person = await self.hub.member(name)
        profile = ProfileChanged(member_id=person.id, handle=person.handle, name=person.name, hue=152)
        await self.hub.publish(profile)
        await self.stand(person, "member", version=1)
        return person

    async def stand(self, person: Person, role: Any, *, version: int) -> None:
        fact = MembershipChanged(
            club_id=self.club_id,
            member_id=person.id,
            role=role,
            version=version,
            club_name="Riverside FC",
            club_hue=152,
        )
        await self.hub.publish(fact)
        await self.hub.settle()

    async def say(self, person: Person, body: str, client_id: str | None = None) -> dict[str, Any]:
        response = await person.http.post(
            f"rooms/{self.room}/messages", json={"client_id": client_id or new_id(), "body": body}
        )
        return {"status": response.status_code, **response.json()}

    async def write(self, person: Person, rule: Any, ask: type[Any], **what: Any) -> Any:
        """Has a rule do what a member asks of it in this room, in a transaction of its own."""
        wish = ask(**{"room": self.room, "client_id": new_id()} | what)
        async with self.hub.works.open() as work:
            return await rule(work, person.caller, wish)

    async def read(self, person: Person, path: str, **query: Any) -> Any:
        response = await person.http.get(f"rooms/{self.room}{path}", params=query)
        assert response.status_code == 200, response.text
        return response.json()

    async def history(self, person: Person, **query: Any) -> list[str]:
        response = await person.http.get(f"rooms/{self.room}/messages", params=query)
        assert response.status_code == 200, response.text
        return [message["body"] for message in response.json()["messages"]]


class IntoTheOutbox:
    """Takes the facts that messages in a document database carry to the log of this hub, which is its outbox."""

    def __init__(self, works: Works) -> None:
        self._works = works

    async def send(self, facts: Sequence[Outgoing]) -> None:
        async with self._works.open() as work:
            await work.session.execute(insert(OutboxRow), [asdict(fact) for fact in facts])

    async def close(self) -> None:
        """Nothing is held open."""


@pytest.fixture(params=["sql", pytest.param("mongo", marks=pytest.mark.servers)])
async def chat(request: pytest.FixtureRequest, make_hub: Any) -> AsyncIterator[Chat]:
    """Chat with its messages beside its tables, and with its messages in a document database."""
    hub = await make_hub(MODULE)
    club_id = ClubId(new_id())
    chat = Chat(hub, club_id, club_room_id(club_id))
    if request.param == "sql":
        yield chat
        return
    async with open_mongo(request.getfixturevalue("servers").mongo()) as documents:
        hub.ports.provide(Documents, documents)
        sources = PendingSources()
        sources.add(PendingMessages(documents, hub.clock))
        hub.ports.provide(Relay, Relay(sources, IntoTheOutbox(hub.works)))
        yield chat


@pytest.fixture
async def anna(chat: Chat) -> Person:
    return await chat.member("Anna Berg")


@pytest.fixture
async def ben(chat: Chat) -> Person:
    return await chat.member("Ben Okafor")
