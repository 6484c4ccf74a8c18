"""Every name that a manifest uses must be one that another gives."""

from collections.abc import Iterator, Sequence
from typing import Any

from tools.manifests.rendering import Manifest, labels_of, name_of, of_kind, selects, template_of, workloads


def flaws(manifests: Sequence[Manifest]) -> Iterator[str]:
    known = {(one.get("kind"), one.get("metadata", {}).get("name")) for one in manifests}
    known |= {("Secret", one["spec"].get("target", {}).get("name")) for one in of_kind(manifests, "ExternalSecret")}
    for manifest in manifests:
        for kind, name in _used(manifest):
            if (kind, name) not in known:
                yield f"{name_of(manifest)}: there is no {kind} {name}"
    yield from _selectors(manifests)
    yield from _ports(manifests)


def _used(manifest: Manifest) -> Iterator[tuple[str, str]]:
    spec: dict[str, Any] = manifest.get("spec", {})
    match manifest.get("kind"):
        case "Deployment" | "StatefulSet" | "Job" | "CronJob":
            yield from _used_by_pod(template_of(manifest)["spec"])
        case "HorizontalPodAutoscaler" | "ScaledObject":
            yield "Deployment", spec["scaleTargetRef"]["name"]
            for trigger in spec.get("triggers", ()):
                if "authenticationRef" in trigger:
                    yield "TriggerAuthentication", trigger["authenticationRef"]["name"]
        case "TriggerAuthentication":
            yield from (("Secret", one["name"]) for one in spec.get("secretTargetRef", ()))
        case "HTTPRoute":
            yield from (("Gateway", one["name"]) for one in spec["parentRefs"])
            yield from (("Service", one["name"]) for rule in spec["rules"] for one in rule.get("backendRefs", ()))


def _used_by_pod(pod: Manifest) -> Iterator[tuple[str, str]]:
    if "serviceAccountName" in pod:
        yield "ServiceAccount", pod["serviceAccountName"]
    for volume in pod.get("volumes") or ():
        if "persistentVolumeClaim" in volume:
            yield "PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]
    for container in pod["containers"]:
        for source in container.get("envFrom", ()):
            if "configMapRef" in source:
                yield "ConfigMap", source["configMapRef"]["name"]
            if "secretRef" in source:
                yield "Secret", source["secretRef"]["name"]


def _selectors(manifests: Sequence[Manifest]) -> Iterator[str]:
    pods = [labels_of(template_of(one)) for one in workloads(manifests)]
    for manifest in of_kind(manifests, "Deployment", "StatefulSet"):
        if not selects(manifest["spec"]["selector"], labels_of(template_of(manifest))):
            yield f"{name_of(manifest)}: does not select its own pods"
    for manifest in of_kind(manifests, "Service"):
        selector = {"matchLabels": manifest["spec"].get("selector", {})}
        if not any(selects(selector, labels) for labels in pods):
            yield f"{name_of(manifest)}: selects nobody"
    for manifest in of_kind(manifests, "PodDisruptionBudget", "PodMonitor"):
        if not any(selects(manifest["spec"]["selector"], labels) for labels in pods):
            yield f"{name_of(manifest)}: selects nobody"
    for manifest in of_kind(manifests, "NetworkPolicy"):
        if not any(selects(manifest["spec"]["podSelector"], labels) for labels in pods):
            yield f"{name_of(manifest)}: selects nobody"


def _ports(manifests: Sequence[Manifest]) -> Iterator[str]:
    offered = {one["metadata"]["name"]: one["spec"]["ports"] for one in of_kind(manifests, "Service")}
    for route in of_kind(manifests, "HTTPRoute"):
        for one in (ref for rule in route["spec"]["rules"] for ref in rule.get("backendRefs", ())):
            if one["port"] not in [port["port"] for port in offered.get(one["name"], ())]:
                yield f"{name_of(route)}: {one['name']} offers no port {one['port']}"
    for service in of_kind(manifests, "Service"):
        for port in service["spec"]["ports"]:
            if not any(port["targetPort"] in _ports_of(one) for one in _behind(service, manifests)):
                yield f"{name_of(service)}: nobody behind it listens at {port['targetPort']}"


def _behind(service: Manifest, manifests: Sequence[Manifest]) -> list[Manifest]:
    selector = {"matchLabels": service["spec"].get("selector", {})}
    return [one for one in workloads(manifests) if selects(selector, labels_of(template_of(one)))]


def _ports_of(workload: Manifest) -> list[Any]:
    ports = [port for one in template_of(workload)["spec"]["containers"] for port in one.get("ports", ())]
    return [value for port in ports for value in (port.get("name"), port["containerPort"])]
