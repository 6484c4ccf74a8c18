"""Each manifest against its schema: Kubernetes' own, closed; for what others define, the ones in k8s/schemas."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator

from tools.manifests.rendering import K8S, Manifest, name_of

VERSION = "1.33"
"""The oldest Kubernetes that is promised to work: it has everything that is used here."""


def flaws(manifests: Sequence[Manifest]) -> Iterator[str]:
    for manifest in manifests:
        group = str(manifest.get("apiVersion", "")).rpartition("/")[0]
        if ("." in group and not group.endswith(".k8s.io")) or group == "gateway.networking.k8s.io":
            yield from _flaws_of_other(manifest, group)
        else:
            yield from _flaws_of_own(manifest)


def _flaws_of_own(manifest: Manifest) -> Iterator[str]:
    try:
        kubernetes_validate.validate(manifest, VERSION, strict=True)
    except kubernetes_validate.ValidationError as wrong:
        yield f"{name_of(manifest)}: {'.'.join(map(str, wrong.path))}: {wrong.message}"
    except kubernetes_validate.SchemaNotFoundError:
        yield f"{name_of(manifest)}: Kubernetes {VERSION} knows no {manifest.get('apiVersion')} {manifest.get('kind')}"


def _flaws_of_other(manifest: Manifest, group: str) -> Iterator[str]:
    schema = _schema(f"{manifest.get('kind')}.{group}.json")
    if schema is None:
        yield f"{name_of(manifest)}: there is no schema for {manifest.get('apiVersion')} in k8s/schemas"
        return
    for wrong in Draft202012Validator(schema).iter_errors(manifest):
        yield f"{name_of(manifest)}: {'.'.join(map(str, wrong.path))}: {wrong.message}"


@cache
def _schema(name: str) -> dict[str, Any] | None:
    path = K8S / "schemas" / name
    return json.loads(path.read_text()) if path.is_file() else None
