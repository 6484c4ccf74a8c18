"""What every workload of ours must say, whatever Kubernetes would let pass."""

from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_network
from typing import Any

from tools.manifests.rendering import Manifest, labels_of, name_of, of_kind, selects, template_of, workloads

Container = dict[str, Any]
ANSWERS_MEMBERS = ("serve", "edge")
LONG_RUNNING = ("Deployment", "StatefulSet")


def flaws(manifests: Sequence[Manifest]) -> Iterator[str]:
    for workload in workloads(manifests):
        template = template_of(workload)
        for check in POD_CHECKS:
            yield from (f"{name_of(workload)}: {flaw}" for flaw in check(workload, template["spec"]))
        for container in (*template["spec"].get("initContainers", ()), *template["spec"]["containers"]):
            for inspect in CONTAINER_CHECKS:
                yield from (f"{name_of(workload)}: {flaw}" for flaw in inspect(workload, container))
    yield from _scaled_twice(manifests)
    yield from _left_open(manifests)
    yield from _reaches_in(manifests)


def _role(workload: Manifest) -> str:
    return labels_of(template_of(workload)).get("hub/role", "")


def rights(_: Manifest, pod: Manifest) -> Iterator[str]:
    security = pod.get("securityContext", {})
    if security.get("runAsNonRoot") is not True or security.get("runAsUser") in (None, 0):
        yield "runs perhaps as root: say runAsNonRoot and a user"
    if security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "has no seccomp profile"
    if pod.get("automountServiceAccountToken") is not False:
        yield "is given a token of the cluster, which it does not need"
    if pod.get("enableServiceLinks") is not False:
        yield "gets the cluster's services as variables: set enableServiceLinks to false"
    for name in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(name):
            yield f"asks for {name}"
    if any("hostPath" in volume for volume in pod.get("volumes") or ()):
        yield "mounts a folder of its machine"


def spread(workload: Manifest, pod: Manifest) -> Iterator[str]:
    if workload["kind"] != "Deployment":
        return
    keys = {one["topologyKey"] for one in pod.get("topologySpreadConstraints", ())}
    if not {"topology.kubernetes.io/zone", "kubernetes.io/hostname"} <= keys:
        yield "is not spread over zones and machines"
    for one in pod.get("topologySpreadConstraints", ()):
        if not selects(one.get("labelSelector", {}), labels_of(template_of(workload))):
            yield "spreads somebody else's pods"


def leaves_well(workload: Manifest, pod: Manifest) -> Iterator[str]:
    if _role(workload) not in ANSWERS_MEMBERS:
        return
    for container in pod["containers"]:
        command = container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", [])
        if command[:1] != ["sleep"]:
            yield "answers members and leaves without a preStop: requests will be refused"
        elif pod.get("terminationGracePeriodSeconds", 30) < int(command[1]) + 20:
            yield "is killed before it has let its requests and sockets go"


def ends(workload: Manifest, _: Manifest) -> Iterator[str]:
    spec = workload["spec"]
    if workload["kind"] == "CronJob":
        if spec.get("concurrencyPolicy") != "Forbid":
            yield "may run twice at once"
        spec = spec["jobTemplate"]["spec"]
    if workload["kind"] in ("Job", "CronJob") and not {"backoffLimit", "activeDeadlineSeconds"} <= set(spec):
        yield "may run for ever: say backoffLimit and activeDeadlineSeconds"


def closed(workload: Manifest, container: Container) -> Iterator[str]:
    security = container.get("securityContext", {})
    if security.get("privileged") or security.get("allowPrivilegeEscalation") is not False:
        yield "may gain rights: allowPrivilegeEscalation must be false"
    if security.get("capabilities", {}).get("drop") != ["ALL"] or security.get("capabilities", {}).get("add"):
        yield "keeps capabilities: drop ALL"
    if _role(workload) != "server" and security.get("readOnlyRootFilesystem") is not True:
        yield "writes into its own image"


