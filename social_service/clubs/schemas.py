"""The wire shapes of clubs, and the `Viewer` other domains ask with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clubkit.contracts.base import Contract
from clubkit.contracts.social import JoinPolicy, Role
from clubkit.ids import ClubId, MemberId
from social_service.clubs.capability_schemas import Capability, may
from social_service.hues import Hue
from social_service.media.schemas import Picture
from social_service.people.schemas import PersonBrief

ClubName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
About = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Sport = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Place = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
State = Literal["member", "pending", "none"]


@dataclass(frozen=True)
class Viewer:
    """Who looks: a member and her roles by club, read in the same transaction as what she looks at."""

    member_id: MemberId
    roles: Mapping[ClubId, Role]

    @property
    def clubs(self) -> frozenset[ClubId]:
        return frozenset(self.roles)

    def may(self, club_id: ClubId | str, capability: Capability) -> bool:
        return may(self.roles.get(ClubId(club_id)), capability)


class ClubBrief(Contract):
    """A club as shown beside what happens in it."""

    id: ClubId
    slug: str
    name: str
    hue: int


class MyClub(ClubBrief):
    role: Role
    since: datetime = Field(description="when she came in")


class ClubCard(ClubBrief):
    """A club in a list of clubs to discover."""

    about: str
    sport: str
    join_policy: JoinPolicy
    place: str
    members: int
    cover: Picture | None
    my_state: State
    my_role: Role | None


class ClubDetail(ClubCard):
    lat: float | None
    lon: float | None
    created_at: datetime
    revision: int = Field(description="the version to name in If-Match; also the ETag")
    can: tuple[Capability, ...] = Field(description="what the asker may do here")
    requests_waiting: int = Field(description="open requests to join; 0 for those who do not answer them")


class FoundClub(Contract):
    name: ClubName
    about: About = ""
    sport: Sport = ""
    hue: Hue
    join_policy: JoinPolicy = "open"
    place: Place = ""
    lat: Latitude | None = None
    lon: Longitude | None = None


class EditClub(Contract):
    """Only what is given changes; `lat` and `lon` null take the place off the map."""

    name: ClubName | None = None
    about: About | None = None
    sport: Sport | None = None
    hue: Hue | None = None
    join_policy: JoinPolicy | None = None
    place: Place | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None


class SetCover(Contract):
    media_id: Annotated[str, StringConstraints(min_length=1, max_length=36)] | None = Field(
        description="an uploaded picture; null takes the cover away"
    )


class Join(Contract):
    token: Token | None = Field(None, description="from an invitation link")
    note: Note = Field("", description="a word to those who answer the request")


class Standing(Contract):
    """Where a member stands in a club."""

    club_id: ClubId
    member_id: MemberId
    state: State
    role: Role | None


class ClubMember(Contract):
    person: PersonBrief
    role: Role
    since: datetime


class JoinRequest(Contract):
    person: PersonBrief
    note: str
    at: datetime


class SetRole(Contract):
    role: Role


class NewInvite(Contract):
    expires_in_hours: int = Field(168, ge=1, le=24 * 90)
    max_uses: int = Field(1, ge=1, le=1000)


class Invite(Contract):
    id: str
    created_at: datetime
    expires_at: datetime
    max_uses: int
    uses: int
    usable: bool


class FreshInvite(Invite):
    token: str = Field(description="shown this once; the link is /join/{token}")


class Invites(Contract):
    data: tuple[Invite, ...]


class InvitePreview(Contract):
    """What an invitation leads to, for the page behind its link."""

    club: ClubCard
