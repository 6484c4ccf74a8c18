"""The file itself: a tar of plain parts, the last of which says what they are and what each must hash to."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from gateway.backup.errors import NoSuchBackup, NotABackup

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


@dataclass
class Manifest:
    """What a backup says of itself."""

    made_at: str
    version: str
    topology: str
    """"embedded" or "apart": where it was made; it may be restored to either."""
    heads: dict[str, str]
    """By service, the newest migration of its tables."""
    rows: dict[str, int] = field(default_factory=dict)
    keys: int = 0
    documents: int | None = None
    """Chat messages that are not in the tables; None where they are."""
    on_their_way: dict[str, int] = field(default_factory=dict)
    """By group, facts it had not taken when a hub in parts was copied."""
    parts: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each part."""
    format: int = FORMAT


class Writer:
    """Adds parts to a backup that is not there yet."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, str] = {}

    def add(self, name: str, source: Path) -> None:
        """A file as it is when it is opened; gone files are left out."""
        try:
            file = source.open("rb")
        except FileNotFoundError:
            return
        with file:
            size = os.fstat(file.fileno()).st_size
            self._add(name, file, size)

    def add_bytes(self, name: str, body: bytes) -> None:
        self._add(name, io.BytesIO(body), len(body))

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        reading = _Hashing(file, size)
        self._tar.addfile(entry, reading)  # type: ignore[arg-type]
        self.parts[name] = reading.digest.hexdigest()


class _Hashing:
    """Reads exactly `left` bytes and hashes them: a file that grows meanwhile is cut where it was."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file = file
        self._left = left
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        chunk = self._file.read(min(size, self._left))
        self._left -= len(chunk)
        self.digest.update(chunk)
        return chunk


@contextmanager
def written(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """A backup at `path`, whole or not at all: it gets its name when it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.partial")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                writer = Writer(tar)
                yield writer
                manifest.parts = dict(writer.parts)
                writer.add_bytes(MANIFEST, orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_manifest(path: Path) -> Manifest:
    """What the backup at `path` says of itself. Raises NoSuchBackup, NotABackup."""
    with _opened(path) as tar:
        try:
            file = tar.extractfile(MANIFEST)
        except KeyError:
            raise NotABackup(path, "it does not say what it is") from None
        assert file is not None  # noqa: S101  a regular member, for we wrote it
        said: dict[str, Any] = orjson.loads(file.read())
    if said.get("format") != FORMAT:
        raise NotABackup(path, f"its format is {said.get('format')}, and this hub reads {FORMAT}")
    return Manifest(**said)


def unpacked(path: Path, folder: Path) -> None:
    """Every part under `folder`, each proven by its hash. Raises NotABackup, with what is missing or broken."""
    expected = read_manifest(path).parts
    with _opened(path) as tar:
        for entry in tar:
            if entry.name == MANIFEST:
                continue
            if entry.name not in expected or not entry.isfile():
                raise NotABackup(path, f"{entry.name} is not a part of it")
            target = folder / entry.name
            if not target.resolve().is_relative_to(folder.resolve()):
                raise NotABackup(path, f"{entry.name} would lie outside")
            if _unpack(tar, entry, target) != expected.pop(entry.name):
                raise NotABackup(path, f"{entry.name} was changed or cut off")
    if expected:
        raise NotABackup(path, f"{next(iter(expected))} is missing")


def _unpack(tar: tarfile.TarFile, entry: tarfile.TarInfo, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    source = tar.extractfile(entry)
    assert source is not None  # noqa: S101  only regular members come here
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path) as tar:
            yield tar
    except FileNotFoundError:
        raise NoSuchBackup(path) from None
    except tarfile.TarError as broken:
        raise NotABackup(path, str(broken)) from None
