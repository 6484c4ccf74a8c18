"""Taking facts: their effect, the inbox and the group's place in one transaction, so that each takes effect once."""

from collections.abc import Collection, Sequence

from pydantic import ValidationError
from sqlalchemy import literal, select, union_all

from clubkit.contracts.base import Fact
from clubkit.db.locks import hold
from clubkit.db.many import among, insert_each, insert_new
from clubkit.db.models import InboxRow, ParkedRow
from clubkit.db.work import AfterCommit, UnitOfWork, Works
from clubkit.log import parking
from clubkit.log.consumer import Consumer
from clubkit.log.port import LogReader, Record
from clubkit.observability.metrics import fact_age, facts_handled, handle_seconds
from clubkit.observability.tracing import entered


class Unreadable(Exception):  # noqa: N818  named for what it is: no further try can help
    """A type that nobody here knows, or a payload that does not parse."""


async def take(consumer: Consumer, reader: LogReader, works: Works, records: Sequence[Record]) -> None:
    """The batch hangs under what caused its first fact, and is linked with what caused the others."""
    concerning = [record for record in records if concerns(consumer, record)]
    if not concerning:
        return await reader.skip(records)
    first, *others = dict.fromkeys(record.trace_id for record in concerning)
    with (
        handle_seconds.labels(consumer.group).time(),
        entered(f"take {consumer.group}", kind="consumer", cause=first, links=others, facts=len(concerning)),
    ):
        fresh = await _take_effect(consumer, reader, works, concerning, behind=records)
    count(consumer, works, fresh)
    return None


def concerns(consumer: Consumer, record: Record) -> bool:
    """Whether the group has anything to do about it. What cannot be read does concern it: somebody must be told."""
    kind = Fact.known.get(record.type)
    concern = consumer.concern(kind) if kind else None
    if concern is None:
        return True
    try:
        return concern(record.fact())
    except ValidationError:
        return True


def count(consumer: Consumer, works: Works, fresh: Sequence[Record]) -> None:
    facts_handled.labels(consumer.group).inc(len(fresh))
    if fresh:
        waited = (works.clock() - fresh[0].at).total_seconds()
        fact_age.labels(consumer.group).observe(max(0.0, waited))


async def hold_place(work: UnitOfWork, group: str, *, alone: bool = False) -> None:
    """Keeps a model of this group from being swapped while facts take effect; alone: and facts from taking effect.

    Until the transaction ends. SQLite has one writer at a time, so there is nothing to do.
    """
    await hold(work.session, f"place {group}", shared=not alone)


async def note_taken(work: UnitOfWork, group: str, records: Sequence[Record]) -> None:
    await insert_each(work.session, InboxRow, "fact_id", [record.fact_id for record in records], group=group)


async def unseen(work: UnitOfWork, group: str, records: Sequence[Record]) -> list[Record]:
    """Those the group has not taken, each once, in their order."""
    each = _each_once(records)
    query = select(InboxRow.fact_id).where(InboxRow.group == group, among(work.session, InboxRow.fact_id, list(each)))
    seen = set(await work.session.scalars(query))
    return [record for fact_id, record in each.items() if fact_id not in seen]


def read(record: Record) -> Fact:
    """Raises Unreadable."""
    try:
        return record.fact()
    except (KeyError, ValidationError) as broken:
        raise Unreadable(repr(broken)) from broken


async def _take_effect(
    consumer: Consumer, reader: LogReader, works: Works, records: Sequence[Record], *, behind: Sequence[Record]
) -> Sequence[Record]:
    """behind: all that were fetched with them; the group's place is behind these then."""
    afterwards: list[AfterCommit] = []
    fresh: list[Record] | None = None
    if consumer.effects_outside:
        async with works.reading() as work:
            fresh = await _handle_free(consumer, work, records)
            afterwards = work.afterwards
    async with works.open(patient=not consumer.urgent) as work:
        await hold_place(work, consumer.group)
        if fresh is None:
            fresh = await _note_free(work, consumer.group, records)
            await consumer.handle(work, [read(record) for record in fresh])
        else:
            await note_taken(work, consumer.group, fresh)
        await _queue_up(work, consumer.group, records, fresh)
        await reader.mark(work, behind)
        for call in afterwards:
            work.after_commit(call)
    return fresh


async def _note_free(work: UnitOfWork, group: str, records: Sequence[Record]) -> list[Record]:
    """Notes as taken what is new and waits behind nothing; answers which that was, each once, in its order."""
    free = _each_once(records, held=await parking.held_keys(work, group))
    new = await insert_new(work.session, InboxRow, "fact_id", list(free), group=group)
    return [record for fact_id, record in free.items() if fact_id in new]


async def _handle_free(consumer: Consumer, work: UnitOfWork, records: Sequence[Record]) -> list[Record]:
    """Handles what is new and waits behind nothing; answers which that was, each once, in its order."""
    held, seen = await _held_and_seen(work, consumer.group, records)
    fresh = [record for fact_id, record in _each_once(records, held=held).items() if fact_id not in seen]
    await consumer.handle(work, [read(record) for record in fresh])
    return fresh


async def _held_and_seen(work: UnitOfWork, group: str, records: Sequence[Record]) -> tuple[set[str], set[str]]:
    """Keys that must wait, and facts of these that were taken, in one question."""
    ids = [record.fact_id for record in records]
    held = select(literal("key"), ParkedRow.key).where(ParkedRow.group == group)
    among_these = among(work.session, InboxRow.fact_id, ids)
    seen = select(literal("fact"), InboxRow.fact_id).where(InboxRow.group == group, among_these)
    found: dict[str, set[str]] = {"key": set(), "fact": set()}
    for what, value in await work.session.execute(union_all(held, seen)):
        found[what].add(value)
    return found["key"], found["fact"]


async def _queue_up(work: UnitOfWork, group: str, records: Sequence[Record], handled: Sequence[Record]) -> None:
    """What was not handled and not taken before waits behind earlier facts of its key."""
    done = {record.fact_id for record in handled}
    rest = [record for record in records if record.fact_id not in done]
    if rest and (left := await unseen(work, group, rest)):
        await parking.park(work, group, left, attempts=0)


def _each_once(records: Sequence[Record], *, held: Collection[str] = ()) -> dict[str, Record]:
    """Those of no key that is held, by their facts, in their order."""
    once: dict[str, Record] = {}
    for record in records:
        if record.key not in held:
            once.setdefault(record.fact_id, record)
    return once
