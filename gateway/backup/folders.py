"""What lies beside the tables in the data directory: pictures, reels, models, offline features, the secret."""

from collections.abc import Iterator
from pathlib import Path

ELSEWHERE = ("hub.sqlite3", "hub.sqlite3-wal", "hub.sqlite3-shm", "hub.lock")
"""Copied in their own way, or a sign of a running process."""
MADE_AGAIN = ("valkey", "search", "messages", "run", "mail")
"""Saved key by key, built again from the tables, or of no use later."""
SET_ASIDE = "before-restore-"


def to_save(data_dir: Path) -> Iterator[Path]:
    """The files of a data directory that belong into a backup."""
    for path in sorted(data_dir.rglob("*")):
        inside = path.relative_to(data_dir)
        first = inside.parts[0]
        if first in (*ELSEWHERE, *MADE_AGAIN) or first.startswith(SET_ASIDE):
            continue
        if inside.parts[:2] != ("files", "scratch") and path.is_file() and not path.is_symlink():
            yield path


def set_aside(data_dir: Path, stamp: str) -> Path:
    """Moves what is there into a folder of its own, so that a restore can be taken back. Answers that folder."""
    aside = data_dir / f"{SET_ASIDE}{stamp}"
    aside.mkdir()
    for path in sorted(data_dir.iterdir()):
        if path.name != "hub.lock" and not path.name.startswith((SET_ASIDE, ".restoring")):
            path.rename(aside / path.name)
    return aside
