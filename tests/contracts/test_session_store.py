"""What every `SessionStore` promises."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from auth_service.sessions.models import LONGEST, Session, Spent
from auth_service.sessions.store import SessionStore
from auth_service.sessions.store_redis import RedisSessionStore
from clubkit.cache import Redis
from clubkit.ids import MemberId, new_id

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(params=["redis"])
async def store(request: pytest.FixtureRequest, valkey_url: str) -> AsyncIterator[SessionStore]:
    redis = Redis.from_url(valkey_url)
    await redis.flushall()
    yield RedisSessionStore(redis)
    await redis.aclose()


def session_of(member: str = "anna", *, at: datetime = NOW) -> Session:
    return Session(
        id=new_id(), member_id=MemberId(member), device="Firefox on Linux", ip_prefix="203.0.113.0/24",
        credentials_version=1, created_at=at, last_used_at=at, digest="d" * 64,
    )  # fmt: skip


async def test_what_was_added_is_found_whole(store: SessionStore) -> None:
    session = replace(session_of(), spent=(Spent("e" * 64, "salt", NOW), Spent("f" * 64, "pepper", NOW + DAY)))
    await store.add(session, keep=DAY)
    assert await store.get(session.id) == session


async def test_an_unknown_id_is_none(store: SessionStore) -> None:
    assert await store.get(new_id()) is None


async def test_the_next_version_takes_the_place_of_the_one_before(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=DAY)
    second = replace(session, digest="n" * 64, version=2)
    assert await store.replace(second, keep=DAY)
    assert await store.get(session.id) == second


async def test_a_version_that_somebody_else_wrote_first_is_refused(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=DAY)
    first, late = replace(session, device="first", version=2), replace(session, device="late", version=2)
    assert await store.replace(first, keep=DAY)
    assert not await store.replace(late, keep=DAY)
    assert await store.get(session.id) == first


async def test_of_many_who_write_at_once_one_succeeds(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=DAY)
    nexts = [replace(session, device=f"device {number}", version=2) for number in range(12)]
    written = await asyncio.gather(*(store.replace(each, keep=DAY) for each in nexts))
    assert written.count(True) == 1
    assert await store.get(session.id) == nexts[written.index(True)]


async def test_a_removed_session_is_not_brought_back(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=DAY)
    assert await store.remove(session)
    assert not await store.replace(replace(session, version=2), keep=DAY)
    assert await store.get(session.id) is None
    assert await store.of(MemberId("anna"), now=NOW) == []


async def test_removing_twice_says_so(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=DAY)
    assert [await store.remove(session), await store.remove(session)] == [True, False]


async def test_a_members_sessions_come_last_used_first_and_are_hers_alone(store: SessionStore) -> None:
    old, new, anothers = session_of(), session_of(at=NOW + DAY), session_of("ben")
    for session in (new, anothers, old):
        await store.add(session, keep=DAY)
    assert await store.of(MemberId("anna"), now=NOW) == [new, old]
    used = replace(old, last_used_at=NOW + 2 * DAY, version=2)
    await store.replace(used, keep=DAY)
    assert await store.of(MemberId("anna"), now=NOW) == [used, new]


async def test_a_member_without_sessions_has_none(store: SessionStore) -> None:
    assert await store.of(MemberId("nobody"), now=NOW) == []


async def test_a_record_forgets_itself_and_leaves_the_list(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=timedelta(milliseconds=1))
    await asyncio.sleep(0.02)
    assert await store.get(session.id) is None
    assert await store.of(MemberId("anna"), now=NOW) == []


async def test_a_record_whose_time_is_over_when_it_is_written_is_gone(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=DAY)
    await store.replace(replace(session, version=2), keep=timedelta(seconds=-5))
    await asyncio.sleep(0.02)
    assert await store.get(session.id) is None


async def test_sessions_older_than_any_may_be_are_not_listed(store: SessionStore) -> None:
    session = session_of()
    await store.add(session, keep=DAY)
    assert await store.of(MemberId("anna"), now=NOW + LONGEST) == []
