"""The words of the recommender. Times inside arrays are seconds since the epoch, UTC, float64."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

import numpy as np
import numpy.typing as npt

from clubkit.contracts.ranking import RankedKind
from clubkit.errors import NotFound
from clubkit.ids import ClubId

Visibility = Literal["public", "club"]
Kind = RankedKind
ItemId = NewType("ItemId", str)
Row = NewType("Row", int)

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Select = slice | Rows


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the earth, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may be shown to a member. title and club_name are for reasons, text is what it says in full."""

    kind: Kind
    id: ItemId
    club_id: ClubId
    created_at: datetime | None = None
    starts_at: datetime | None = None
    place: Place | None = None
    title: str = ""
    club_name: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    visibility: Visibility = "public"


@dataclass(frozen=True, slots=True)
class ItemVectors:
    """What the models know about one item: content (c,), factor (k,), sequence (d,)."""

    content: Floats
    factor: Floats
    sequence: Floats


class UnknownItem(NotFound):
    """The catalogue holds no such item."""

    def __init__(self, item_id: str) -> None:
        super().__init__(f"There is no item {item_id} in the catalogue.")
