"""The rules of following: what fills the Following tab."""

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId
from social_service.people.errors import FollowingYourself, PersonNotFound
from social_service.people.store import PeopleStore


async def follow(work: UnitOfWork, caller: Caller, member_id: MemberId) -> None:
    """Once or twice is the same. Raises FollowingYourself, PersonNotFound."""
    if member_id == caller.member_id:
        raise FollowingYourself
    store = PeopleStore(work)
    if await store.person(member_id) is None:
        raise PersonNotFound
    await store.follow(caller.member_id, member_id)


async def unfollow(work: UnitOfWork, caller: Caller, member_id: MemberId) -> None:
    await PeopleStore(work).unfollow(caller.member_id, member_id)


async def followed_by(work: UnitOfWork, member_id: MemberId) -> set[MemberId]:
    """Whom this member follows."""
    return await PeopleStore(work).followed_by(member_id)
