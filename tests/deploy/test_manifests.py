"""What k8s/ holds is whole and closed, and the checks that say so notice what is not."""

from collections.abc import Callable
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.embedded import SERVICES
from tools.deploy_tools import kustomize
from tools.manifests.checking import flaws
from tools.manifests.rendering import OVERLAYS, name_of, of_kind, read, rendered, selects, template_of

HERE = Path("tests/deploy")
BROKEN = sorted((HERE / "broken").glob("*.yaml"))
BASE = Path("k8s/base")


def test_a_small_whole_thing_has_no_flaw() -> None:
    assert flaws(read((HERE / "good.yaml").read_text())) == []


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_a_mistake_is_noticed_and_named(path: Path) -> None:
    text = path.read_text()
    expected = text.splitlines()[0].removeprefix("# says: ")
    found = flaws(read(text))
    assert any(flaw.startswith(expected) for flaw in found), found


def commands() -> dict[str, list[str]]:
    """The words that each process of the base is started with."""
    workloads = [one for path in BASE.glob("*.yaml") for one in read(path.read_text()) if one["kind"] == "Deployment"]
    return {one["metadata"]["name"]: template_of(one)["spec"]["containers"][0].get("args", []) for one in workloads}


@pytest.mark.parametrize("verb", ["serve", "consume"])
def test_every_service_is_served_and_has_its_facts_brought(verb: str) -> None:
    started = [word for words in commands().values() if words[:1] == [verb] for word in words[1:]]
    assert sorted(started) == sorted(module.name for module in SERVICES)


def test_what_scales_consumers_watches_every_group_there_is() -> None:
    scaled = of_kind(read(Path("k8s/components/scaling/consuming.yaml").read_text()), "ScaledObject")
    watched = {
        one["metadata"]["consumerGroup"]: scaler["spec"]["scaleTargetRef"]["name"]
        for scaler in scaled for one in scaler["spec"]["triggers"] if one["type"] == "kafka"
    }  # fmt: skip
    words = {words[1]: name for name, words in commands().items() if words[:1] == ["consume"]}
    assert watched == {f"hub.{one.group}": words[module.name] for module in SERVICES for one in module.consumers}


def test_the_edge_knows_every_service_by_its_full_name() -> None:
    [edge] = [one for one in kustomization()["configMapGenerator"] if one["name"] == "edge"]
    said = dict(line.split("=", 1) for line in edge["literals"])
    served = [name for name, words in commands().items() if words[:1] == ["serve"]]
    full = {f"{name}.clubholohub.svc.cluster.local:8000" for name in served}
    assert {value for value in said.values() if value.endswith(":8000")} == full


def may_reach(role: str, address: str, port: int) -> bool:
    """Whether the base lets processes of this role open a connection there."""
    policies = of_kind(read((BASE / "network.yaml").read_text()), "NetworkPolicy")
    rules = [
        rule for one in policies if selects(one["spec"]["podSelector"], {"hub/role": role})
        for rule in one["spec"].get("egress") or () if port in {each["port"] for each in rule["ports"]}
    ]  # fmt: skip
    blocks = [peer["ipBlock"] for rule in rules for peer in rule.get("to") or () if "ipBlock" in peer]
    there = ip_address(address)
    return any(
        there in ip_network(block["cidr"]) and not any(there in ip_network(shut) for shut in block.get("except", ()))
        for block in blocks
    )


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_workers_reach_the_pages_that_messages_link_to(address: str) -> None:
    assert may_reach("work", address, 443)
    assert not may_reach("serve", address, 443)


@pytest.mark.parametrize(
    "address",
    ["10.96.0.1", "172.20.1.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "127.0.0.1", "::1", "fd00::1"],
)
def test_workers_do_not_reach_into_the_clusters_own_networks(address: str) -> None:
    assert not may_reach("work", address, 443)
    assert not may_reach("work", address, 80)


def kustomization() -> Any:
    return yaml.safe_load((BASE / "kustomization.yaml").read_text())


def test_every_file_of_the_base_is_in_it() -> None:
    there = {path.name for path in BASE.glob("*.yaml")} - {"kustomization.yaml"}
    assert there == set(kustomization()["resources"])


def test_the_rules_are_those_that_promtool_tested() -> None:
    [rules] = read(Path("k8s/components/monitoring/rules.yaml").read_text())
    assert rules["spec"] == yaml.safe_load(Path("observability/prometheus/rules.yml").read_text())


Overlay = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def overlay(brought: Any) -> Overlay:
    brought(kustomize)
    return cache_of_overlays


@cache
def cache_of_overlays(name: str) -> list[dict[str, Any]]:
    return rendered(name)


@pytest.mark.servers
@pytest.mark.parametrize("name", OVERLAYS)
def test_an_overlay_has_no_flaw(name: str, overlay: Overlay) -> None:
    assert flaws(overlay(name)) == []


@pytest.mark.servers
@pytest.mark.parametrize("name", OVERLAYS)
def test_nothing_of_the_template_is_left_in_an_overlay(name: str, overlay: Overlay) -> None:
    assert "REPLACED" not in yaml.safe_dump_all(overlay(name))


@pytest.mark.servers
@pytest.mark.parametrize("name", ["prod-small", "prod-ha"])
def test_no_secret_lies_in_what_is_for_production(name: str, overlay: Overlay) -> None:
    assert of_kind(overlay(name), "Secret") == []
    assert "known-to-everyone" not in yaml.safe_dump_all(overlay(name))


@pytest.mark.servers
def test_with_high_availability_everything_that_answers_or_consumes_can_be_two(overlay: Overlay) -> None:
    manifests = overlay("prod-ha")
    scaled = {
        one["spec"]["scaleTargetRef"]["name"] for one in of_kind(manifests, "HorizontalPodAutoscaler", "ScaledObject")
    }
    single = [
        name_of(one) for one in of_kind(manifests, "Deployment")
        if one["metadata"]["name"] not in scaled and one["spec"].get("replicas", 1) < 2
    ]  # fmt: skip
    assert single == []
