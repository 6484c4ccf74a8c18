"""Claims due rows, hands them to workers, runs them, and takes back what a dead worker left behind."""

import asyncio
import contextlib
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Update, or_, select, update

from clubkit.contracts.base import Contract
from clubkit.db.database import Database
from clubkit.db.models import JobRow
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import Works
from clubkit.errors import Outcome, Unavailable
from clubkit.ids import JobId, new_id
from clubkit.jobs.port import Every, Job, JobRun
from clubkit.observability.metrics import job_seconds, jobs_ended
from clubkit.observability.tracing import entered
from clubkit.ports import Ports
from clubkit.waking import rung

log = structlog.get_logger("jobs")

Send = Callable[[str, str], Awaitable[None]]
"""Hands (job id, queue) to a worker; losing it is fine, the row is claimed again later."""
TICK_SECONDS = 1.0
UNSTARTED = timedelta(minutes=2)
"""A job that was sent but not begun after this long is sent again."""
LEASE = timedelta(seconds=60)
"""A running job whose worker has not been heard of for this long is taken up again."""
BEAT = timedelta(seconds=10)
DEATHS = 5
"""A job that this many more workers died of than it may fail is given up: it may be what kills them."""


class JobStatus(Contract):
    id: str
    name: str
    state: str
    progress: float
    stage: str
    error: str | None = None
    result: dict[str, Any] | None = None


def begun_here(recurring: Sequence[Every], elsewhere: str) -> list[Every]:
    """Those that are not named in `elsewhere`, with commas between."""
    names = {name.strip() for name in elsewhere.split(",")}
    return [every for every in recurring if every.job not in names]


class Dispatcher:
    """Moves due jobs from the table to the workers. Any number may run; a row is claimed by one.

    jobs: those it knows. Others are left for the dispatcher of the process that does.
    """

    def __init__(self, works: Works, jobs: Mapping[str, Job], recurring: Sequence[Every], send: Send) -> None:
        self._works = works
        self._jobs = jobs
        self._recurring = recurring
        self._send = send
        self._wake = asyncio.Event()
        works.on_commit(lambda work: self._wake.set() if work.has_jobs else None)

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self.tick()
            except Exception:
                log.exception("could not dispatch jobs")
            await rung(self._wake, TICK_SECONDS)

    async def tick(self) -> list[str]:
        """Claims what is due and sends it; answers the ids."""
        await self._plan_recurring()
        claimed = await self._claim()
        for job_id, name in claimed:
            await self._send(job_id, self._jobs[name].queue)
        return [job_id for job_id, _ in claimed]

    async def _plan_recurring(self) -> None:
        now = self._works.clock()
        rows = []
        for every in self._recurring:
            period = int(now.timestamp() // every.period.total_seconds())
            rows.append(
                {
                    "id": new_id(now), "name": every.job, "arguments": {}, "state": "due", "attempts": 0,
                    "progress": 0.0, "stage": "", "unique_key": f"every:{every.job}:{period}",
                    "created_at": now, "due_at": now,
                }
            )  # fmt: skip
        keys = [row["unique_key"] for row in rows]
        async with self._works.reading() as work:
            known = set(await work.session.scalars(select(JobRow.unique_key).where(JobRow.unique_key.in_(keys))))
        if missing := [row for row in rows if row["unique_key"] not in known]:
            async with self._works.open() as work:
                await insert_or_ignore(work.session, JobRow, missing)

    async def _claim(self) -> list[tuple[str, str]]:
        now = self._works.clock()
        lost = (JobRow.state == "sent") & (JobRow.claimed_at < now - UNSTARTED)
        overdue = (JobRow.state == "running") & (JobRow.claimed_at < now)
        ready = JobRow.name.in_(self._jobs) & or_((JobRow.state == "due") & (JobRow.due_at <= now), lost, overdue)
        async with self._works.reading() as work:
            if not await work.session.scalar(select(JobRow.id).where(ready).limit(1)):
                return []
        async with self._works.open() as work:
            query = select(JobRow.id, JobRow.name).where(ready).order_by(JobRow.due_at).limit(20)
            rows = [(r.id, r.name) for r in await work.session.execute(query.with_for_update(skip_locked=True))]
            ids = [job_id for job_id, _ in rows]
            await work.session.execute(update(JobRow).where(JobRow.id.in_(ids)).values(state="sent", claimed_at=now))
            return rows


async def take_back_jobs(database: Database) -> None:
    """Makes due again what was under way. Only for who knows that no worker lives: a stopped hub's died with it."""
    async with database.transaction(writes=True) as session:
        under_way = JobRow.state.in_(("sent", "running"))
        await session.execute(update(JobRow).where(under_way).values(state="due", claimed_at=None))


async def run_job(job_id: str, jobs: Mapping[str, Job], ports: Ports) -> str:
    """Runs one claimed job to its end; answers its state. A job already ended is left alone."""
    works = ports[Works]
    begun = await _begin(works, job_id, jobs)
    if begun is None:
        return "skipped"
    job, arguments, attempt = begun
    try:
        run = JobRun(JobId(job_id), ports, _reporter(works, job_id))
        with entered(f"job {job.name}", kind="consumer"), job_seconds.labels(job.name).time():
            async with _alive(works, job_id, job, attempt):
                result = await job.run(run, **arguments)
    except Unavailable as away:  # a mail server, a disk: not a refusal, so worth another try
        log.warning("job could not be done yet", job=job.name, job_id=job_id, attempt=attempt, why=away.detail)
        state = await _fail(works, job_id, job, attempt, away)
    except Outcome as refused:
        state = await _end(works, job_id, attempt, "failed", error=refused.detail)
    except Exception as failure:
        log.exception("job failed", job=job.name, job_id=job_id, attempt=attempt)
        state = await _fail(works, job_id, job, attempt, failure)
    else:
        state = await _end(works, job_id, attempt, "done", result=result)
    jobs_ended.labels(job.name, state).inc()
    return state


async def job_status(works: Works, job_id: str) -> JobStatus | None:
    async with works.reading() as work:
        row = await work.session.get(JobRow, job_id)
        return None if row is None else status_of(row)


def status_of(row: JobRow) -> JobStatus:
    return JobStatus(
        id=row.id,
        name=row.name,
        state=row.state,
        progress=row.progress,
        stage=row.stage,
        error=row.error,
        result=row.result,
    )


async def _begin(works: Works, job_id: str, jobs: Mapping[str, Job]) -> tuple[Job, dict[str, Any], int] | None:
    async with works.open() as work:
        row = await work.session.get(JobRow, job_id, with_for_update=True)
        if row is None or row.state != "sent" or row.name not in jobs:
            return None
        job = jobs[row.name]
        if row.attempts >= job.attempts + DEATHS:
            row.state, row.ended_at, row.error = "failed", work.now, "Every worker that did this died of it."
            return None
        row.state = "running"
        row.attempts += 1
        row.claimed_at = work.now + LEASE
        return job, row.arguments, row.attempts


@contextlib.asynccontextmanager
async def _alive(works: Works, job_id: str, job: Job, attempt: int) -> AsyncIterator[None]:
    """Says now and then that this worker lives, for as long as the job may take: who is silent has died."""
    limit = works.clock() + job.time_limit

    async def beat() -> None:
        while works.clock() < limit:
            await asyncio.sleep(BEAT.total_seconds())
            try:
                await renew(works, job_id, attempt)
            except Unavailable as away:
                log.warning("could not say that a job is under way", job=job.name, job_id=job_id, why=away.detail)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)


