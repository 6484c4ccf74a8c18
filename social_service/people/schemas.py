"""The wire shapes of people."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clubkit.contracts.base import Contract
from clubkit.ids import MemberId
from social_service.hues import Hue

PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Bio = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", max_length=16)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Theme = Literal["system", "light", "dark"]
IdText = Annotated[str, StringConstraints(min_length=1, max_length=36)]


class PersonBrief(Contract):
    """A member as shown beside what she did."""

    id: MemberId
    handle: str
    name: str
    hue: int
    avatar_url: str | None = None


class EditMe(Contract):
    """Only what is given changes; null takes a picture or place away (JSON Merge Patch, RFC 7396)."""

    name: PersonName | None = None
    bio: Bio | None = None
    hue: Hue | None = None
    avatar_id: IdText | None = Field(None, description="id of an uploaded picture; null: drawn initials again")
    lat: Latitude | None = None
    lon: Longitude | None = None
    language: Language | None = None
    theme: Theme | None = None
    personalise: bool | None = None


class People(Contract):
    data: tuple[PersonBrief, ...]
