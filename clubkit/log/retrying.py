"""Facts whose next try is due: taken in order per key, put off again, or put to the dead letters."""

import structlog

from clubkit.db.models import ParkedRow
from clubkit.db.work import Works
from clubkit.log import parking
from clubkit.log.consumer import Consumer
from clubkit.log.letters import bury
from clubkit.log.outages import is_outage
from clubkit.log.taking import Unreadable, count, hold_place, note_taken, read, unseen
from clubkit.observability.tracing import entered

log = structlog.get_logger("log")


async def take_due(consumer: Consumer, works: Works, *, hurry: bool = False) -> int:
    """Tries again what is due (hurry: all that waits, until nothing does). Answers how many tries that were.

    Raises when a server is away. Processes of one group may do this at the same time; each key is at one of them.
    """
    tries = 0
    while (parked := await _first_due(consumer, works, hurry=hurry)) is not None:
        try:
            is_ours = await _take_parked(consumer, works, parked)
        except Exception as failure:
            if is_outage(failure):
                raise
            log.warning("fact refused again", group=consumer.group, fact=parked.type, attempt=parked.attempts)
            is_ours = await _put_off(consumer, works, parked, failure)
        if not is_ours:
            break  # another process is at it
        tries += 1
    return tries


async def any_waiting(consumer: Consumer, works: Works) -> bool:
    async with works.reading() as work:
        return bool(await parking.held_keys(work, consumer.group))


async def _first_due(consumer: Consumer, works: Works, *, hurry: bool) -> ParkedRow | None:
    """A look that keeps no writer waiting."""
    async with works.reading() as work:
        return await parking.first_due(work, consumer.group, until=None if hurry else work.now)


async def _take_parked(consumer: Consumer, works: Works, parked: ParkedRow) -> bool:
    record = parking.record_of(parked)
    with entered(f"take {consumer.group}", kind="consumer", cause=parked.trace_id, attempt=parked.attempts):
        if consumer.effects_outside:
            async with works.reading() as work:
                await consumer.handle(work, [read(record)])
        async with works.open() as work:
            await hold_place(work, consumer.group)
            if not await parking.claim(work, parked.id):
                return False
            fresh = await unseen(work, consumer.group, [record])
            if fresh and not consumer.effects_outside:
                await consumer.handle(work, [read(record)])
            await note_taken(work, consumer.group, fresh)
            await parking.let_go(work, parked.id)
    count(consumer, works, fresh)
    return True


async def _put_off(consumer: Consumer, works: Works, parked: ParkedRow, failure: Exception) -> bool:
    async with works.open() as work:
        if not await parking.claim(work, parked.id):
            return False
        hopeless = isinstance(failure, Unreadable) or parked.attempts >= len(parking.DELAYS)
        if hopeless:
            await bury(work, consumer.group, parking.record_of(parked), repr(failure))
            await parking.let_go(work, parked.id)
        else:
            await parking.postpone(work, parked, repr(failure))
    return True
