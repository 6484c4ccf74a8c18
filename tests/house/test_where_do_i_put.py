"""The newcomer's table in docs/architecture.md points at things that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADING = "## Where do I put"


def paths_of(text: str) -> list[str]:
    """Every `path/` or `path/file.ext` in code marks in the table; a <name> stands for any one folder or file."""
    table = text.partition(HEADING)[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")]
    quoted = re.findall(r"`([^`\s]+)`", "\n".join(rows))
    return [word for word in quoted if "/" in word]


def exists(root: Path, path: str) -> bool:
    return any(root.glob(re.sub(r"<[^>]+>", "*", path).rstrip("/")))


def test_every_path_of_the_table_exists() -> None:
    paths = paths_of((ROOT / "docs" / "architecture.md").read_text())
    assert len(paths) >= 10
    assert [path for path in paths if not exists(ROOT, path)] == []


@pytest.mark.parametrize(("path", "there"), [("a/b.py", True), ("<x>/b.py", True), ("a/", True), ("a/c.py", False)])
def test_a_path_that_is_gone_is_noticed(tmp_path: Path, path: str, there: bool) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").touch()
    assert exists(tmp_path, path) == there


def test_only_the_tables_own_rows_are_read() -> None:
    text = f"`x/y`\n{HEADING} it?\n| what | `a/b` or `make run` |\n\n## Next\n| `c/d` |"
    assert paths_of(text) == ["a/b"]
