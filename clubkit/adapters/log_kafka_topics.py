"""Topics on the brokers: made with their partitions and retention, brought in line when these change."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaConfigurationError, TopicAlreadyExistsError

from clubkit.adapters.log_kafka_address import KafkaAddress
from clubkit.log.topics import Topic

LARGEST_RECORD = 8 * 1024 * 1024


@dataclass(frozen=True)
class TopicShape:
    """How topics are made where their facts do not say it."""

    partitions: int
    replication: int
    """-1: as the brokers are set up."""


class KafkaTopics:
    """Blocks; call it from a thread. One admin client, made at first use."""

    def __init__(self, address: KafkaAddress, shape: TopicShape) -> None:
        self._address = address
        self._shape = shape
        self._known: set[str] = set()
        self._lock = threading.Lock()
        self._client: Any = None

    def admin(self) -> Any:
        """Raises KafkaError when no broker answers."""
        with self._lock:
            if self._client is None:
                self._client = KafkaAdminClient(**self._address.admin, bootstrap_timeout_ms=10_000)
            return self._client

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def ensure(self, names: Iterable[str]) -> None:
        """Makes those that are missing. Looks at the brokers once per topic. Raises KafkaError."""
        if unknown := [Topic.named(name) for name in set(names) - self._known]:
            self._create(unknown)
            self._known |= {topic.name for topic in unknown}

    def bring_in_line(self, topics: Iterable[Topic]) -> list[str]:
        """Makes what is missing and sets the retention of all; answers what was made. Raises KafkaError.

        Partitions are never added: a key would move to another one and lose its order.
        """
        topics = list(topics)
        made = self._create(topics)
        resources = [
            ConfigResource(ConfigResourceType.TOPIC, self._address.full(topic.name), configs=_configs(topic))
            for topic in topics
        ]
        answers = self.admin().alter_configs(resources)
        if refused := {topic: why for kind in answers.values() for topic, why in kind.items() if why != "OK"}:
            raise KafkaConfigurationError(f"the brokers refuse the settings of {refused}")
        return made

    def _create(self, topics: Iterable[Topic]) -> list[str]:
        admin = self.admin()
        there = set(admin.list_topics())
        missing = {self._address.full(topic.name): topic for topic in topics}
        missing = {name: topic for name, topic in missing.items() if name not in there}
        if missing:
            try:
                admin.create_topics({name: self._options(topic) for name, topic in missing.items()})
            except TopicAlreadyExistsError:  # another process was faster
                admin.create_topics({name: self._options(t) for name, t in missing.items()}, raise_errors=False)
            admin.wait_for_topics(list(missing))
        return sorted(missing)

    def _options(self, topic: Topic) -> Mapping[str, Any]:
        partitions = topic.partitions or self._shape.partitions
        return {
            "num_partitions": partitions, "replication_factor": self._shape.replication, "configs": _configs(topic),
        }  # fmt: skip


def _configs(topic: Topic) -> dict[str, str]:
    keep = -1 if topic.keep is None else int(topic.keep / timedelta(milliseconds=1))
    return {"cleanup.policy": "delete", "retention.ms": str(keep), "max.message.bytes": str(LARGEST_RECORD)}
