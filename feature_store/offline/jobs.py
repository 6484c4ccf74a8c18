"""The clock of the offline store. Loaded by workers only: PyArrow and DuckDB have no place in a serving process."""

from typing import Any

from clubkit.jobs.port import JobRun
from clubkit.settings import Settings
from feature_store.offline import service


async def flush(run: JobRun) -> dict[str, Any]:
    """Moves what is staged into Parquet files."""
    moved = await service.flush(run.works, service.folder_of(run.ports[Settings]))
    return {"rows": moved}
