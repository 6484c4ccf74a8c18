"""The index of messages made anew from the store, beside the old one, which answers until the new one is whole."""

from collections.abc import AsyncIterator

import structlog

from chat_service.messages.walking import messages_after_ignoring_membership
from chat_service.rooms.titling import room_ids_after
from chat_service.searching.documents import of_message
from chat_service.searching.index import MessageIndex
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import RoomId
from clubkit.search.errors import RebuildRunning
from clubkit.search.port import Document

log = structlog.get_logger("search")

BATCH = 500


async def rebuild(works: Works) -> int:
    """Answers the number of messages; 0 when somebody is at it already. Raises SearchOwnedElsewhere.

    If it fails, the old index stays.
    """
    try:
        count = await works.ports[MessageIndex].rebuild(documents(works))
    except RebuildRunning:
        return 0
    log.info("index of messages rebuilt", documents=count)
    return count


async def has_any(work: UnitOfWork) -> bool:
    """Whether there is anything to be found."""
    return bool(await room_ids_after(work, "", 1))


async def documents(works: Works) -> AsyncIterator[Document]:
    """Every message that is not deleted, read in short transactions so that nobody waits for it."""
    async for room_id in _rooms(works):
        after = 0
        while True:
            async with works.reading() as work:
                batch = await messages_after_ignoring_membership(work, room_id, after, BATCH)
            for message in batch:
                if message.deleted_at is None:
                    yield of_message(message)
            if len(batch) < BATCH:
                break
            after = batch[-1].seq


async def _rooms(works: Works) -> AsyncIterator[RoomId]:
    last = ""
    while True:
        async with works.reading() as work:
            batch = await room_ids_after(work, last, BATCH)
        for room_id in batch:
            yield room_id
        if len(batch) < BATCH:
            return
        last = batch[-1]
