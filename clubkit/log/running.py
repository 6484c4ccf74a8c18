"""The loop that feeds a consumer from the log: batches, exactly-once effects, retries, dead letters.

A fact that fails waits by itself (`clubkit.log.parking`): later facts of its key queue up behind it, all others go on.
A server that is away is no fact's fault: the group waits, and no attempt is counted.
"""

import asyncio
import random
import time
from contextlib import suppress

import structlog

from clubkit.db.work import Works
from clubkit.log import parking
from clubkit.log.consumer import Consumer
from clubkit.log.letters import bury
from clubkit.log.outages import is_outage
from clubkit.log.port import EventLog, LogReader, Record
from clubkit.log.retrying import any_waiting, take_due
from clubkit.log.taking import Unreadable, take

log = structlog.get_logger("log")

TRIES_AT_ONCE = 2
"""Of a fact alone, before it is put aside: a lost race is won the second time."""
IDLE_SECONDS = (3.75, 6.25)
"""How long a group with nothing to do sleeps; drawn, lest all of them wake at once and hold up everybody."""
LOOK_SECONDS = 1.0
"""How often a group looks for facts whose next try is due."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0


async def run_consumer(consumer: Consumer, event_log: EventLog, works: Works) -> None:
    """Runs until cancelled. One transaction per batch; a batch that fails is taken record by record."""
    pause = FIRST_PAUSE
    async with event_log.reader(consumer.group, consumer.topics, linger=consumer.linger) as reader:
        loop = _Loop(consumer, reader, works)
        while True:
            try:
                await loop.once()
                pause = FIRST_PAUSE
            except asyncio.CancelledError:
                raise
            except Exception as failure:
                if is_outage(failure):
                    log.warning("consumer waits for a server", group=consumer.group, error=repr(failure), pause=pause)
                else:
                    log.exception("consumer stumbled", group=consumer.group)
                with suppress(Exception):
                    await reader.rewind()
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)


class _Loop:
    def __init__(self, consumer: Consumer, reader: LogReader, works: Works) -> None:
        self._consumer = consumer
        self._reader = reader
        self._works = works
        self._next_look = 0.0
        self._wait = LOOK_SECONDS

    async def once(self) -> None:
        waiting = False
        if time.monotonic() >= self._next_look:
            waiting = await any_waiting(self._consumer, self._works)
            if waiting:
                await take_due(self._consumer, self._works)
            self._next_look = time.monotonic() + LOOK_SECONDS
        taken = await take_next(self._consumer, self._reader, self._works, wait=self._wait)
        # What was just taken may have left something waiting; whoever is idle and has nothing waiting looks less often.
        self._wait = LOOK_SECONDS if taken or waiting else random.uniform(*IDLE_SECONDS)


async def take_next(consumer: Consumer, reader: LogReader, works: Works, *, wait: float = 0.0) -> int:
    """Takes the next batch, if any; answers how many records were dealt with. Raises when a server is away."""
    records = await reader.fetch(limit=consumer.max_batch, wait=wait)
    if not records:
        return 0
    try:
        await take(consumer, reader, works, records)
    except Exception as failure:
        if is_outage(failure):
            raise
        log.warning("batch failed, going one by one", group=consumer.group, size=len(records), error=repr(failure))
        for record in records:
            await _take_alone(consumer, reader, works, record)
    return len(records)


async def _take_alone(consumer: Consumer, reader: LogReader, works: Works, record: Record) -> None:
    for attempt in range(TRIES_AT_ONCE):
        try:
            return await take(consumer, reader, works, [record])
        except Unreadable as broken:
            return await _give_up(consumer, reader, works, record, broken)
        except Exception as failure:
            if is_outage(failure):
                raise
            log.exception("fact refused", group=consumer.group, fact=record.type, attempt=attempt)
            last = failure
    async with works.open() as work:
        await parking.park(work, consumer.group, [record], attempts=1, reason=repr(last))
        await reader.mark(work, [record])
    return None


async def _give_up(consumer: Consumer, reader: LogReader, works: Works, record: Record, broken: Unreadable) -> None:
    async with works.open() as work:
        await bury(work, consumer.group, record, str(broken))
        await reader.mark(work, [record])
