"""What CI runs for users are verbs that there are."""

import re
from pathlib import Path

import pytest
import yaml

WORKFLOW = Path(".github/workflows/ci.yml")
VERBS = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", [WORKFLOW, Path("Jenkinsfile")])
def test_every_verb_is_one_of_the_makefile(path: Path) -> None:
    used = set(re.findall(r"\bmake ([a-z-]+)", re.sub(r"//.*", "", path.read_text())))
    assert {"setup", "check", "test-servers"} <= used
    assert used <= VERBS


def test_the_workflow_may_only_read_and_ends_by_itself() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 60, name
        assert all(re.search(r"@v\d+$", step["uses"]) for step in job["steps"] if "uses" in step), name


def test_it_names_servers_as_the_tests_ask_for_them() -> None:
    given = yaml.safe_load(WORKFLOW.read_text())["jobs"]["servers"]["env"]
    asked = set(re.findall(r'variable = "(\w+)"', "".join(p.read_text() for p in Path("tools/servers").glob("*.py"))))
    assert {name for name in given if name.endswith("_URL")} <= asked


def test_the_images_it_builds_and_the_servers_it_starts_are_those_of_compose() -> None:
    compose = yaml.safe_load(Path("docker-compose.yml").read_text())["services"]
    for name, service in yaml.safe_load(WORKFLOW.read_text())["jobs"]["servers"]["services"].items():
        assert service["image"] == compose[name]["image"]
