"""Figures that stand in tables and in the log, looked up now and then by the processes that consume and relay.

Jobs run in processes of a pool, and what waits belongs to nobody in particular: counting where it is kept is right
however many processes there are. Several may look up the same figure; a panel takes the largest.
"""

import asyncio
from collections.abc import Sequence

import structlog
from sqlalchemy import func, select

from clubkit.db.models import DeadLetterRow, JobRow
from clubkit.db.work import UnitOfWork, Works
from clubkit.log.consumer import Consumer
from clubkit.log.pending import PendingFacts
from clubkit.log.port import EventLog
from clubkit.observability.metrics import dead_letters, jobs_oldest, jobs_rows, log_lag, log_waiting, measured_at

log = structlog.get_logger("measuring")

EVERY_SECONDS = 15.0


async def keep_measuring(
    works: Works, event_log: EventLog, consumers: Sequence[Consumer], waiting: Sequence[PendingFacts]
) -> None:
    """Runs until cancelled. A server that is away leaves the last figures, and their age tells."""
    while True:
        try:
            await measure(works, event_log, consumers, waiting)
        except Exception as failure:  # noqa: BLE001  what is measured is watched elsewhere; this goes on
            log.warning("could not measure", error=repr(failure))
        await asyncio.sleep(EVERY_SECONDS)


async def measure(
    works: Works, event_log: EventLog, consumers: Sequence[Consumer], waiting: Sequence[PendingFacts]
) -> None:
    """Looks everything up once."""
    for consumer in consumers:
        log_lag.labels(consumer.group).set(await event_log.lag(consumer.group, consumer.topics))
    for source in waiting:
        log_waiting.labels(source.name).set(await source.waiting())
    async with works.reading() as work:
        await _measure_jobs(work)
        await _measure_dead_letters(work)
    measured_at.set(works.clock().timestamp())


async def _measure_jobs(work: UnitOfWork) -> None:
    counted = await work.session.execute(select(JobRow.name, JobRow.state, func.count()).group_by("name", "state"))
    jobs_rows.clear()
    for name, state, count in counted:
        jobs_rows.labels(name, state).set(count)
    due = select(JobRow.name, func.min(JobRow.due_at)).where(JobRow.state.in_(("due", "sent")))
    jobs_oldest.clear()
    for name, since in await work.session.execute(due.group_by(JobRow.name)):
        jobs_oldest.labels(name).set(max(0.0, (work.now - since).total_seconds()))


async def _measure_dead_letters(work: UnitOfWork) -> None:
    counted = await work.session.execute(select(DeadLetterRow.group, func.count()).group_by(DeadLetterRow.group))
    dead_letters.clear()
    for group, count in counted:
        dead_letters.labels(group).set(count)
