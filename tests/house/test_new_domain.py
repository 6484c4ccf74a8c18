"""`make new-domain` writes a domain that is right before anybody touches it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.new_domain import CannotScaffold, check, names_of, scaffold, with_route

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PACKAGES = ("clubkit", "chat_service", "tools")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of what a domain of chat stands on."""
    forgotten = shutil.ignore_patterns("__pycache__", "*.pyc")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=forgotten)
    for package in ("auth_service", "social_service", "sports_service", "recommender", "feature_store", "gateway"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(house: Path, *words: str) -> str:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    answer = subprocess.run(
        words, cwd=house, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )
    assert answer.returncode == 0, f"{words}\n{answer.stdout[-3000:]}\n{answer.stderr[-2000:]}"
    return answer.stdout


@pytest.mark.timeout(400)
def test_a_new_domain_passes_every_check_and_its_own_test(house: Path) -> None:
    said = run(house, "python", "-m", "tools.new_domain", "chat_service", "quick_polls")
    assert "chat_service/quick_polls/service.py" in said
    new = ["chat_service/quick_polls", "tests/chat_service/quick_polls", "chat_service/module.py"]
    run(house, "ruff", "check", *new)
    run(house, "ruff", "format", "--check", *new)
    assert "3 kept, 0 broken" in run(house, "lint-imports", "--no-logo", "--no-cache")
    run(house, "mypy", "--follow-imports=silent", *new[:1])
    assert "6 passed" in run(
        house, "python", "-m", "pytest", "-p", "no:cacheprovider", "tests/chat_service/quick_polls"
    )


@pytest.mark.parametrize(
    ("service", "domain", "why"),
    [
        ("chat_service", "messages", "is there already"),
        ("chat_service", "Polls", "small letters"),
        ("chat_service", "../polls", "small letters"),
        ("chat_service", "", "small letters"),
        ("nowhere", "polls", "no module.py"),
        ("", "polls", "no module.py"),
        ("clubkit", "polls", "no tables.py"),
    ],
)
def test_what_cannot_be_scaffolded_is_refused_before_anything_is_written(service: str, domain: str, why: str) -> None:
    with pytest.raises(CannotScaffold, match=why):
        check(ROOT, service, domain)


def test_a_refused_scaffold_is_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    answer = subprocess.run([sys.executable, "-m", "tools.new_domain", "chat_service"], cwd=ROOT, check=False)
    assert answer.returncode == 1
    assert capfd.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("domain", "thing", "class_name"),
    [("polls", "poll", "Poll"), ("stories", "story", "Story"), ("duty_rotas", "duty_rota", "DutyRota")],
)
def test_a_plural_names_its_thing(domain: str, thing: str, class_name: str) -> None:
    names = names_of("social_service", domain)
    assert (names["thing"], names["Thing"], names["prefix"]) == (thing, class_name, "social")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("routers=[]", "routers=[polls_api.router]"),
        ("routers=[a.router]", "routers=[a.router, polls_api.router]"),
        ("routers=[\n    a.router,\n]", "routers=[\n    a.router, polls_api.router]"),
    ],
)
def test_the_route_joins_the_others(before: str, after: str) -> None:
    source = with_route(f'"""Chat."""\n\nimport os\nM = Module({before})\n', "chat_service", "polls")
    assert f"M = Module({after})" in source
    assert "\nfrom chat_service.polls import api as polls_api\nimport os\n" in source


def test_a_module_without_routers_is_said(tmp_path: Path) -> None:
    for name in ("module.py", "tables.py"):
        (tmp_path / "bare").mkdir(exist_ok=True)
        (tmp_path / "bare" / name).touch()
    with pytest.raises(CannotScaffold, match="no routers"):
        scaffold(tmp_path, "bare", "polls")
    assert not (tmp_path / "bare" / "polls").exists()
