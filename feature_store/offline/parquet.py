"""The offline files: Parquet by month, read through DuckDB.

A file is named by the range of staged ids it holds and replaces itself when written again, so a crash between
writing it and clearing the stage costs nothing; reads drop what is in both by `fact_id`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from feature_store.offline.models import StagedRow

SCHEMA = pa.schema(
    [
        ("fact_id", pa.string()), ("at", pa.timestamp("us", tz="UTC")), ("member_id", pa.string()),
        ("kind", pa.string()), ("item_id", pa.string()), ("action", pa.string()), ("club_id", pa.string()),
        ("surface", pa.string()), ("rank_id", pa.string()), ("value", pa.float64()),
    ]
)  # fmt: skip
_COLUMNS = ", ".join(f'"{name}"' for name in SCHEMA.names)


def write_files(folder: Path, rows: Sequence[StagedRow]) -> list[Path]:
    """One file per month of events, whole or not at all."""
    by_month: dict[str, list[StagedRow]] = {}
    for row in rows:
        by_month.setdefault(f"{row.at:%Y-%m}", []).append(row)
    written = []
    for month, members in by_month.items():
        target = folder / f"month={month}" / f"{rows[0].id:012d}-{rows[-1].id:012d}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".partial")
        pq.write_table(_table(members), partial, compression="zstd")
        partial.replace(target)
        written.append(target)
    return written


def read_files(folder: Path, until: datetime | None = None) -> pa.Table:
    """Every interaction in the files with `at` before `until`, oldest first, each once."""
    if not any(folder.glob("month=*/*.parquet")):
        return SCHEMA.empty_table()
    query = f"""
        SELECT {_COLUMNS} FROM (
            SELECT *, row_number() OVER (PARTITION BY fact_id) AS copy FROM read_parquet(?, hive_partitioning=false)
            WHERE ?::TIMESTAMPTZ IS NULL OR "at" < ?::TIMESTAMPTZ
        ) WHERE copy = 1 ORDER BY "at", fact_id
    """  # noqa: S608  the only thing put in is our own column list
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        moment = until.astimezone(UTC) if until else None
        files = str(folder / "month=*" / "*.parquet")
        table: pa.Table = connection.sql(query, params=[files, moment, moment]).to_arrow_table()
        return table.cast(SCHEMA)


def _table(rows: Sequence[StagedRow]) -> pa.Table:
    return pa.table({name: [getattr(row, name) for row in rows] for name in SCHEMA.names}, schema=SCHEMA)
