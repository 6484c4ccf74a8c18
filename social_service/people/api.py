"""People over HTTP: oneself, others, and following."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.ids import MemberId
from social_service.people import following, service, showing
from social_service.people.page_schemas import Me, Profile
from social_service.people.schemas import EditMe, IdText, People

router = APIRouter(tags=["social"])

Handle = Annotated[str, Path(min_length=1, max_length=41)]
MemberPath = Annotated[MemberId, Path(min_length=1, max_length=36)]


@router.get("/me")
async def get_me(member: CurrentMember, work: Reading) -> Me:
    """The signed-in member: profile, clubs with roles, unread notifications."""
    return await showing.me(work, member)


@router.patch("/me")
async def edit_me(edit: EditMe, member: CurrentMember, work: Work) -> Me:
    """Changes what is given and nothing else."""
    return await showing.edit_me(work, member, edit)


@router.get("/people")
async def list_people(
    _member: CurrentMember, work: Reading, ids: Annotated[list[IdText], Query(min_length=1, max_length=100)]
) -> People:
    """Several members by id, in the order asked; unknown ids are left out."""
    return People(data=tuple(await service.find(work, ids)))


@router.get("/people/{handle}")
async def get_person(handle: Handle, member: CurrentMember, work: Reading) -> Profile:
    """A member's profile as the asker may see it."""
    return await showing.profile(work, member, handle)


@router.put("/people/{member_id}/follow", status_code=204)
async def follow_person(member_id: MemberPath, member: CurrentMember, work: Work) -> None:
    await following.follow(work, member, member_id)


@router.delete("/people/{member_id}/follow", status_code=204)
async def unfollow_person(member_id: MemberPath, member: CurrentMember, work: Work) -> None:
    await following.unfollow(work, member, member_id)
