"""Clubs and memberships from elsewhere: in a handful of queries, and twice is harmless."""

from datetime import UTC, datetime
from typing import Any

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import ClubChanged, MembershipChanged, ProfileChanged
from clubkit.ids import ClubId, MemberId
from clubkit.testing.hub import Person
from social_service.clubs import importing
from social_service.clubs.models import ImportedClub
from social_service.people import service as people
from tests.social_service.counting import queries_of

LONG_AGO = datetime(2012, 6, 1, tzinfo=UTC)


def a_club(number: int, name: str = "Hikers") -> ImportedClub:
    return ImportedClub(
        id=ClubId(f"club-{number}"), name=name, about="Out on Sundays", sport="hiking", place="Chicago", lat=41.9,
        lon=-87.6, created_at=LONG_AGO,
    )  # fmt: skip


async def take_in(social: Any, joins: list[tuple[ClubId, MemberId, datetime]]) -> tuple[int, int]:
    async with social.hub.works.open() as work:
        founded = await importing.found_many(work, [a_club(1), a_club(2), a_club(2)])
        await work.session.flush()
        return founded, await importing.join_many(work, joins)


async def test_an_import_may_be_run_twice(social: Any, anna: Person) -> None:
    joins = [(ClubId(f"club-{1 + n % 2}"), MemberId(f"member-{n}"), LONG_AGO) for n in range(10)]
    assert await take_in(social, joins) == (2, 10)
    assert await take_in(social, joins) == (0, 0)
    clubs = (await social.get(anna, "clubs"))["data"]
    assert sorted((club["slug"], club["members"]) for club in clubs) == [("hikers", 5), ("hikers-2", 5)]
    assert len(await social.told(MembershipChanged)) == 10


async def test_imported_joins_say_that_they_are_and_when_they_were(social: Any) -> None:
    await take_in(social, [(ClubId("club-1"), MemberId("member-1"), LONG_AGO)])
    (joined,) = await social.told(MemberInteracted)
    assert (joined.action, joined.surface, joined.at) == ("join", "import", LONG_AGO)


async def test_the_last_word_on_an_imported_club_has_its_members(social: Any) -> None:
    await take_in(social, [(ClubId("club-1"), MemberId(f"member-{n}"), LONG_AGO) for n in range(4)])
    told = [club for club in await social.told(ClubChanged) if club.club_id == "club-1"]
    assert [(club.members, club.version) for club in told] == [(0, 1), (4, 2)]


async def test_joins_of_a_club_nobody_knows_are_told_to_nobody(social: Any) -> None:
    await take_in(social, [(ClubId("nowhere"), MemberId("member-1"), LONG_AGO)])
    assert await social.told(MembershipChanged) == []


async def test_the_work_does_not_grow_with_the_members(social: Any) -> None:
    async def cost(first: int, many: int) -> int:
        joins = [(ClubId("club-1"), MemberId(f"member-{first + n}"), LONG_AGO) for n in range(many)]
        async with queries_of(social.hub) as queries:
            await take_in(social, joins)
        return len(queries)

    await cost(0, 1)
    assert await cost(10, 5) == await cost(100, 200)


async def test_profiles_are_made_once(social: Any) -> None:
    members = [(MemberId(f"member-{n}"), f"Hiker{n}", f"Hiker {n}", LONG_AGO) for n in range(5)]
    for expected in (5, 0):
        async with social.hub.works.open() as work:
            assert await people.register_many(work, members) == expected
    assert [p.handle for p in await social.told(ProfileChanged)] == [f"hiker{n}" for n in range(5)]
