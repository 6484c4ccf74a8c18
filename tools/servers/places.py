"""Where servers keep what they need, outside the tree: downloads in a cache that stays, runs in a folder that goes."""

import fcntl
import os
import pwd
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder() -> Path:
    """Downloads and programs, kept over runs. `HUB_SERVER_CACHE` moves it."""
    given = os.environ.get("HUB_SERVER_CACHE")
    return Path(given) if given else Path.home() / ".cache" / "clubholohub" / "servers"


def run_folder() -> Path:
    """Data, logs and process ids. `HUB_SERVER_RUN` moves it.

    Not under the home folder: servers that refuse to run as root must be able to reach it.
    """
    given = os.environ.get("HUB_SERVER_RUN")
    folder = Path(given) if given else Path(tempfile.gettempdir()) / f"clubholohub-servers-{os.getuid()}"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the lock ends with the process that holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def own(folder: Path, user: str) -> None:
    """Gives a folder and what is in it to a user."""
    entry = pwd.getpwnam(user)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
