"""Each manifest against its schema: Kubernetes' own, closed; for what others define, the ones in k8s/schemas."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tools.manifests.rendering import K8S, Manifest, name_of

VERSION = "1.33"
"""The oldest Kubernetes that is promised to work: it has everything that is used here."""
OWN = ("apps", "batch", "policy", "autoscaling", "networking.k8s.io", "")


def flaws(manifests: Sequence[Manifest]) -> Iterator[str]:
    for manifest in manifests:
        group, _, version = str(manifest.get("apiVersion", "")).rpartition("/")
        kind = str(manifest.get("kind"))
        if group in OWN:
            schema = _own(kind.lower(), group.partition(".")[0], version)
            missing = f"Kubernetes {VERSION} knows no {manifest.get('apiVersion')} {kind}"
        else:
            schema = _of_others(kind, group)
            missing = f"there is no schema for {manifest.get('apiVersion')} in k8s/schemas"
        if schema is None:
            yield f"{name_of(manifest)}: {missing}"
            continue
        for wrong in schema.iter_errors(manifest):
            yield f"{name_of(manifest)}: {'.'.join(map(str, wrong.path))}: {wrong.message}"


@cache
def _own(kind: str, group: str, version: str) -> Draft202012Validator | None:
    path = _kubernetes() / "-".join(part for part in (kind, group, f"{version}.json") if part)
    return Draft202012Validator(json.loads(path.read_text()), registry=_definitions()) if path.is_file() else None


@cache
def _definitions() -> Registry[Any]:
    shared = Resource.from_contents(json.loads((_kubernetes() / "_definitions.json").read_text()))
    registry: Registry[Any] = shared @ Registry()
    return registry


def _kubernetes() -> Path:
    """The schemas that come with the package `kubernetes-validate`, in which unknown fields are refused."""
    return Path(str(files("kubernetes_validate"))) / "kubernetes-json-schema" / f"v{VERSION}.0-local-strict"


@cache
def _of_others(kind: str, group: str) -> Draft202012Validator | None:
    path = K8S / "schemas" / f"{kind}.{group}.json"
    return Draft202012Validator(json.loads(path.read_text())) if path.is_file() else None
