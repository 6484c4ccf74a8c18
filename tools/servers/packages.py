"""Programs from the system's packages and from Maven, fetched into the cache with a word about how far they are."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tools.servers.errors import Missing
from tools.servers.places import cache_folder, locked

TRIES = 3


def debian(package: str) -> None:
    """Installs a Debian package where we are root; elsewhere does nothing, and the caller says what is missing."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-q", *words], env=quiet, capture_output=True, check=False)


def maven(folder: Path, coordinates: Sequence[str], *, packaging: str = "", transitive: bool = True) -> Path:
    """The files of these coordinates (`group:artifact:version`), fetched once into `folder` of the cache.

    Maven keeps what it has got, so a broken download goes on where it stopped. Raises Missing.
    """
    target = cache_folder() / folder
    with locked(cache_folder() / f"{folder.name}.lock"):
        if not (target / ".complete").exists():
            _fetch(target, coordinates, packaging, transitive=transitive)
            (target / ".complete").touch()
    return target


def _fetch(target: Path, coordinates: Sequence[str], packaging: str, *, transitive: bool) -> None:
    if not shutil.which("mvn"):
        debian("maven")
    if not shutil.which("mvn"):
        raise Missing("Maven is not installed (Debian: apt-get install maven)")
    with tempfile.TemporaryDirectory() as scratch:
        pom = Path(scratch) / "pom.xml"
        pom.write_text(_pom(coordinates, packaging))
        words = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={target}"]
        words += ["-DincludeScope=runtime", f"-DexcludeTransitive={'false' if transitive else 'true'}"]
        for attempt in range(1, TRIES + 1):
            failure = _watched(words, target.name, Path.home() / ".m2" / "repository")
            if not failure:
                return
            time.sleep(attempt)
    raise Missing(f"Maven could not fetch {', '.join(coordinates)}: {failure[-600:]}")


def _watched(words: Sequence[str], what: str, growing: Path) -> str:
    """Runs Maven beside a line that tells how much has come. Answers what it said when it failed, else nothing."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(words, stdout=said, stderr=subprocess.STDOUT) as process,
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task(f"Fetching {what}", total=None)
        before = size_of(growing)
        while process.poll() is None:
            progress.update(task, completed=max(0, size_of(growing) - before))
            time.sleep(0.5)
        said.seek(0)
        return "" if process.returncode == 0 else said.read() or "it said nothing"


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder, of those that stay while we look."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(where) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def _pom(coordinates: Sequence[str], packaging: str) -> str:
    kind = f"<type>{packaging}</type>" if packaging else ""
    wanted = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version>{kind}</dependency>"
        for group, artifact, version in (one.split(":") for one in coordinates)
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>hub</groupId><artifactId>servers</artifactId><version>1</version><packaging>pom</packaging>"
        f"<dependencies>{wanted}</dependencies></project>"
    )
