"""A KindModel as flat named arrays and back. No pickle: a model file can hold numbers and names, never code."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from clubkit.ids import ClubId
from recommender.catalogue.schemas import ItemId, Kind
from recommender.ranking.bundle import BlendWeights, FactorModel, KindModel, SequenceTable
from recommender.retrieval.content import ContentModel
from recommender.retrieval.sequence import SequenceModel

AnyArray = npt.NDArray[np.generic]
Arrays = dict[str, AnyArray]


def to_arrays(model: KindModel) -> Arrays:
    arrays: Arrays = {
        "content.idf": model.content.idf,
        "content.projection": model.content.projection,
        "factors.table": model.factors.table,
        "factors.from_content": model.factors.from_content,
        "factors.scalars": np.asarray([model.factors.ridge, model.factors.alpha]),
        "blend.names": np.asarray(model.blend.names),
        "blend.weights": model.blend.weights,
    }
    arrays |= _ids("factors", model.factors.items, model.factors.clubs)
    if model.sequence and model.sequence_table:
        arrays |= _sequence(model.sequence, model.sequence_table)
    return arrays


def _ids(prefix: str, items: Mapping[ItemId, int], clubs: Mapping[ClubId, int]) -> Arrays:
    found: Arrays = {}
    for name, rows in (("items", dict(items)), ("clubs", dict(clubs))):
        found[f"{prefix}.{name}"] = np.asarray(list(rows.keys()), np.str_)
        found[f"{prefix}.{name}_rows"] = np.asarray(list(rows.values()), np.int64)
    return found


def _sequence(model: SequenceModel, table: SequenceTable) -> Arrays:
    arrays: Arrays = {
        "sequence.table": table.table,
        "sequence.positions": model.positions,
        "sequence.scalars": np.asarray([model.heads, len(model.blocks)]),
    }
    for number, block in enumerate(model.blocks):
        arrays |= {f"sequence.block{number}.{name}": array for name, array in block.items()}
    arrays |= {f"sequence.final.{name}": array for name, array in model.final.items()}
    return arrays | _ids("sequence", table.items, table.clubs)


def from_arrays(kind: Kind, arrays: Mapping[str, AnyArray]) -> KindModel:
    """Raises KeyError where an array is missing, ValueError where one has the wrong type, shape or values."""
    for name, array in arrays.items():
        if np.issubdtype(array.dtype, np.floating) and not np.isfinite(array).all():
            raise ValueError(f"{name} holds numbers that are not finite")
    ridge, alpha = arrays["factors.scalars"].astype(np.float64)
    content = ContentModel(_f32(arrays, "content.idf", 1), _f32(arrays, "content.projection", 2))
    items, clubs = _read_ids(arrays, "factors")
    table, from_content = _f32(arrays, "factors.table", 2), _f32(arrays, "factors.from_content", 2)
    _check(len(table) == len(items) + len(clubs), "factors.table")
    _check(from_content.shape == (content.dim, table.shape[1]), "factors.from_content")
    names = tuple(str(name) for name in arrays["blend.names"])
    blend = BlendWeights(names, _f32(arrays, "blend.weights", 2))
    _check(blend.weights.shape[1] == len(names), "blend.weights")
    factors = FactorModel(items, clubs, table, from_content, float(ridge), float(alpha))
    return KindModel(kind, content, factors, blend, *_read_sequence(arrays))


def _read_sequence(arrays: Mapping[str, AnyArray]) -> tuple[SequenceModel | None, SequenceTable | None]:
    if "sequence.scalars" not in arrays:
        return None, None
    heads, blocks = (int(value) for value in arrays["sequence.scalars"].astype(np.int64))
    items, clubs = _read_ids(arrays, "sequence")
    table, positions = _f32(arrays, "sequence.table", 2), _f32(arrays, "sequence.positions", 2)
    _check(table.shape == (len(items) + len(clubs), positions.shape[1]), "sequence.table")
    model = SequenceModel(
        positions,
        tuple(_under(arrays, f"sequence.block{number}.") for number in range(blocks)),
        _under(arrays, "sequence.final."),
        heads,
    )
    return model, SequenceTable(items, clubs, table)


def _under(arrays: Mapping[str, AnyArray], prefix: str) -> dict[str, npt.NDArray[np.float32]]:
    return {name[len(prefix) :]: _f32(arrays, name) for name in arrays if name.startswith(prefix)}


def _read_ids(arrays: Mapping[str, AnyArray], prefix: str) -> tuple[dict[ItemId, int], dict[ClubId, int]]:
    items = zip(arrays[f"{prefix}.items"].tolist(), arrays[f"{prefix}.items_rows"].tolist(), strict=True)
    clubs = zip(arrays[f"{prefix}.clubs"].tolist(), arrays[f"{prefix}.clubs_rows"].tolist(), strict=True)
    return {ItemId(key): row for key, row in items}, {ClubId(key): row for key, row in clubs}


def _f32(arrays: Mapping[str, AnyArray], name: str, dimensions: int | None = None) -> npt.NDArray[np.float32]:
    array = np.asarray(arrays[name], np.float32)
    _check(dimensions is None or array.ndim == dimensions, name)
    return array


def _check(holds: bool, name: str) -> None:
    if not holds:
        raise ValueError(f"{name} has the wrong shape")
