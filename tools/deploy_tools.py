"""Finds, or brings into the cache, the programs that check what operators get: nginx, promtool, kustomize, compose.

What is on PATH wins. Debian's packages are unpacked, never installed, so that nothing is started and no root is needed;
Go's are built once. Nothing lands in the tree.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1"
COMPOSE = "github.com/compose-spec/compose-go/v2/cmd@v2.9.0"
"""The library that `docker compose` reads its files with; its command prints the file as understood."""
NGINX = ("nginx", "nginx-common", "libnginx-mod-http-brotli-filter", "libnginx-mod-http-brotli-static", "libbrotli1")
SECONDS = 900


class ToolMissing(RuntimeError):  # noqa: N818  an outcome, named as the others are
    """A sentence with what to install."""


def cache() -> Path:
    servers = Path(os.environ.get("HUB_SERVER_CACHE", "~/.cache/clubholohub/servers")).expanduser()
    return servers / "tools"


def kustomize() -> Path:
    return _found("kustomize") or _built("kustomize", KUSTOMIZE, "kustomize")


def compose() -> Path:
    """Prints the canonical form of the compose files it is given; exits with 1 when they cannot be read."""
    return _built("compose-go", COMPOSE, "cmd")


def promtool() -> Path:
    return _found("promtool") or _unpacked("prometheus", ("prometheus",)) / "usr/bin/promtool"


def nginx() -> tuple[Path, Path | None]:
    """The server, and the folder of its loadable modules where it has one."""
    if here := _found("nginx"):
        modules = Path("/usr/lib/nginx/modules")
        return here, modules if modules.is_dir() else None
    root = _unpacked("nginx", NGINX)
    return root / "usr/sbin/nginx", root / "usr/lib/nginx/modules"


def _found(name: str) -> Path | None:
    path = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    return Path(path) if path else None


def _built(name: str, module: str, program: str) -> Path:
    """A Go program, built once per version."""
    place = cache() / f"{name}-{module.rpartition('@')[2]}" / name
    if place.is_file():
        return place
    if shutil.which("go") is None:
        raise ToolMissing(f"{name} is built with Go, which is not here. Install Go 1.24 or newer, or {name} itself.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as folder:
        _run(["go", "install", "-trimpath", module], environment={"GOBIN": folder, "GOFLAGS": "-buildvcs=false"})
        (Path(folder) / program).replace(place)
    return place


def _unpacked(name: str, packages: tuple[str, ...]) -> Path:
    """Debian packages, unpacked side by side."""
    place = cache() / f"debian-{name}"
    if place.is_dir():
        return place
    if shutil.which("apt-get") is None:
        raise ToolMissing(f"{name} is not here, and neither is apt to bring it. Install {name}.")
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101  apt's own user writes here
        _run(["apt-get", "download", *packages], at=folder)
        for package in sorted(Path(folder).glob("*.deb")):
            _run(["dpkg-deb", "--extract", str(package), f"{folder}/root"])
        (Path(folder) / "root").replace(place)
    return place


def _run(words: list[str], *, at: str | None = None, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        words, cwd=at, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False,
        timeout=SECONDS,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise ToolMissing(f"{' '.join(words[:3])} failed: {' / '.join(last)}")
