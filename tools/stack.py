"""`python -m tools.stack > stack.yml`: docker-compose.yml as Swarm takes it (`docker stack deploy -c stack.yml hub`).

Swarm knows no profiles, no conditions of a start and no builds; what starts early waits by itself and says so. Secrets
are read from .env, as compose does: `set -a; . ./.env; set +a; python -m tools.stack > stack.yml`.
"""

import os
import re
import sys
from pathlib import Path
from typing import Any

import yaml

COMPOSE = Path(__file__).parent.parent / "docker-compose.yml"
NOT_IN_SWARM = ("build", "depends_on", "profiles", "restart", "security_opt")
LEFT_OUT = ("mailpit", "backup")
"""For trying out, and for by hand."""
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}")


class NotSet(KeyError):  # noqa: N818  an outcome, named as the others are
    """A variable that the compose file insists on."""


def stack(environment: dict[str, str], profiles: tuple[str, ...] = ("observability",)) -> dict[str, Any]:
    """Raises NotSet."""
    compose: dict[str, Any] = yaml.safe_load(filled(COMPOSE.read_text(), environment))
    services = {
        name: _service(service) for name, service in compose["services"].items()
        if name not in LEFT_OUT and set(service.get("profiles", profiles)) <= set(profiles)
    }  # fmt: skip
    used = {name: {"driver": "overlay", **(network or {})} for name, network in compose["networks"].items()}
    mounted = {str(one).partition(":")[0] for service in services.values() for one in service.get("volumes", ())}
    volumes = {name: value for name, value in compose["volumes"].items() if name in mounted}
    return {"version": "3.13", "services": services, "networks": used, "volumes": volumes}


def _service(service: dict[str, Any]) -> dict[str, Any]:
    made = {key: value for key, value in service.items() if key not in NOT_IN_SWARM}
    if "environment" in made:  # YAML takes off, on and no for something else than words
        made["environment"] = {name: _word(value) for name, value in made["environment"].items()}
    if "tmpfs" in made:  # Swarm takes no options in the short form
        made["tmpfs"] = [str(one).partition(":")[0] for one in made["tmpfs"]]
    return made


def _word(value: object) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value or "")


def filled(text: str, environment: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        name, how, rest = found.groups()
        if environment.get(name):
            return environment[name]
        if how == "?":
            raise NotSet(f"{name} is not set: {rest}")
        return rest or ""

    lines = [line if line.lstrip().startswith("#") else VARIABLE.sub(value, line) for line in text.splitlines()]
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        yaml.safe_dump(stack(dict(os.environ)), sys.stdout, sort_keys=False, width=118)
    except NotSet as missing:
        sys.exit(f"{missing.args[0]}")
