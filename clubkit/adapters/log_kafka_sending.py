"""Facts to Kafka: idempotent, acknowledged by all replicas, in the order they are handed over."""

import asyncio
from collections.abc import Sequence
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from clubkit.adapters.log_kafka_address import KafkaAddress
from clubkit.adapters.log_kafka_topics import LARGEST_RECORD, KafkaTopics
from clubkit.log.errors import LogAway
from clubkit.log.pending import Outgoing

PATIENCE_SECONDS = 10.0
"""After this long a batch has failed: its facts go back to where they waited, and their transaction ends."""


class KafkaSender:
    """`Sender` over one producer, made at first use, and anew after a failure: a producer that gave a record up may
    not go on with the next ones of its key."""

    def __init__(self, address: KafkaAddress, topics: KafkaTopics) -> None:
        self._address = address
        self._topics = topics
        self._producer: Any = None

    async def send(self, facts: Sequence[Outgoing]) -> None:
        try:
            await asyncio.to_thread(self._send, facts)
        except KafkaError as failure:
            await self.close()
            raise LogAway(repr(failure)) from failure

    async def close(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            await asyncio.to_thread(producer.close, timeout=1)

    def _send(self, facts: Sequence[Outgoing]) -> None:
        self._topics.ensure({fact.topic for fact in facts})
        if self._producer is None:
            self._producer = self._open()
        sent = [self._hand_over(self._producer, fact) for fact in facts]
        self._producer.flush(timeout=PATIENCE_SECONDS)
        for future in sent:
            future.get(timeout=0.001)

    def _open(self) -> Any:
        # It lingers for long because each batch ends with a flush; until then its thread has nothing to look for.
        milliseconds = int(PATIENCE_SECONDS * 1000)
        return KafkaProducer(
            **self._address.client, acks="all", enable_idempotence=True, linger_ms=1000, batch_size=131_072,
            max_block_ms=milliseconds, delivery_timeout_ms=milliseconds, request_timeout_ms=milliseconds // 2,
            max_request_size=LARGEST_RECORD, bootstrap_timeout_ms=milliseconds,
        )  # fmt: skip

    def _hand_over(self, producer: Any, fact: Outgoing) -> Any:
        headers = [("fact_id", fact.fact_id), ("type", fact.type), ("trace_id", fact.trace_id)]
        return producer.send(
            self._address.full(fact.topic),
            key=fact.key.encode(),
            value=fact.payload.encode(),
            headers=[(name, value.encode()) for name, value in headers],
            timestamp_ms=int(fact.at.timestamp() * 1000),
        )
