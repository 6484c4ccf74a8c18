"""What members and other services are told of a room's messages."""

from typing import Any

from sqlalchemy import select

from clubkit.contracts.base import Fact
from clubkit.contracts.chat import MessageSent
from clubkit.db.models import OutboxRow
from clubkit.documents.port import Documents
from clubkit.testing.hub import Person


async def facts(chat: Any) -> list[Fact]:
    """What chat has told the log of messages, in order."""
    if documents := chat.hub.ports.get(Documents):
        kept = await documents.collection("messages").find({"pending": {"$exists": True}}, order=[("seq", 1)])
        return [Fact.read(each["pending"]["type"], each["pending"]["payload"]) for each in kept]
    async with chat.hub.works.reading() as work:
        query = select(OutboxRow.type, OutboxRow.payload).where(OutboxRow.topic == MessageSent.topic)
        rows = await work.session.execute(query.order_by(OutboxRow.id))
        return [Fact.read(row.type, row.payload) for row in rows]


async def counts(chat: Any, who: Person) -> tuple[int, int]:
    """(unread, mentions) as the list of rooms says, which one room and the heartbeat must say as well."""
    [room] = [each for each in (await who.http.get("rooms")).json()["data"] if each["id"] == chat.room]
    one = (await who.http.get(f"rooms/{chat.room}")).json()
    assert (one["unread"], one["mentions"]) == (room["unread"], room["mentions"])
    return room["unread"], room["mentions"]


async def read(chat: Any, who: Person, seq: int) -> tuple[int, int]:
    pointer = (await who.http.put(f"rooms/{chat.room}/read", json={"seq": seq})).json()
    return pointer["unread"], pointer["mentions"]