def sized(_: Manifest, container: Container) -> Iterator[str]:
    resources = container.get("resources", {})
    if not {"cpu", "memory"} <= set(resources.get("requests", {})):
        yield "does not say what it needs"
    if "memory" not in resources.get("limits", {}):
        yield "may take all the memory"


def pinned(_: Manifest, container: Container) -> Iterator[str]:
    name, _colon, tag = container.get("image", "").rpartition("/")[2].partition(":")
    if not name or tag in ("", "latest"):
        yield f"runs whatever {container.get('image')} is today"


def probed(workload: Manifest, container: Container) -> Iterator[str]:
    if workload["kind"] not in LONG_RUNNING:
        return
    probes = {kind: container.get(f"{kind}Probe") for kind in ("startup", "readiness", "liveness")}
    yield from (f"has no {kind} probe" for kind, probe in probes.items() if probe is None)
    alive = (probes["liveness"] or {}).get("httpGet", {}).get("path", "")
    if alive == "/readyz":
        yield "is killed whenever a server is away: liveness must not ask /readyz"
    ready = (probes["readiness"] or {}).get("httpGet", {}).get("path", "")
    if _role(workload) in ("serve", "consume", "relay", "work") and ready != "/readyz":
        yield "is sent requests that it cannot answer yet: readiness must ask /readyz"


def _scaled_twice(manifests: Sequence[Manifest]) -> Iterator[str]:
    scalers = of_kind(manifests, "HorizontalPodAutoscaler", "ScaledObject")
    targets = [scaler["spec"]["scaleTargetRef"]["name"] for scaler in scalers]
    yield from (
        f"Deployment {name}: two scalers pull at it" for name in sorted(set(targets)) if targets.count(name) > 1
    )
    for deployment in of_kind(manifests, "Deployment"):
        if deployment["metadata"]["name"] in targets and "replicas" in deployment["spec"]:
            yield f"{name_of(deployment)}: has a scaler, and a number of its own that undoes its work"


def _left_open(manifests: Sequence[Manifest]) -> Iterator[str]:
    """Nothing may reach anything unless it is said; and what is said must be about ports."""
    policies = of_kind(manifests, "NetworkPolicy")
    if workloads(manifests) and not any(
        one["spec"].get("podSelector") == {} and set(one["spec"].get("policyTypes", ())) == {"Ingress", "Egress"}
        and not one["spec"].get("ingress") and not one["spec"].get("egress")
        for one in policies
    ):  # fmt: skip
        yield "nothing forbids what is not allowed: a NetworkPolicy for all pods without any rule is missing"
    for policy in policies:
        for rule in (*(policy["spec"].get("ingress") or ()), *(policy["spec"].get("egress") or ())):
            if not rule.get("ports"):
                yield f"{name_of(policy)}: opens every port"


PRIVATE = {
    4: ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
    6: ("::1/128", "fc00::/7", "fe80::/10"),
}
"""Networks that clusters, their machines and their clouds' own services live in."""


def _reaches_in(manifests: Sequence[Manifest]) -> Iterator[str]:
    """Who may go out to everywhere is not thereby let into the cluster's own networks."""
    for policy in of_kind(manifests, "NetworkPolicy"):
        for rule in policy["spec"].get("egress") or ():
            for block in (peer["ipBlock"] for peer in rule.get("to") or () if "ipBlock" in peer):
                network = ip_network(block["cidr"])
                shut = set(block.get("except") or ())
                if network.prefixlen == 0 and (open_ := set(PRIVATE[network.version]) - shut):
                    yield f"{name_of(policy)}: goes out to everywhere, and so into {min(open_)}"


PodCheck = Callable[[Manifest, Manifest], Iterator[str]]
POD_CHECKS: tuple[PodCheck, ...] = (rights, spread, leaves_well, ends)
CONTAINER_CHECKS: tuple[PodCheck, ...] = (closed, sized, pinned, probed)
