"""The Dockerfile: clean to hadolint, pinned, without root, and made of what the house is made of."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TEXT = Path("Dockerfile").read_text()
IGNORE = Path(".dockerignore").read_text().splitlines()
PROJECT = tomllib.loads(Path("pyproject.toml").read_text())
STAGES = dict(re.findall(r"^FROM (\S+) AS (\S+)$", TEXT, re.MULTILINE)[i][::-1] for i in range(TEXT.count("\nFROM ")))


def stage(name: str) -> str:
    found = re.search(rf"^FROM \S+ AS {name}$(.*?)(?=^FROM |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


def test_hadolint_has_nothing_to_say() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_hadolint_would_have_something_to_say(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(TEXT.replace(" --no-install-recommends", ""))
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, tmp_path / "Dockerfile"], capture_output=True, text=True, check=False)
    assert "DL3015" in done.stdout


def test_what_it_stands_on_is_pinned_to_the_patch() -> None:
    for name, image in re.findall(r"^ARG (\w+_IMAGE)=(\S+)$", TEXT, re.MULTILINE):
        assert re.search(r":[\d.]*\d+\.\d+", image), name
    assert all(base.startswith("${") or base in STAGES for base in STAGES.values())


@pytest.mark.parametrize("name", ["runtime", "edge"])
def test_it_runs_without_root_and_tells_how_it_is(name: str) -> None:
    user = re.search(r"^USER (\d+):(\d+)$", stage(name), re.MULTILINE)
    assert user
    assert int(user[1]) > 0
    assert "HEALTHCHECK" in stage(name)


def test_every_package_of_the_wheel_is_copied() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", stage("packages"), re.MULTILINE))
    assert copied == set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def test_it_has_every_client_and_no_torch() -> None:
    extras = set(PROJECT["project"]["optional-dependencies"]) - {"sequence"}
    for line in re.findall(r"uv sync[^\n]*\n\s*([^\n]*)", stage("packages")):
        assert set(re.findall(r"--extra (\w+)", line)) == extras
    assert "torch" not in stage("packages") + stage("hub") + stage("runtime")


@pytest.mark.parametrize("source", sorted({
    word for line in re.findall(r"^COPY (?!--from)(.*)$", TEXT, re.MULTILINE) for word in line.split()[:-1]
}))  # fmt: skip
def test_what_it_copies_is_sent_to_the_builder(source: str) -> None:
    allowed = [line[1:] for line in IGNORE if line.startswith("!")]
    path = source.rstrip("/")
    assert Path(path).exists()
    assert any(path == one or path.startswith(f"{one}/") for one in allowed)


@pytest.mark.parametrize("secret", [".env", "data/secret.key", "data/hub.sqlite3", ".venv", ".git"])
def test_nothing_secret_or_heavy_is_sent(secret: str) -> None:
    allowed = [line[1:] for line in IGNORE if line.startswith("!")]
    assert IGNORE[1] == "*"
    assert not any(secret == one or secret.startswith(f"{one}/") for one in allowed)
