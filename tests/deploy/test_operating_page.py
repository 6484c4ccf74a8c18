"""The operator's page names every setting, every command and only files that there are."""

import re
from pathlib import Path

import pytest

from clubkit.settings import Settings
from gateway.doctor import explain
from gateway.main import app
from tools.manifests.rendering import OVERLAYS

PAGE = Path("docs/operate.md").read_text()


@pytest.mark.parametrize("name", [one.name for one in explain(Settings.load())])
def test_a_setting_stands_in_the_table(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", PAGE, re.MULTILINE)


def test_a_setting_in_the_table_is_one() -> None:
    known = {one.name for one in explain(Settings.load())}
    assert set(re.findall(r"^\| `(HUB_\w+)` \|", PAGE, re.MULTILINE)) == known


def test_every_command_is_told_of_and_every_one_told_of_is_there() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {str(group.name) for group in app.registered_groups}
    told = set(re.findall(r"`hub ([a-z]+)", PAGE))
    assert told == known


def test_links_within_the_page_lead_somewhere() -> None:
    titles = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    headings = {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:observability|gateway|tests|tools)/[\w./-]+)`", PAGE))))
def test_a_file_it_names_is_there(path: str) -> None:
    assert Path(path).exists()


def test_every_overlay_is_explained() -> None:
    assert all(f"| `{name}` |" in PAGE for name in OVERLAYS)
