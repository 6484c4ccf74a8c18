"""Founding the clubs, joining them by each club's rules, and following one another."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from clubkit.db.work import UnitOfWork
from gateway.demo.clubs import CLUBS, FOLLOWS, Club
from gateway.demo.people import PEOPLE, Person
from gateway.demo.stage import Act, Stage
from social_service.clubs import founding, invites, membership
from social_service.clubs.schemas import FoundClub, Join, NewInvite
from social_service.people import following
from social_service.people import service as people

FIRST = timedelta(days=330)
NEWCOMERS = {"samir": timedelta(days=34), "alma": timedelta(days=60), "dara": timedelta(days=48)}
"""Who has not been here for long, and joined everything then."""
FOLLOWED_AT_RANDOM = 5


def setting_up(stage: Stage) -> Iterator[Act]:
    """Everything up to forty days ago, when the story proper begins."""
    for person in PEOPLE:
        yield profile(stage.begun - FIRST, person)
    for number, club in enumerate(CLUBS):
        founded = stage.begun - FIRST + timedelta(days=1 + 7 * number)
        yield foundation(founded, club)
        yield from _joining(stage, club, founded)
    yield from _following(stage)


def asking_to_join(stage: Stage) -> Iterator[Act]:
    for club in CLUBS:
        for hours, (handle, note) in enumerate(club.waiting, start=9):
            yield request(stage.begun - timedelta(hours=hours), club.key, handle, note)


def profile(at: datetime, person: Person) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        lat, lon = person.place
        await people.edit(
            work, stage.cast[person.handle], {"bio": person.bio, "hue": person.hue, "lat": lat, "lon": lon}
        )

    return Act(at, do)


def foundation(at: datetime, club: Club) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        wish = FoundClub(
            name=club.name, about=club.about, sport=club.sport, hue=club.hue, join_policy=club.policy,
            place=club.place, lat=club.lat, lon=club.lon,
        )  # fmt: skip
        stage.things[f"club:{club.key}"] = await founding.found(work, stage.cast[club.owner], wish)

    return Act(at, do)


def cover(at: datetime, club: Club) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        picture = stage.things[f"picture:cover:{club.key}"]
        await founding.set_cover(work, stage.cast[club.owner], stage.club(club.key), picture)

    return Act(at, do)


def entry(at: datetime, club: Club, handle: str) -> Act:
    """Joins as this club has it: by the open door, by asking, or by an invitation."""

    async def do(work: UnitOfWork, stage: Stage) -> None:
        club_id, owner, member = stage.club(club.key), stage.cast[club.owner], stage.cast[handle]
        token = None
        if club.policy == "invite":
            token = (await invites.invite(work, owner, club_id, NewInvite())).token
        await membership.join(work, member, club_id, Join(token=token))
        if club.policy == "request":
            await work.session.flush()
            await membership.answer_request(work, owner, club_id, member.member_id, welcome=True)
        if handle in club.admins:
            await work.session.flush()
            await membership.set_role(work, owner, club_id, member.member_id, "admin")

    return Act(at, do)


def request(at: datetime, club: str, handle: str, note: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        await membership.join(work, stage.cast[handle], stage.club(club), Join(note=note))

    return Act(at, do)


def follow(at: datetime, who: str, whom: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        await following.follow(work, stage.cast[who], stage.cast[whom].member_id)

    return Act(at, do)


def _joining(stage: Stage, club: Club, founded: datetime) -> Iterator[Act]:
    entries = (*club.admins, *club.members)
    span = (stage.begun - timedelta(days=70) - founded) / max(1, len(entries))
    for number, handle in enumerate(entries):
        at = founded + timedelta(hours=2) + number * span
        if handle in NEWCOMERS:
            at = stage.begun - NEWCOMERS[handle] + timedelta(hours=number)
        yield entry(at, club, handle)


def _following(stage: Stage) -> Iterator[Act]:
    at = stage.begun - timedelta(days=66)
    for person in PEOPLE:
        wanted = FOLLOWS.get(person.handle)
        if wanted is None:
            dice = stage.dice("follows", person.handle)
            known = sorted({h for c in CLUBS if person.handle in c.everybody for h in c.everybody} - {person.handle})
            wanted = tuple(dice.sample(known, min(FOLLOWED_AT_RANDOM, len(known))))
        for whom in wanted:
            yield follow(at, person.handle, whom)
