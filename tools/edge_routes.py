"""`python -m tools.edge_routes write|check`: gateway/edge/routes.conf, from the routes that services declare."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from clubkit.http.app import API
from gateway.embedded import SERVICES

TARGET = Path(__file__).parent.parent / "gateway" / "edge" / "routes.conf"
HEAD = """\
# Which service answers which path: made by `python -m tools.edge_routes write`, do not edit.
# The first pattern that matches decides; what only looks like another service's path comes first.
"""
SHARED = (("~^/socket\\.io/", "chat_service"), ("~^/files/", "social_service"))


INTERNAL = "/internal/"
"""What services ask each other: the edge gives it no home."""


def declared() -> Iterator[tuple[str, str]]:
    """(path, service) of every public route."""
    for module in SERVICES:
        for prefix, routers in ((API, module.routers), ("", module.root_routers)):
            for router in routers:
                for path in (prefix + str(getattr(route, "path", "")) for route in router.routes):
                    if not path.startswith(INTERNAL):
                        yield path, module.name


def patterns() -> list[tuple[str, str]]:
    """One pattern for each first word of a path; before it, one for each path there that another service answers."""
    by_word: dict[str, list[tuple[str, str]]] = defaultdict(list)
    roots = []
    for path, service in sorted(set(declared())):
        if path.startswith(API):
            by_word[path.removeprefix(API).split("/")[1]].append((path, service))
        else:
            roots.append((f"~^{re.escape(path)}$", service))
    made = []
    for word, routes in sorted(by_word.items()):
        owner = Counter(service for _, service in routes).most_common(1)[0][0]
        made += [(f"~^{_as_pattern(path)}$", service) for path, service in routes if service != owner]
        made.append((f"~^{API}/{re.escape(word)}(/|$)", owner))
    return [*SHARED, *roots, *made]


def _as_pattern(path: str) -> str:
    parts = re.split(r"\{[^}]+\}", path)
    return "[^/]+".join(re.escape(part) for part in parts)


def text() -> str:
    # In quotes: nginx reads a brace or a semicolon of a pattern as its own.
    lines = [f'  "{pattern}" {service};' for pattern, service in patterns()]
    return "\n".join([HEAD + "map $uri $hub_service {", '  default "";', *lines, "}", ""])


def main(verb: str) -> int:
    if verb == "write":
        TARGET.write_text(text())
        return 0
    if TARGET.read_text() == text():
        return 0
    sys.stderr.write(f"{TARGET.name} is not what the routes say: run `python -m tools.edge_routes write`.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
