"""Kafka in KRaft mode, one node that is broker and controller, from Maven's jars on a JDK of 17 or newer."""

import base64
import secrets
import shutil
import socket
import struct
import subprocess
from collections.abc import Mapping, Sequence
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
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
delete.topic.enable=true
offsets.topic.replication.factor=1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=3
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=3
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
log.segment.bytes=16777216
"""


class Kafka(Server):
    """A corner of it is a prefix of topics and groups."""

    name = "kafka"
    variable = "KAFKA_URL"

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
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
        if not settings.exists():
            settings.write_text(SETTINGS.format(port=port, controller=processes.free_port(), data=self.data))
        if not self.data.exists():
            cluster = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
            words = ["kafka.tools.StorageTool", "format", "-t", f"A{cluster[1:]}", "-c", str(settings)]
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


def _admin(url: str) -> KafkaAdminClient:
    return KafkaAdminClient(bootstrap_servers=urlsplit(url).netloc, bootstrap_timeout_ms=2000, request_timeout_ms=5000)
