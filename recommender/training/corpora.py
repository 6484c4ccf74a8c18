"""The training data: interactions from the offline store's Parquet files, items and people from our own tables."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from clubkit.contracts.offline import INTERACTIONS
from clubkit.db.work import Works
from clubkit.ids import ClubId, MemberId
from recommender.catalogue import service as catalogue
from recommender.catalogue.schemas import Item, ItemId, Kind, Place
from recommender.evaluation.corpus import Corpus, Interaction
from recommender.online.members import SETTLES
from recommender.online.untrained import KINDS

Worlds = dict[Kind, Corpus]

WEIGHTS: dict[str, float] = {
    "check_in": 1.0, "rsvp_yes": 1.0, "like": 1.0, "share": 1.0, "comment": 0.8, "pick": 1.0, "rsvp_maybe": 0.5,
    "open": 0.2, "dwell": 0.2, "rsvp_no": -0.1, "unlike": -0.5, "hide": -1.0,
}  # fmt: skip
"""Liking per action in training. Views say where an item was, not that it was wanted."""


async def read(works: Works, data_dir: Path) -> Worlds:
    """One corpus per kind, up to whatever is in the files."""
    items: dict[Kind, list[Item]] = defaultdict(list)
    clubs: dict[str, set[ClubId]] = defaultdict(set)
    async with works.reading() as work:
        async for item, _alive in catalogue.items(work):
            items[item.kind].append(item)
        async for member_id, club_id in catalogue.clubs_by_member(work):
            clubs[member_id].add(club_id)
        places: dict[str, Place] = {member_id: place async for member_id, place in catalogue.places(work)}
    done = interactions(data_dir / INTERACTIONS)
    belongs = {member: frozenset(mine) for member, mine in clubs.items()}
    return {kind: _corpus(kind, items[kind], done.get(kind, []), places, belongs) for kind in KINDS}


def interactions(folder: Path) -> dict[str, list[Interaction]]:
    """kind → what was done, oldest first, each once."""
    if not any(folder.glob("month=*/*.parquet")):
        return {}
    columns = ["fact_id", "at", "member_id", "kind", "item_id", "action", "value"]
    files = [str(path) for path in sorted(folder.glob("month=*/*.parquet"))]
    rows: list[dict[str, Any]] = ds.dataset(files, format="parquet").to_table(columns=columns).to_pylist()
    seen: set[str] = set()
    found: dict[str, list[Interaction]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["at"], row["fact_id"])):
        weight = WEIGHTS.get(row["action"])
        if weight is None or row["fact_id"] in seen:
            continue
        seen.add(row["fact_id"])
        amount = min(row["value"] / 10.0, 3.0) if row["action"] == "dwell" else 1.0
        settles = row["action"] in SETTLES
        one = Interaction(
            MemberId(row["member_id"]), ItemId(row["item_id"]), weight * amount, row["at"].timestamp(), settles
        )
        found[row["kind"]].append(one)
    return found


def _corpus(
    kind: Kind,
    items: list[Item],
    done: list[Interaction],
    places: Mapping[str, Place],
    clubs: dict[str, frozenset[ClubId]],
) -> Corpus:
    known = {item.id for item in items}
    return Corpus(kind, tuple(items), tuple(one for one in done if one.item_id in known), places, clubs)
