"""Manifests as values: what kustomize makes of an overlay, or what a file says."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from tools.deploy_tools import kustomize

Manifest = dict[str, Any]
K8S = Path(__file__).parents[2] / "k8s"
OVERLAYS = ("dev", "prod-small", "prod-ha")
WORKLOADS = ("Deployment", "StatefulSet", "Job", "CronJob")


def rendered(overlay: str) -> list[Manifest]:
    """Raises ValueError with what kustomize says."""
    words = [str(kustomize()), "build", str(K8S / "overlays" / overlay)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return read(done.stdout)


def read(text: str) -> list[Manifest]:
    return [one for one in yaml.safe_load_all(text) if one]


def name_of(manifest: Manifest) -> str:
    return f"{manifest.get('kind')} {manifest.get('metadata', {}).get('name')}"


def template_of(manifest: Manifest) -> Manifest:
    """The pod template of a workload."""
    spec: Manifest = manifest["spec"]
    if manifest["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    template: Manifest = spec["template"]
    return template


def labels_of(template: Manifest) -> dict[str, str]:
    labels: dict[str, str] = template.get("metadata", {}).get("labels", {})
    return labels


def workloads(manifests: Sequence[Manifest]) -> list[Manifest]:
    return [one for one in manifests if one.get("kind") in WORKLOADS]


def of_kind(manifests: Sequence[Manifest], *kinds: str) -> list[Manifest]:
    return [one for one in manifests if one.get("kind") in kinds]


def selects(selector: Manifest, labels: dict[str, str]) -> bool:
    """Whether a label selector (matchLabels, matchExpressions) takes these labels."""
    wanted = selector.get("matchLabels") or {}
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_holds(one, labels) for one in selector.get("matchExpressions") or ())


def _holds(expression: Manifest, labels: dict[str, str]) -> bool:
    value, values = labels.get(expression["key"]), expression.get("values", [])
    match expression["operator"]:
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "Exists":
            return value is not None
        case _:
            return value is None
