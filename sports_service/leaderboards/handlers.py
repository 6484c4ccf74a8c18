"""Keeps sports' own copy of names and memberships, from social's facts."""

from collections.abc import Sequence

from clubkit.contracts.auth import MemberDeleted
from clubkit.contracts.social import ClubClosed, MembershipChanged, ProfileChanged
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from sports_service.leaderboards.store import PeopleStore

consumer = Consumer("sports_service.people")


@consumer.on_batch(ProfileChanged)
async def keep_names(work: UnitOfWork, profiles: Sequence[ProfileChanged]) -> None:
    await PeopleStore(work).put_people(profiles)


@consumer.on_batch(MembershipChanged)
async def keep_memberships(work: UnitOfWork, changes: Sequence[MembershipChanged]) -> None:
    await PeopleStore(work).put_memberships(changes)


@consumer.on_batch(ClubClosed)
async def close_clubs(work: UnitOfWork, closed: Sequence[ClubClosed]) -> None:
    await PeopleStore(work).close_clubs([fact.club_id for fact in closed])


@consumer.on(MemberDeleted)
async def forget_member(work: UnitOfWork, fact: MemberDeleted) -> None:
    await PeopleStore(work).forget(fact.member_id)
