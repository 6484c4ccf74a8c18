"""Model versions in a folder:

    versions/<version>/manifest.json   lineage, metrics, and the digest of every file
    versions/<version>/<kind>.npz      the arrays of one kind
    current                            one line per promotion, the newest last

A version appears under its name only when it is complete, and `current` is replaced in one step.
"""

import json
import os
import shutil
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

import numpy as np

from clubkit.errors import Conflict, NotFound
from recommender.catalogue.schemas import Kind
from recommender.ranking.blend import UnknownFeature, aligned
from recommender.ranking.bundle import Bundle, Lineage
from recommender.registry.arrays import from_arrays, to_arrays

FORMAT = 1


class NoModel(NotFound):
    """Nothing was trained, or the named version is gone."""

    def __init__(self, version: str | None = None) -> None:
        super().__init__(f"There is no model {version}." if version else "No model has been trained yet.")


class BrokenBundle(Conflict):
    """A version on disk is not what its manifest says."""

    def __init__(self, version: str, why: str) -> None:
        super().__init__(f"Model {version} can not be used: {why}.")


class Registry:
    """One writer at a time; readers need no lock."""

    def __init__(self, folder: Path) -> None:
        self._versions = folder / "versions"
        self._current = folder / "current"

    def save(self, bundle: Bundle) -> Path:
        """Write a version without promoting it. Raises FileExistsError: a version never changes."""
        target = self._versions / bundle.version
        if target.exists():
            raise FileExistsError(target)
        draft = self._versions / f".{bundle.version}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        digests = {kind: _write(draft / f"{kind}.npz", to_arrays(model)) for kind, model in bundle.kinds.items()}
        manifest = {"format": FORMAT, "version": bundle.version, "kinds": digests, "lineage": asdict(bundle.lineage)}
        _put(draft / "manifest.json", json.dumps(manifest, indent=2, sort_keys=True).encode())
        draft.replace(target)
        return target

    def promote(self, version: str) -> None:
        """Make it the version that is served. Raises NoModel, BrokenBundle: a bad version is never promoted."""
        self.load(version)
        self._swap([*self._history(), version])

    def rollback(self) -> str:
        """Back to the version before; returns its name. Raises NoModel when there is none."""
        history = self._history()
        if len(history) < 2:
            raise NoModel
        self._swap(history[:-1])
        return history[-2]

    def current(self) -> str | None:
        """The version that is served."""
        history = self._history()
        return history[-1] if history else None

    def versions(self) -> list[str]:
        """Complete versions, by name."""
        return sorted(path.name for path in self._versions.glob("*") if not path.name.startswith("."))

    def manifest(self, version: str) -> dict[str, Any]:
        """Raises NoModel, BrokenBundle."""
        try:
            found = json.loads((self._versions / version / "manifest.json").read_bytes())
        except FileNotFoundError:
            raise NoModel(version) from None
        except ValueError:
            raise BrokenBundle(version, "its manifest is not JSON") from None
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise BrokenBundle(version, "its format is not known here")
        return found

    def load(self, version: str | None = None) -> Bundle:
        """The named version, or the current one, checked. Raises NoModel, BrokenBundle."""
        version = version or self.current()
        if version is None:
            raise NoModel
        manifest = self.manifest(version)
        try:
            kinds = {
                cast("Kind", kind): from_arrays(cast("Kind", kind), self._read(version, kind, digest))
                for kind, digest in manifest["kinds"].items()
            }
            for model in kinds.values():
                aligned(model.blend)
            lineage = Lineage(**manifest["lineage"])
        except (KeyError, TypeError, ValueError, UnknownFeature) as error:
            raise BrokenBundle(version, str(error)) from error
        return Bundle(version, kinds, lineage)

    def prune(self, keep: int) -> list[str]:
        """Delete all but the newest `keep` versions and those that a rollback may want; returns what went."""
        wanted = {*self.versions()[-keep:], *self._history()[-2:]}
        gone = [version for version in self.versions() if version not in wanted]
        for version in gone:
            shutil.rmtree(self._versions / version)
        self._swap([version for version in self._history() if version not in gone])
        return gone

    def _read(self, version: str, kind: str, digest: str) -> dict[str, Any]:
        try:
            raw = (self._versions / version / f"{kind}.npz").read_bytes()
        except FileNotFoundError:
            raise BrokenBundle(version, f"{kind}.npz is missing") from None
        if sha256(raw).hexdigest() != digest:
            raise BrokenBundle(version, f"{kind}.npz was changed or cut short")
        try:
            with np.load(BytesIO(raw), allow_pickle=False) as file:
                return {name: file[name] for name in file.files}
        except BadZipFile:
            raise BrokenBundle(version, f"{kind}.npz is no archive") from None

    def _history(self) -> list[str]:
        return self._current.read_text("utf-8").split() if self._current.exists() else []

    def _swap(self, history: list[str]) -> None:
        self._current.parent.mkdir(parents=True, exist_ok=True)
        draft = self._current.with_suffix(".draft")
        _put(draft, "".join(f"{version}\n" for version in history).encode())
        draft.replace(self._current)


def _write(path: Path, arrays: dict[str, Any]) -> str:
    """Returns the SHA-256 of the file."""
    buffer = BytesIO()
    np.savez(buffer, **arrays)
    _put(path, buffer.getvalue())
    return sha256(buffer.getvalue()).hexdigest()


def _put(path: Path, content: bytes) -> None:
    """On disk, not only in the page cache, before anything points to it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
