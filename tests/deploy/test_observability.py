"""Dashboards and alerts speak of metrics that the hub has, and alerts do what they say."""

import json
import re
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from gateway.embedded import SERVICES
from observability import dashboards
from tools.deploy_tools import promtool

PROMETHEUS = Path("observability/prometheus")
RULES = yaml.safe_load((PROMETHEUS / "rules.yml").read_text())
ALERTS = [rule for group in RULES["groups"] for rule in group["rules"]]
QUERIES = [
    (f"{name}: {panel.title}", query)
    for name, (_, rows) in dashboards.BOARDS.items() for row in rows for panel in row.panels for query, _ in panel.lines
] + [(rule["alert"], rule["expr"]) for rule in ALERTS]  # fmt: skip


def metrics() -> dict[str, set[str]]:
    """The labels of every metric of the hub, by the names under which Prometheus keeps its series."""
    for module in (*(module.name for module in SERVICES), "recommender.online.service", "feature_store.ingest.service"):
        import_module(module)
    known: dict[str, set[str]] = {"up": {"job", "process", "instance"}}
    for collector in list(REGISTRY._collector_to_names):
        labels = set(getattr(collector, "_labelnames", ()))
        for name in REGISTRY._collector_to_names[collector]:
            known[name] = labels | ({"le"} if name.endswith("_bucket") else set())
    return known


METRICS = metrics()


@pytest.mark.parametrize(("where", "query"), QUERIES, ids=[where for where, _ in QUERIES])
def test_a_query_names_only_metrics_and_labels_that_there_are(where: str, query: str) -> None:
    named = set(re.findall(r"\b(?:hub_\w+|up)\b", query))
    assert named, "it asks for nothing"
    labels = {"process", "instance", "job"}  # Prometheus adds these
    for name in named:
        assert name in METRICS, f"{where} asks for {name}, which the hub does not have"
        labels |= METRICS[name]
    used = {label for group in re.findall(r"by \(([^)]*)\)", query) for label in group.split(",") if label}
    used |= set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", query))
    assert {label.strip() for label in used} <= labels


@pytest.mark.parametrize("name", list(dashboards.BOARDS))
def test_a_dashboard_lies_as_the_code_says(name: str) -> None:
    written = (dashboards.FOLDER / f"{name}.json").read_text()
    assert written == dashboards.text(name), "run `python -m observability.dashboards write`"
    board = json.loads(written)
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_every_metric_of_the_library_is_on_a_dashboard() -> None:
    shown = " ".join(query for _, query in QUERIES)
    ours = {name.removesuffix("_created") for name in METRICS if name.startswith("hub_")}
    bases = {re.sub(r"_(bucket|count|sum|total)$", "", name) for name in ours}
    assert sorted(base for base in bases if base not in shown) == []


def checks_of(alert: str) -> list[dict[str, Any]]:
    tests = yaml.safe_load((PROMETHEUS / "rules_test.yml").read_text())["tests"]
    return [check for test in tests for check in test["alert_rule_test"] if check["alertname"] == alert]


@pytest.mark.parametrize("alert", [rule["alert"] for rule in ALERTS])
def test_an_alert_has_a_test_that_fires_one_that_is_silent_and_a_runbook(alert: str) -> None:
    checks = checks_of(alert)
    assert any(check["exp_alerts"] for check in checks)
    assert any(not check["exp_alerts"] for check in checks)
    [rule] = [rule for rule in ALERTS if rule["alert"] == alert]
    assert rule["annotations"]["runbook"] == f"docs/operate.md#{alert.lower()}"
    assert f"#### {alert}\n" in Path("docs/operate.md").read_text()
    assert rule["labels"]["severity"] in ("page", "ticket")


def test_prometheus_asks_every_process_of_the_compose_file() -> None:
    services = yaml.safe_load(Path("docker-compose.yml").read_text())["services"]
    asked = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["scrape_configs"][0]["dns_sd_configs"][0]
    processes = {
        name for name, service in services.items()
        if service.get("command", [""])[0] in ("serve", "consume", "relay", "work")
    }  # fmt: skip
    assert set(asked["names"]) == processes


@pytest.mark.servers
@pytest.mark.parametrize("words", ["check rules rules.yml", "test rules rules_test.yml",
                                   "check config --syntax-only prometheus.yml"])  # fmt: skip
def test_promtool_agrees(words: str, brought: Any) -> None:
    done = subprocess.run(
        [brought(promtool), *words.split()], cwd=PROMETHEUS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
