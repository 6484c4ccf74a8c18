"""The catalogue of one kind: metadata and model vectors of every item, row by row."""

from collections.abc import Sequence
from typing import Protocol, cast

import numpy as np

from clubkit.ids import ClubId
from recommender.catalogue.columns import Columns
from recommender.catalogue.schemas import (
    Doubles,
    Floats,
    Ints,
    Item,
    ItemId,
    ItemVectors,
    Kind,
    Mask,
    Place,
    Row,
    Select,
    UnknownItem,
)


class Encoder(Protocol):
    """Turns items and clubs into the vectors of one model version."""

    @property
    def content_dim(self) -> int: ...
    @property
    def factor_dim(self) -> int: ...
    @property
    def sequence_dim(self) -> int: ...

    def item(self, item: Item) -> ItemVectors: ...
    def club(self, club_id: ClubId) -> Floats: ...


class Catalogue:
    """Rows are never reused while the catalogue lives, so a row kept in a profile can not change its meaning."""

    def __init__(self, kind: Kind, encoder: Encoder) -> None:
        self.kind = kind
        self.encoder = encoder
        self.version = 0
        """Rises with every change of an item, so that what was derived from the rows knows when it is old."""
        self.items: list[Item] = []
        self.club_ids: list[ClubId] = []
        self._rows: dict[ItemId, Row] = {}
        self._clubs: dict[ClubId, int] = {}
        self._themes: dict[bytes, int] = {}
        self._spots: dict[Place | None, int] = {}
        self._themes_table = Columns({"content": (np.float32, encoder.content_dim, 0)})
        self._spots_table = Columns({"lat": (np.float32, 0, np.nan), "lon": (np.float32, 0, np.nan)})
        self._clubs_table = Columns(
            {"factor": (np.float32, encoder.factor_dim, 0), "direction": (np.float32, encoder.factor_dim, 0)}
        )
        self._table = Columns(
            {
                "alive": (np.bool_, 0, False),
                "public": (np.bool_, 0, False),
                "club": (np.int32, 0, 0),
                "starts_at": (np.float64, 0, np.inf),
                "created_at": (np.float64, 0, np.nan),
                "spot": (np.int32, 0, 0),
                "theme": (np.int32, 0, 0),
                "factor": (np.float32, encoder.factor_dim, 0),
                "direction": (np.float32, encoder.factor_dim, 0),
                "sequence": (np.float32, encoder.sequence_dim, 0),
            }
        )

    def put(self, item: Item) -> Row:
        """Add the item, or replace what was known of it. Its row stays the same."""
        row = self._rows.get(item.id)
        if row is None:
            row = Row(self._table.add())
            self._rows[item.id] = row
            self.items.append(item)
        self.items[row] = item
        self._write(row, item)
        return row

    def remove(self, item_id: ItemId) -> None:
        """The item is never ranked again; as a member's past it still counts."""
        self.alive[self.row(item_id)] = False
        self.version += 1

    def row(self, item_id: ItemId) -> Row:
        """Raises UnknownItem."""
        try:
            return self._rows[item_id]
        except KeyError:
            raise UnknownItem(item_id) from None

    def find(self, item_id: ItemId) -> Row | None:
        return self._rows.get(item_id)

    def club_row(self, club_id: ClubId) -> int:
        """The club's index, given out on first sight."""
        index = self._clubs.get(club_id)
        if index is None:
            index = self._clubs_table.add()
            self._clubs[club_id] = index
            self.club_ids.append(club_id)
            self.club_factors[index] = self.encoder.club(club_id)
            self.club_directions[index] = _direction(self.club_factors[index])
        return index

    def _write(self, row: Row, item: Item) -> None:
        vectors = self.encoder.item(item)
        self.alive[row] = True
        self.public[row] = item.visibility == "public"
        self.club[row] = self.club_row(item.club_id)
        self.starts_at[row] = item.starts_at.timestamp() if item.starts_at else np.inf
        self.created_at[row] = item.created_at.timestamp() if item.created_at else np.nan
        self.spot[row] = self._spot_of(item.place)
        self.theme[row] = self._theme_of(vectors.content)
        self.factors[row] = vectors.factor
        self.directions[row] = _direction(vectors.factor)
        self.sequence[row] = vectors.sequence
        self.version += 1

    def _theme_of(self, content: Floats) -> int:
        key = content.tobytes()
        index = self._themes.get(key)
        if index is None:
            index = self._themes[key] = self._themes_table.add()
            self.themes[index] = content
        return index

    def _spot_of(self, place: Place | None) -> int:
        index = self._spots.get(place)
        if index is None:
            index = self._spots[place] = self._spots_table.add()
            if place:
                self.spot_lat[index], self.spot_lon[index] = place.lat, place.lon
        return index

    @property
    def size(self) -> int:
        return self._table.size

    @property
    def clubs(self) -> int:
        return self._clubs_table.size

    @property
    def alive(self) -> Mask:
        return cast("Mask", self._table["alive"])

    @property
    def public(self) -> Mask:
        return cast("Mask", self._table["public"])

    @property
    def club(self) -> Ints:
        return cast("Ints", self._table["club"])

    @property
    def starts_at(self) -> Doubles:
        """(size,) seconds; +inf for what has no start."""
        return cast("Doubles", self._table["starts_at"])

    @property
    def created_at(self) -> Doubles:
        return cast("Doubles", self._table["created_at"])

    @property
    def spot_lat(self) -> Floats:
        """(spots,) of the different places, in degrees: a club meets at few. NaN is no known place."""
        return cast("Floats", self._spots_table["lat"])

    @property
    def spot_lon(self) -> Floats:
        return cast("Floats", self._spots_table["lon"])

    @property
    def spot(self) -> Ints:
        """(size,) which of the places is an item's."""
        return cast("Ints", self._table["spot"])

    @property
    def themes(self) -> Floats:
        """(themes, c) the different content vectors: the dates of a series share one, so there are far fewer."""
        return cast("Floats", self._themes_table["content"])

    @property
    def theme(self) -> Ints:
        """(size,) which of `themes` is an item's content."""
        return cast("Ints", self._table["theme"])

    def content(self, rows: Select | Sequence[int] | int) -> Floats:
        """(rows, c) what these items are about."""
        return self.themes[self.theme[rows]]

    @property
    def factors(self) -> Floats:
        return cast("Floats", self._table["factor"])

    @property
    def directions(self) -> Floats:
        """(size, k) the factors at length one; zeros stay zeros."""
        return cast("Floats", self._table["direction"])

    @property
    def sequence(self) -> Floats:
        return cast("Floats", self._table["sequence"])

    @property
    def club_factors(self) -> Floats:
        """(clubs, k)."""
        return cast("Floats", self._clubs_table["factor"])

    @property
    def club_directions(self) -> Floats:
        """(clubs, k) at length one; zeros stay zeros."""
        return cast("Floats", self._clubs_table["direction"])


def _direction(vector: Floats) -> Floats:
    return np.asarray(vector / (float(np.linalg.norm(vector)) or 1.0), np.float32)
