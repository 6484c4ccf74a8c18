"""The small tools that a fresh clone stands on, without a network."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Only what is there before anything was fetched."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with the ordinary tools but neither uv nor Node."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "dirname", "grep", "tr", "paste", "mkdir", "rm", "ln", "cat", "env", "head", "sleep"):
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return str(folder)


def python_that(bare_path: str, script: str) -> None:
    """Puts a `python3` into the path that answers as a shell script says."""
    python = Path(bare_path) / "python3"
    python.write_text(f"#!/usr/bin/env bash\n{script}\n")
    python.chmod(0o755)


def test_a_step_that_goes_well_is_one_line(tmp_path: Path) -> None:
    done = run(str(ROOT / "tools/step"), "Baking", "echo", "flour and water", cwd=tmp_path)
    assert done.returncode == 0
    assert re.fullmatch(r"  Baking +ok +\d+ s\n", done.stdout)


def test_a_step_that_fails_shows_what_it_said_and_passes_its_code_on(tmp_path: Path) -> None:
    failed = run(str(ROOT / "tools/step"), "Baking", "bash", "-c", "echo no flour >&2; exit 7", cwd=tmp_path)
    assert failed.returncode == 7
    assert "no flour" in failed.stdout
    assert "✗ Baking failed" in failed.stdout


def test_a_step_leaves_no_file_behind(tmp_path: Path) -> None:
    run(str(ROOT / "tools/step"), "Baking", "echo", "flour", cwd=tmp_path, TMPDIR=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_every_verb_is_in_the_help_and_every_phony_verb_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    listed = run("make", "help", cwd=ROOT).stdout
    for verb in ("setup", "run", "test", "check", "bench", "web", "format", "contracts", "new-domain", "migration"):
        assert re.search(rf"make {verb} ", listed), verb
    phony = makefile.split(".PHONY:")[1].split("\n\n")[0].replace("\\", "").split()
    assert [verb for verb in phony if not re.search(rf"^{verb}:", makefile, re.MULTILINE)] == []


def test_the_first_command_fetches_the_tools_before_it_needs_them(clone: Path) -> None:
    (clone / "web").mkdir()
    for name in ("web/package.json", "web/package-lock.json", "pyproject.toml", "uv.lock"):
        (clone / name).touch()
    planned = run("make", "--dry-run", "run", cwd=clone).stdout
    order = [planned.index(words) for words in ("bootstrap.sh uv", "uv sync", "npm --prefix web ci", "hub up")]
    assert order == sorted(order)


def test_lean_leaves_pytorch_out_and_both_kinds_know_of_each_other(clone: Path) -> None:
    (clone / "pyproject.toml").touch()
    (clone / "uv.lock").touch()
    assert "--no-extra sequence" in run("make", "--dry-run", ".venv/.synced-lean", "LEAN=1", cwd=clone).stdout
    full = run("make", "--dry-run", ".venv/.synced-full", cwd=clone).stdout
    assert "--no-extra" not in full
    assert "rm -f .venv/.synced-*" in full


def test_a_uv_on_this_machine_is_used_as_it_is(clone: Path, bare_path: str) -> None:
    own = Path(bare_path) / "uv"
    own.write_text("#!/usr/bin/env bash\necho uv 1.0\n")
    own.chmod(0o755)
    assert run("bash", "tools/bootstrap.sh", "uv", cwd=clone, PATH=bare_path).returncode == 0
    assert (clone / ".tools" / "bin" / "uv").readlink() == own


@pytest.mark.parametrize(
    ("python", "complaint"),
    [
        ("exit 1", "Python 3.11 or newer was not found"),
        ('case "$*" in *version_info*) exit 0;; *) exit 1;; esac', "apt install python3-venv"),
    ],
)
def test_a_machine_that_cannot_fetch_uv_is_told_what_to_install(
    clone: Path, bare_path: str, python: str, complaint: str
) -> None:
    python_that(bare_path, python)
    answer = run("bash", "tools/bootstrap.sh", "uv", cwd=clone, PATH=bare_path, PYTHON="")
    assert answer.returncode == 1
    assert complaint in answer.stderr
    assert not (clone / ".tools" / "bin" / "uv").exists()


@pytest.mark.parametrize(
    ("version", "good"), [("20.19.0", True), ("24.1.0", True), ("20.18.9", False), ("18.20.0", False)]
)
def test_a_node_is_used_from_20_19_on(clone: Path, bare_path: str, version: str, good: bool) -> None:
    real = shutil.which("node")
    if real is None:
        pytest.skip("no Node here to ask")
    node = Path(bare_path) / "node"
    versions = f'Object.defineProperty(process, "versions", {{value: {{node: "{version}"}}}})'
    node.write_text(f"#!/usr/bin/env bash\nexec {real} -e '{versions};'\"$2\"\n")
    node.chmod(0o755)
    (Path(bare_path) / "npm").symlink_to("/bin/true")
    assert (run("bash", "tools/bootstrap.sh", "node-is-here", cwd=clone, PATH=bare_path).returncode == 0) is good


def test_chromium_is_found_where_it_is_named_and_missed_where_there_is_none(tmp_path: Path, bare_path: str) -> None:
    script = str(ROOT / "tools/chromium.sh")
    named = Path(bare_path) / "my-browser"
    named.symlink_to("/bin/true")
    home = str(tmp_path)
    found = run("bash", script, cwd=tmp_path, PATH=bare_path, CHROMIUM=str(named), HOME=home)
    assert found.stdout.strip() == str(named)
    assert run("bash", script, cwd=tmp_path, PATH=bare_path, CHROMIUM="", HOME=home).returncode == 1


def test_the_browser_tests_are_never_left_out_where_they_are_required(clone: Path, bare_path: str) -> None:
    refused = run("bash", "tools/test.sh", cwd=clone, PATH=bare_path, CHROMIUM="", HOME=str(clone), E2E="required")
    assert refused.returncode == 1
    assert "no Chromium was found" in refused.stderr
