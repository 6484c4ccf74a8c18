"""The loop that feeds a consumer from the log: batches, exactly-once effects, retries, dead letters."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from pydantic import ValidationError
from sqlalchemy import insert, select

from clubkit.contracts.base import Fact
from clubkit.db.models import DeadLetterRow, InboxRow
from clubkit.db.work import AfterCommit, UnitOfWork, Works
from clubkit.log.consumer import Consumer
from clubkit.log.port import EventLog, LogReader, Record
from clubkit.observability.metrics import fact_age, facts_handled, facts_refused, handle_seconds
from clubkit.observability.tracing import entered

log = structlog.get_logger("log")

RETRIES = 3
IDLE_SECONDS = 5.0


async def run_consumer(consumer: Consumer, event_log: EventLog, works: Works) -> None:
    """Runs until cancelled. One transaction per batch; a batch that fails is retried record by record."""
    async with event_log.reader(consumer.group, consumer.topics) as reader:
        while True:
            try:
                await take_next(consumer, reader, works, wait=IDLE_SECONDS)
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("consumer stumbled", group=consumer.group)
                with suppress(Exception):
                    await reader.rewind()
                await asyncio.sleep(1.0)


async def take_next(consumer: Consumer, reader: LogReader, works: Works, *, wait: float = 0.0) -> int:
    """Takes the next batch, if any; answers how many records were dealt with."""
    records = await reader.fetch(limit=consumer.max_batch, wait=wait)
    if not records:
        return 0
    try:
        await _take(consumer, reader, works, records)
    except Exception as failure:  # noqa: BLE001  whatever a handler raises, its record must not stop the log
        log.warning("batch failed, going one by one", group=consumer.group, size=len(records), error=repr(failure))
        for record in records:
            await _take_alone(consumer, reader, works, record)
    return len(records)


async def _take(consumer: Consumer, reader: LogReader, works: Works, records: Sequence[Record]) -> None:
    """The batch hangs under what caused its first fact, and is linked with what caused the others."""
    first, *others = dict.fromkeys(record.trace_id for record in records)
    with (
        handle_seconds.labels(consumer.group).time(),
        entered(f"take {consumer.group}", kind="consumer", cause=first, links=others, facts=len(records)),
    ):
        fresh = await _take_effect(consumer, reader, works, records)
    facts_handled.labels(consumer.group).inc(len(fresh))
    if fresh:
        waited = (works.clock() - fresh[0].at).total_seconds()
        fact_age.labels(consumer.group).observe(max(0.0, waited))


async def _take_effect(
    consumer: Consumer, reader: LogReader, works: Works, records: Sequence[Record]
) -> Sequence[Record]:
    afterwards: list[AfterCommit] = []
    fresh: list[Record] | None = None
    if consumer.effects_outside:
        async with works.reading() as work:
            fresh = await _handle_unseen(consumer, work, records)
            afterwards = work.afterwards
    async with works.open() as work:
        if fresh is None:
            fresh = await _handle_unseen(consumer, work, records)
        if fresh:
            rows = [{"group": consumer.group, "fact_id": r.fact_id} for r in fresh]
            await work.session.execute(insert(InboxRow), rows)
        await reader.mark(work, records)
        for call in afterwards:
            work.after_commit(call)
    return fresh


async def _handle_unseen(consumer: Consumer, work: UnitOfWork, records: Sequence[Record]) -> list[Record]:
    fresh = await _unseen(work, consumer.group, records)
    await consumer.handle(work, [_read(record) for record in fresh])
    return fresh


async def _take_alone(consumer: Consumer, reader: LogReader, works: Works, record: Record) -> None:
    reason = ""
    for attempt in range(RETRIES):
        try:
            await _take(consumer, reader, works, [record])
        except (KeyError, ValidationError) as broken:
            reason = repr(broken)
            break
        except Exception as failure:
            log.exception("fact refused", group=consumer.group, fact=record.type, attempt=attempt)
            reason = repr(failure)
            await asyncio.sleep(0.05 * 4**attempt)
        else:
            return
    await _bury(consumer, reader, works, record, reason)


async def _bury(consumer: Consumer, reader: LogReader, works: Works, record: Record, reason: str) -> None:
    async with works.open() as work:
        row = {
            "group": consumer.group,
            "fact_id": record.fact_id,
            "topic": record.topic,
            "key": record.key,
            "type": record.type,
            "payload": record.payload,
            "reason": reason,
            "at": work.now,
        }
        await work.session.execute(insert(DeadLetterRow), [row])
        await reader.mark(work, [record])
    facts_refused.labels(consumer.group).inc()


async def _unseen(work: UnitOfWork, group: str, records: Sequence[Record]) -> list[Record]:
    ids = [r.fact_id for r in records]
    query = select(InboxRow.fact_id).where(InboxRow.group == group, InboxRow.fact_id.in_(ids))
    seen = set(await work.session.scalars(query))
    fresh: list[Record] = []
    for record in records:
        if record.fact_id not in seen:
            seen.add(record.fact_id)
            fresh.append(record)
    return fresh


def _read(record: Record) -> Fact:
    return record.fact()
