"""Where the offline store keeps interactions, for whoever trains on them.

Parquet files `month=YYYY-MM/*.parquet` with columns fact_id, at (UTC), member_id, kind, item_id, action, club_id,
surface, rank_id, value. A row may stand in two files after a crash: drop doubles by fact_id.
"""

from pathlib import PurePath

INTERACTIONS = PurePath("features") / "interactions"
"""Relative to the data directory."""