async def renew(works: Works, job_id: str, attempt: int) -> None:
    """The worker at this attempt lives."""
    async with works.open() as work:
        await work.session.execute(_mine(job_id, attempt).values(claimed_at=work.now + LEASE))


def _mine(job_id: str, attempt: int) -> Update:
    """The row, while it is this attempt's: a worker that was taken for dead writes nothing over its successor's."""
    return update(JobRow).where(JobRow.id == job_id, JobRow.state == "running", JobRow.attempts == attempt)


async def _end(works: Works, job_id: str, attempt: int, state: str, **values: Any) -> str:
    async with works.open() as work:
        done = {"progress": 1.0} if state == "done" else {}
        await work.session.execute(_mine(job_id, attempt).values(state=state, ended_at=work.now, **done, **values))
    return state


async def _fail(works: Works, job_id: str, job: Job, attempt: int, failure: Exception) -> str:
    reason = "".join(traceback.format_exception_only(failure)).strip()[:2000]
    if attempt >= job.attempts:
        return await _end(works, job_id, attempt, "failed", error=reason)
    async with works.open() as work:
        again = work.now + timedelta(seconds=5 * 4 ** (attempt - 1))
        await work.session.execute(_mine(job_id, attempt).values(state="due", due_at=again, error=reason))
    return "retrying"


def _reporter(works: Works, job_id: str) -> Any:
    async def report(done: float, stage: str = "") -> None:
        async with works.open() as work:
            values: dict[str, Any] = {"progress": max(0.0, min(1.0, done))}
            if stage:
                values["stage"] = stage[:160]
            await work.session.execute(update(JobRow).where(JobRow.id == job_id).values(**values))

    return report
