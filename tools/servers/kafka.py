"""Kafka in KRaft mode, one node that is broker and controller, from Maven's jars on a JDK of 17 or newer."""

import base64
import secrets
import shutil
import socket
import struct
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kafka import KafkaAdminClient

from tools.servers import processes
from tools.servers.base import Server
from tools.servers.errors import Missing
from tools.servers.packages import debian, maven

VERSION = "4.3.1"
API_VERSIONS = 18
"""The request that every broker answers."""
JARS = (f"org.apache.kafka:kafka_2.13:{VERSION}", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4")
HEAP = ("-Xms256m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=128m", "-XX:ReservedCodeCacheSize=48m")

LOGGING = """<Configuration><Appenders>
<Console name="out"><PatternLayout pattern="%d %p %c{1} %m%n"/></Console></Appenders>
<Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers></Configuration>
"""
# The session of a killed broker ends soon, so that it may register again when it comes back.
SETTINGS = """process.roles=broker,controller
node.id={node}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
delete.topic.enable=true
default.replication.factor={copies}
min.insync.replicas={least}
offsets.topic.replication.factor={copies}
offsets.topic.num.partitions=3
transaction.state.log.replication.factor={copies}
transaction.state.log.min.isr={least}
transaction.state.log.num.partitions=3
share.coordinator.state.topic.replication.factor={copies}
share.coordinator.state.topic.min.isr={least}
share.coordinator.state.topic.num.partitions=3
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms={session}
broker.heartbeat.interval.ms=500
controller.quorum.election.timeout.ms=1000
controller.quorum.fetch.timeout.ms=2000
log.segment.bytes=16777216
"""


@dataclass(frozen=True)
class Quorum:
    """The controllers of one cluster, by the ports they listen on; every node is one, and a broker."""

    cluster: str
    controllers: tuple[int, ...]

    @classmethod
    def of(cls, nodes: int) -> "Quorum":
        name = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
        return cls(f"A{name[1:]}", tuple(processes.free_port() for _ in range(nodes)))

    def settings(self, node: int, port: int, data: Path) -> str:
        nodes = len(self.controllers)
        voters = ",".join(f"{number}@127.0.0.1:{at}" for number, at in enumerate(self.controllers, 1))
        return SETTINGS.format(
            node=node, voters=voters, controller=self.controllers[node - 1], port=port, data=data, copies=nodes,
            least=nodes // 2 + 1, session=2000 if nodes == 1 else 3000,
        )  # fmt: skip


class Kafka(Server):
    """One node. A corner of it is a prefix of topics and groups."""

    name = "kafka"
    variable = "KAFKA_URL"

    def __init__(self, folder: Path | None = None, quorum: Quorum | None = None, node: int = 1) -> None:
        super().__init__(folder)
        self._quorum = quorum
        self._node = node
        self._jars = Path()

    def find(self) -> None:
        if not shutil.which("java"):
            debian("openjdk-17-jre-headless")
        if not shutil.which("java"):
            raise Missing("Java is not installed (Debian: apt-get install openjdk-17-jre-headless)")
        self._jars = maven(Path(f"kafka-{VERSION}"), JARS)

    def prepare(self, port: int) -> None:
        (self.folder / "log4j2.xml").write_text(LOGGING)
        settings = self.folder / "server.properties"
        if not self.data.exists():
            quorum = self._quorum or Quorum.of(1)
            settings.write_text(quorum.settings(self._node, port, self.data))
            words = ["kafka.tools.StorageTool", "format", "-t", quorum.cluster, "-c", str(settings)]
            subprocess.run([*self._java(), *words], check=True, capture_output=True)

    def command(self, port: int) -> Sequence[str]:
        return [*self._java(), "kafka.Kafka", str(self.folder / "server.properties")]

    def environment(self) -> Mapping[str, str]:
        return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}

    def url(self, port: int) -> str:
        return f"kafka://127.0.0.1:{port}"

    def answers(self, url: str) -> bool:
        # Asked over a bare socket: the client leaves its own open when nobody listens yet.
        with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port or 9092), timeout=2) as wire:
            wire.sendall(struct.pack(">ihhih", 10, API_VERSIONS, 0, 1, -1))
            return len(wire.recv(4)) == 4

    def fresh(self, url: str) -> str:
        return f"{url.rstrip('/')}/t{secrets.token_hex(4)}"

    def forget(self, url: str) -> None:
        prefix = urlsplit(url).path.lstrip("/")
        with _admin(url) as admin:
            if mine := [topic for topic in admin.list_topics() if topic.startswith(f"{prefix}.")]:
                admin.delete_topics(mine)

    def _java(self) -> list[str]:
        logging = f"-Dlog4j2.configurationFile={self.folder / 'log4j2.xml'}"
        return ["java", *HEAP, logging, "-cp", f"{self._jars}/*"]


class KafkaCluster:
    """Three nodes with every record on each: any one may be killed, and the two others go on."""

    def __init__(self, folder: Path) -> None:
        quorum = Quorum.of(3)
        self.nodes = [Kafka(folder / f"node-{number}", quorum, number) for number in (1, 2, 3)]

    def start(self) -> str:
        """All at once, for none is ready without a second."""
        with ThreadPoolExecutor(len(self.nodes)) as threads:
            urls = list(threads.map(lambda node: node.start(), self.nodes))
        return "kafka://" + ",".join(urlsplit(url).netloc for url in urls)

    def stop(self) -> None:
        for node in self.nodes:
            node.kill()  # the last ones would wait for a quorum to leave in order


def _admin(url: str) -> KafkaAdminClient:
    return KafkaAdminClient(bootstrap_servers=urlsplit(url).netloc, bootstrap_timeout_ms=2000, request_timeout_ms=5000)
