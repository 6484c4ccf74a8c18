"""Jobs: stored with the work that wants them, run once, retried, and telling how it went."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.db.database import Database
from clubkit.jobs.port import Every
from clubkit.jobs.running import (
    DEATHS,
    LEASE,
    UNSTARTED,
    Dispatcher,
    begun_here,
    job_status,
    renew,
    run_job,
    take_back_jobs,
)


async def want(notes: Any, text: str, **options: Any) -> str:
    async with notes.hub.works.open() as work:
        return str(work.schedule("echo", text=text, **options))


async def status(notes: Any, job_id: str) -> Any:
    return await job_status(notes.hub.works, job_id)


class Sent:
    def __init__(self) -> None:
        self.ids: list[str] = []

    async def __call__(self, job_id: str, _queue: str) -> None:
        self.ids.append(job_id)


def dispatcher(notes: Any, sent: Sent, *recurring: Every) -> Dispatcher:
    return Dispatcher(notes.hub.works, notes.hub.jobs, recurring, sent)


async def test_a_job_runs_and_its_row_tells_the_result(notes: Any) -> None:
    job_id = await want(notes, "hello")
    await notes.hub.run_jobs()
    done = await status(notes, job_id)
    assert (done.state, done.progress, done.stage, done.result) == ("done", 1.0, "half way", {"said": "hello"})


async def test_a_job_for_later_waits_for_its_time(notes: Any) -> None:
    await want(notes, "later", due_at=notes.hub.clock() + timedelta(hours=1))
    await notes.hub.run_jobs()
    assert notes.ran == []
    notes.hub.clock.advance(timedelta(hours=1))
    await notes.hub.run_jobs()
    assert notes.ran == ["later"]


async def test_a_failing_job_is_tried_again_later_and_then_given_up(notes: Any) -> None:
    notes.failures = {"never": 99}
    job_id = await want(notes, "never")
    states = []
    for _ in range(4):
        states += await notes.hub.run_jobs()
        notes.hub.clock.advance(timedelta(minutes=5))
    assert states == ["retrying", "retrying", "failed"]
    assert "never fails" in (await status(notes, job_id)).error


async def test_a_job_handed_to_two_workers_runs_in_one(notes: Any) -> None:
    job_id = await want(notes, "once")
    sent = Sent()
    await dispatcher(notes, sent).tick()
    assert sent.ids == [job_id]
    states = [await run_job(job_id, notes.hub.jobs, notes.hub.ports) for _ in range(2)]
    assert (states, notes.ran) == (["done", "skipped"], ["once"])


async def test_a_job_that_no_worker_began_is_sent_again(notes: Any) -> None:
    job_id = await want(notes, "lost")
    sent = Sent()
    await dispatcher(notes, sent).tick()
    await dispatcher(notes, sent).tick()
    assert sent.ids == [job_id]
    notes.hub.clock.advance(UNSTARTED + timedelta(seconds=1))
    await dispatcher(notes, sent).tick()
    assert sent.ids == [job_id, job_id]


async def killed_in_the_middle(notes: Any, job_id: str) -> None:
    """A worker takes the job that waits, and is never heard of again."""
    from clubkit.db.models import JobRow

    await dispatcher(notes, Sent()).tick()
    notes.hub.clock.advance(timedelta(seconds=1))
    async with notes.hub.works.open() as work:
        row = await work.session.get(JobRow, job_id)
        assert row.state == "sent"
        row.state, row.attempts, row.claimed_at = "running", row.attempts + 1, work.now + LEASE


async def test_a_job_whose_worker_died_is_taken_up_soon(notes: Any) -> None:
    job_id = await want(notes, "died")
    await killed_in_the_middle(notes, job_id)
    assert await notes.hub.run_jobs() == []
    notes.hub.clock.advance(LEASE + timedelta(seconds=1))
    assert await notes.hub.run_jobs() == ["done"]


async def test_a_job_whose_worker_lives_is_left_to_it_however_long_it_takes(notes: Any) -> None:
    job_id = await want(notes, "long")
    await killed_in_the_middle(notes, job_id)
    for _ in range(5):
        notes.hub.clock.advance(LEASE - timedelta(seconds=5))
        await renew(notes.hub.works, job_id, 1)
        assert await notes.hub.run_jobs() == []


async def test_a_worker_says_that_it_lives_while_it_works(notes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from clubkit.jobs import running

    said: list[int] = []

    async def told(_works: Any, _job_id: str, attempt: int) -> None:
        said.append(attempt)

    monkeypatch.setattr(running, "BEAT", timedelta(0))
    monkeypatch.setattr(running, "renew", told)
    await want(notes, "works")
    assert await notes.hub.run_jobs() == ["done"]
    assert set(said) == {1}


async def test_a_worker_that_was_taken_for_dead_writes_nothing_over_its_successors(notes: Any) -> None:
    job_id = await want(notes, "slow")
    await killed_in_the_middle(notes, job_id)
    notes.hub.clock.advance(LEASE + timedelta(seconds=1))
    await killed_in_the_middle(notes, job_id)
    await renew(notes.hub.works, job_id, 1)  # the first one wakes
    notes.hub.clock.advance(LEASE - timedelta(seconds=1))
    assert await notes.hub.run_jobs() == []
    notes.hub.clock.advance(timedelta(seconds=2))
    assert await notes.hub.run_jobs() == ["done"]


async def test_a_job_that_kills_every_worker_is_given_up(notes: Any) -> None:
    job_id = await want(notes, "deadly")
    for _ in range(notes.hub.jobs["echo"].attempts + DEATHS):
        await killed_in_the_middle(notes, job_id)
        notes.hub.clock.advance(LEASE + timedelta(seconds=1))
    assert await notes.hub.run_jobs() == ["skipped"]
    assert (await status(notes, job_id)).state == "failed"
    assert notes.ran == []


async def test_jobs_of_a_hub_that_ended_are_due_again_at_once(notes: Any) -> None:
    from clubkit.db.models import JobRow

    running, sent = await want(notes, "running"), await want(notes, "sent")
    done = await want(notes, "done", due_at=notes.hub.clock() + timedelta(days=9))
    async with notes.hub.works.open() as work:
        for job_id, state in ((running, "running"), (sent, "sent"), (done, "done")):
            row = await work.session.get(JobRow, job_id)
            row.state, row.claimed_at = state, work.now + timedelta(hours=2)
    await take_back_jobs(notes.hub.port(Database))
    states = {(await status(notes, job_id)).state for job_id in (running, sent)}
    assert (states, (await status(notes, done)).state) == ({"due"}, "done")
    assert await notes.hub.run_jobs() == ["done", "done"]


async def test_a_recurring_job_is_planned_once_per_period(notes: Any) -> None:
    sent = Sent()
    every = Every("echo", timedelta(minutes=10))
    for _ in range(3):
        await dispatcher(notes, sent, every).tick()
    assert len(sent.ids) == 1
    notes.hub.clock.advance(timedelta(minutes=10))
    await dispatcher(notes, sent, every).tick()
    assert len(set(sent.ids)) == 2


def test_what_something_else_starts_is_not_begun_here() -> None:
    nightly, hourly = Every("train", timedelta(days=1)), Every("flush", timedelta(hours=1))
    assert begun_here([nightly, hourly], "") == [nightly, hourly]
    assert begun_here([nightly, hourly], "train, rotate") == [hourly]
