"""The compose file, as the library of `docker compose` reads it: whole, closed, limited, with secrets of its own."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.embedded import SERVICES
from tools import make_env, stack
from tools.deploy_tools import compose

FILE = Path("docker-compose.yml")
SOURCE: dict[str, Any] = yaml.safe_load(FILE.read_text())
NAMES = sorted(SOURCE["services"])
WITHOUT_SHELL = {"collector", "tempo", "edge-metrics"}
RUN_TO_THEIR_END = {"migrate", "backup"}


def services() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from SOURCE["services"].items()


def test_everything_that_goes_on_has_a_health_check() -> None:
    disabled = {name for name, service in services() if service.get("healthcheck", {}).get("disable")}
    assert disabled == WITHOUT_SHELL | RUN_TO_THEIR_END
    assert [name for name, service in services() if "healthcheck" not in service] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_service_is_pinned_limited_and_without_rights(name: str) -> None:
    service = SOURCE["services"][name]
    image = service["image"].removesuffix("}").rpartition("/")[2] if "$" in service["image"] else service["image"]
    assert ":" in image
    assert not image.endswith("latest")
    assert {"cpus", "memory"} <= set(service["deploy"]["resources"]["limits"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"]["max-size"]
    assert "privileged" not in service
    assert "network_mode" not in service
    assert "pid" not in service


@pytest.mark.parametrize("name", [name for name, service in services() if "build" in service])
def test_our_own_write_nowhere_but_where_they_are_told(name: str) -> None:
    service = SOURCE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "/tmp" in service["tmpfs"]


def test_only_the_edge_is_open_to_the_world_and_the_servers_to_nobody() -> None:
    open_doors = {name: service["ports"] for name, service in services() if "ports" in service}
    assert {name for name, ports in open_doors.items() if not all("127.0.0.1:" in port for port in ports)} == {"edge"}
    assert SOURCE["networks"]["back"]["internal"] is True
    for name in ("postgres", "redis", "kafka", "elasticsearch", "mongo"):
        assert SOURCE["services"][name]["networks"] == ["back"]


@pytest.mark.parametrize("verb", ["serve", "consume"])
def test_every_service_is_served_and_has_its_facts_brought(verb: str) -> None:
    commands = [service["command"] for _, service in services() if service.get("command", [""])[0] == verb]
    assert sorted(word for words in commands for word in words[1:]) == sorted(module.name for module in SERVICES)


def test_processes_begin_behind_the_migration_and_it_behind_the_servers() -> None:
    for name, service in services():
        if service.get("command", [""])[0] in ("serve", "consume", "relay", "work"):
            assert service["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}, name
    waits = SOURCE["services"]["migrate"]["depends_on"]
    assert {name: wait["condition"] for name, wait in waits.items()} == dict.fromkeys(
        ("postgres", "redis", "kafka", "elasticsearch", "mongo"), "service_healthy"
    )


def test_an_environment_has_a_secret_for_each_that_is_insisted_on(tmp_path: Path) -> None:
    assert make_env.main(tmp_path / ".env") == 0
    made = (tmp_path / ".env").read_text()
    again = make_env.filled(Path(".env.example").read_text())
    values = dict(line.split("=", 1) for line in made.splitlines() if "=" in line and not line.startswith("#"))
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert "<made>" not in "".join(values.values())
    assert len(values["HUB_SECRET_KEY"]) == 64
    assert len(values["KAFKA_CLUSTER_ID"]) == 22
    assert not set(values["HUB_SECRET_KEY"].split()) & set(again.split("="))
    assert make_env.main(tmp_path / ".env") == 0, "one that is there stays"
    assert (tmp_path / ".env").read_text() == made


def environment() -> dict[str, str]:
    filled = make_env.filled(Path(".env.example").read_text())
    return dict(line.split("=", 1) for line in filled.splitlines() if "=" in line and not line.startswith("#"))


def test_swarm_is_told_nothing_it_does_not_know() -> None:
    made = stack.stack(environment())
    for name, service in made["services"].items():
        assert not set(service) & set(stack.NOT_IN_SWARM), name
        assert service["deploy"]["restart_policy"], name
    assert "${" not in yaml.safe_dump(made).replace("$${", "")
    with pytest.raises(stack.NotSet, match="HUB_SECRET_KEY"):
        stack.stack({})


@pytest.mark.servers
@pytest.mark.parametrize("profile", ["core", "observability", "mail", "backup"])
def test_the_library_of_docker_compose_reads_it(profile: str, tmp_path: Path, brought: Any) -> None:
    (tmp_path / "docker-compose.yml").write_text(stack.filled(FILE.read_text(), environment()))
    words = {**os.environ, "COMPOSE_PROFILES": profile}
    done = subprocess.run(
        [brought(compose), "docker-compose.yml"], cwd=tmp_path, env=words, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    read = yaml.safe_load(done.stdout)
    assert read["services"]["chat"]["environment"]["HUB_SECRET_KEY"]


@pytest.mark.servers
def test_docker_reads_the_stack(tmp_path: Path) -> None:
    if shutil.which("docker") is None:
        pytest.skip("there is no docker client here")
    (tmp_path / "stack.yml").write_text(yaml.safe_dump(stack.stack(environment())))
    done = subprocess.run(
        ["docker", "stack", "config", "-c", tmp_path / "stack.yml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.dumps(yaml.safe_load(done.stdout)["services"]["edge"]["deploy"]["update_config"])
