"""The folder of an embedded index: which generation is current, and the note that a rebuild is due.

current          the name of the living generation
rebuild-due      why the index is incomplete; absent when it is whole
gen-1-000004/    layout 1, fourth generation
"""

import contextlib
import os
import shutil
from pathlib import Path

from clubkit.adapters.search_tantivy_generation import Generation
from clubkit.adapters.search_tantivy_schema import LAYOUT
from clubkit.search.errors import SearchBroken


class IndexFolder:
    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def open_current(self, *, writable: bool) -> Generation:
        """The living generation. A missing, torn or foreign one is replaced by an empty one and noted."""
        name = self.current()
        if name is None:
            return self._start_over("The index is new.", writable=writable)
        if not name.startswith(f"gen-{LAYOUT}-"):
            return self._start_over("The index has an older layout.", writable=writable)
        if not (self.root / name / "meta.json").exists():
            return self._start_over("The index files are missing.", writable=writable)
        try:
            return Generation(self.root / name, writable=writable)
        except SearchBroken:
            return self._start_over("The index files are damaged.", writable=writable)

    def fresh(self) -> Generation:
        """An empty generation that nobody sees until `make_current`."""
        return Generation(self.root / self._next_name(), writable=True)

    def make_current(self, generation: Generation) -> None:
        """Swap in one rename, so that a crash leaves the old one or the new one."""
        note = self.root / "current.new"
        with note.open("w") as file:
            file.write(generation.folder.name)
            file.flush()
            os.fsync(file.fileno())
        note.replace(self.root / "current")
        self._sync()

    def sweep(self, keep: Generation) -> None:
        """Remove every generation but this one (what a crash in a rebuild left, too)."""
        for folder in self.root.glob("gen-*"):
            if folder != keep.folder:
                shutil.rmtree(folder, ignore_errors=True)

    def current(self) -> str | None:
        try:
            return (self.root / "current").read_text().strip() or None
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def rebuild_due(self) -> str | None:
        try:
            return (self.root / "rebuild-due").read_text(errors="replace")
        except FileNotFoundError:
            return None

    def note_rebuild(self, why: str | None) -> None:
        note = self.root / "rebuild-due"
        if why is None:
            note.unlink(missing_ok=True)
        else:
            note.write_text(why)

    def _start_over(self, why: str, *, writable: bool) -> Generation:
        if not writable:
            raise SearchBroken
        self.note_rebuild(why)
        generation = self.fresh()
        self.make_current(generation)
        return generation

    def _next_name(self) -> str:
        numbers = [0]
        for folder in self.root.glob("gen-*"):
            with contextlib.suppress(ValueError):
                numbers.append(int(folder.name.rsplit("-", 1)[-1]))
        return f"gen-{LAYOUT}-{max(numbers) + 1:06d}"

    def _sync(self) -> None:
        handle = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
