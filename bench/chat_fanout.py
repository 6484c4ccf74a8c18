"""Claim: a message in a room costs less than half per member of what Node's socket.io takes, a burst less than a tenth.

`python -m bench.chat_fanout [--quick] [--members 500 …]`: our socket server and socket.io of npm, one after the other,
each pinned to a core, the same load client on another; tokens verified, rooms by membership, CPU per delivery by the
kernel's account. Beside them the floor: the same bytes written to the same sockets, in as few writes, by a bare loop.
"""

import argparse
from array import array
from collections.abc import Sequence
from typing import Any

from bench.chat_crowd import Crowd
from bench.chat_peers import Keys, Peer, answer_of, be_the_client, keys, node_version, running
from bench.common import keep, percentiles

BURST = 20
WAYS = {"hub": {"tell": "hub", "write": "floor"}, "node": {"tell": "node"}}
"""Per server: what it is asked to do, and what that is called in the results."""


def rounds(
    peer: Peer, crowd: Crowd, frame: int, *, bursts: int, messages: int, gap: float, what: str
) -> dict[str, Any]:
    """So many bursts of so many messages; latencies are from the first word of a burst to each member's last byte.

    what: `tell` them to the room, or merely `write` them to its sockets.
    """
    members, before = len(crowd.clients), peer.settled()
    asking = peer.asking(what, room="1", bursts=bursts, messages=messages, gap=gap)
    heard = crowd.hear(frame, bursts * messages)
    starts = answer_of(asking)["starts"]
    cpu = peer.settled() - before
    return {
        "us_per_delivery": round(cpu * 1e6 / (members * bursts * messages), 2),
        "ms": percentiles(_latencies(heard, starts, messages)),
    }


def _latencies(heard: Sequence["array[float]"], starts: Sequence[float], messages: int) -> list[float]:
    return [(at - starts[n // messages]) * 1000 for n, times in enumerate(heard) for at in times]


def measure(peer: Peer, keys: Keys, members: int, *, repeat: int, ways: Sequence[str]) -> list[dict[str, Any]]:
    """One result per way."""
    crowd = Crowd(peer.port)
    crowd.connect(keys.tokens(members), lambda _: "1")
    peer.ask("settle")
    peer.asking("tell", room="1", bursts=1, messages=1, gap=0)
    frame, gap = crowd.measure_frame(), max(0.05, members * 3e-5)
    single: dict[str, Any] = {"bursts": max(5, 40_000 // members), "messages": 1, "gap": gap}
    many: dict[str, Any] = {"bursts": max(2, 10_000 // members), "messages": BURST, "gap": gap * 8}
    one, burst = (
        [[rounds(peer, crowd, frame, what=way, **kind) for way in ways] for _ in range(repeat)]
        for kind in (single, many)
    )
    crowd.leave()
    return [
        {"frame_bytes": frame, "one": _middle(of_one), "burst_of_20": _middle(of_bursts)}
        for of_one, of_bursts in zip(zip(*one, strict=True), zip(*burst, strict=True), strict=True)
    ]


def _middle(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return sorted(runs, key=lambda run: run["us_per_delivery"])[len(runs) // 2]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="500 members, once")
    options.add_argument("--members", type=int, nargs="+", default=[500, 2000, 10_000])
    given = options.parse_args()
    quick = given.quick
    be_the_client()
    sizes, repeat = ([500], 1) if quick else (given.members, 3)
    figures: dict[str, Any] = {}
    with keys() as ready:
        for members in sizes:
            figures[f"{members}"] = {}
            for name, ways in WAYS.items():
                with running(name, ready) as peer:
                    found = measure(peer, ready, members, repeat=repeat, ways=list(ways))
                figures[f"{members}"] |= dict(zip(ways.values(), found, strict=True))
            figures[f"{members}"]["ratios"] = ratios(**figures[f"{members}"])
    keep(
        "chat_fanout_quick" if quick else "chat_fanout",
        CLAIM,
        {"peer": f"socket.io 4.8.4 on Node {node_version()}", "members": figures},
    )


def ratios(hub: dict[str, Any], floor: dict[str, Any], node: dict[str, Any]) -> dict[str, dict[str, float]]:
    """How many times less than the peer: ours, and at most."""

    def less(than_node: dict[str, Any]) -> dict[str, float]:
        return {name: round(_at(node, path) / _at(than_node, path), 2) for name, path in COMPARED.items()}

    return {"hub": less(hub), "floor": less(floor)}


def _at(found: Any, path: Sequence[str]) -> float:
    for key in path:
        found = found[key]
    return float(found)


COMPARED = {
    "cpu_one": ("one", "us_per_delivery"),
    "cpu_burst": ("burst_of_20", "us_per_delivery"),
    "p50_one": ("one", "ms", "p50"),
    "p99_one": ("one", "ms", "p99"),
}
CLAIM = "A message in a room costs half per member of what Node's socket.io takes, a burst of 20 a tenth."

if __name__ == "__main__":
    main()
