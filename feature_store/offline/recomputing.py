"""Features recomputed from the offline rows: the online value must be the same number."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from clubkit.contracts.interactions import MemberInteracted
from feature_store.definitions.schemas import COUNTERS, Decayed


def counters_of(table: pa.Table) -> dict[tuple[str, str], Decayed]:
    """(counter name, entity) → decayed sum, over all rows of an offline table (schema `offline.parquet.SCHEMA`)."""
    sums: dict[tuple[str, str], Decayed] = {}
    for fact in facts_of(table):
        for counter in COUNTERS:
            if weight := counter.weight_of(fact):
                place = (counter.name, counter.key_of(fact))
                before = sums.get(place)
                sums[place] = before.plus(weight, fact.at, counter.half_life) if before else Decayed(weight, fact.at)
    return sums


def facts_of(table: pa.Table) -> Iterable[MemberInteracted]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return (MemberInteracted(**row) for row in rows)
