"""The wire shapes of pictures."""

from typing import Annotated

from pydantic import Field, StringConstraints

from clubkit.contracts.base import Contract

MediaId = Annotated[str, StringConstraints(min_length=1, max_length=36)]
Alt = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class Size(Contract):
    url: str
    width: int
    height: int


class Picture(Contract):
    """An uploaded picture. `sizes` rise in width; `colour` and `tiny` stand in while it loads."""

    id: str
    width: int
    height: int
    colour: str = Field(description="average colour, #rrggbb")
    tiny: str = Field(description="a data URI of a few pixels")
    alt: str = Field(description="what it shows, for who cannot see it")
    sizes: tuple[Size, ...]
