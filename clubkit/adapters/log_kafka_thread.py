"""One Kafka consumer in a thread of its own: it polls into a bounded queue and commits what is marked.

The client is not to be shared between threads, so whatever the reader wants of it is an order that the thread carries
out between two polls. A group's partitions come and go: records of one that was taken away leave the queue with it.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import structlog
from kafka import ConsumerRebalanceListener, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.errors import KafkaError

log = structlog.get_logger("log")

POLL_MILLISECONDS = 100
"""How long orders and commits may wait for the end of a poll; records end it at once."""
IDLE_POLL_MILLISECONDS, IDLE_AFTER_SECONDS = 500, 2.0
"""The same where nothing has happened for so long: each poll costs, also of a group that never hears anything."""
COMMIT_SECONDS = 0.2
"""Marks of this long go to the brokers together. What a lost mark brings again, the inbox keeps single."""
FULL_POLL = 500
"""Records that one poll hands over at most; where there are so many, nobody waits for more to gather."""
FULL, ROOM_AGAIN = 4000, 2000
"""Records in the queue at which fetching pauses, and goes on."""
AWAY_SECONDS = 1.0

Order = Callable[[Any], Any]


class ConsumerThread(ConsumerRebalanceListener):  # type: ignore[misc]
    """Started by `start`, ended by `stop`, which commits.

    prepare: called before the group is joined; raises KafkaError while the brokers are away, and is called again.
    arrived: called, from this thread, when records came.
    linger: seconds to leave the brokers alone after records came, so that the next ones come together.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        topics: Sequence[str],
        *,
        prepare: Callable[[], object],
        arrived: Callable[[], object],
        linger: float = 0.0,
    ) -> None:
        self._options = options
        self._prepare = prepare
        self._topics = list(topics)
        self._arrived = arrived
        self._lock = threading.Lock()
        self._queue: deque[Any] = deque()
        self._orders: deque[tuple[Order, asyncio.Future[Any], asyncio.AbstractEventLoop]] = deque()
        self._assigned: set[TopicPartition] = set()
        self._marked: dict[TopicPartition, int] = {}
        self._committed: dict[TopicPartition, int] = {}
        self._next_commit = 0.0
        self._busy_until = 0.0
        self._linger = linger
        self._rest = 0.0
        self._called = threading.Event()
        self._joined = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kafka-reader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Blocks until the last marks are committed and the group is left."""
        self._stopping.set()
        self._called.set()
        self._thread.join()

    def take(self, limit: int) -> list[Any]:
        with self._lock:
            return [self._queue.popleft() for _ in range(min(limit, len(self._queue)))]

    def mark(self, offsets: Mapping[TopicPartition, int]) -> None:
        """These are the next offsets to read; committed soon, unless the partition was taken away."""
        with self._lock:
            for partition, offset in offsets.items():
                if partition in self._assigned:
                    self._marked[partition] = max(offset, self._marked.get(partition, 0))

    async def order(self, order: Order) -> Any:
        """Has the thread do something with the consumer; answers what it answered."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Any] = loop.create_future()
        with self._lock:
            self._orders.append((order, done, loop))
        self._called.set()
        return await done

    def rewind(self, consumer: Any) -> None:
        """An order: back behind what was marked, or committed by whoever read before."""
        with self._lock:
            self._queue.clear()
            marked = dict(self._marked)
        for partition in consumer.assignment() or ():
            offset = marked.get(partition)
            if offset is None:
                offset = consumer.committed(partition)
            if offset is None:
                consumer.seek_to_beginning(partition)
            else:
                consumer.seek(partition, offset)

    def caught_up(self, consumer: Any) -> bool:
        """An order: whether nothing in the log is left that this consumer has not put into the queue."""
        if not self._joined:
            return False
        partitions = list(consumer.assignment() or ())
        ends = consumer.end_offsets(partitions) if partitions else {}
        with self._lock:
            return not self._queue and all(consumer.position(one) >= end for one, end in ends.items())

    # The client calls these from its own thread; they must be quick.

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        with self._lock:
            for partition in assigned:
                self._forget(partition)
                self._assigned.add(partition)
            self._joined = True

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        with self._lock:
            gone = set(revoked)
            for partition in gone:
                self._forget(partition)
                self._assigned.discard(partition)
            self._queue = deque(r for r in self._queue if TopicPartition(r.topic, r.partition) not in gone)

    def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        self.on_partitions_revoked(lost)

    def _forget(self, partition: TopicPartition) -> None:
        self._marked.pop(partition, None)
        self._committed.pop(partition, None)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._consume()
            except KafkaError as away:
                log.warning("the log is away, trying again", group=self._options["group_id"], error=repr(away))
            except Exception:
                log.exception("reading the log failed, trying again", group=self._options["group_id"])
            self._stopping.wait(AWAY_SECONDS)
        self._refuse_orders()

    def _consume(self) -> None:
        self._prepare()
        consumer = KafkaConsumer(**self._options)
        try:
            self._start_anew()
            consumer.subscribe(self._topics, listener=self)
            while not self._stopping.is_set():
                self._round(consumer)
            self._commit(consumer)
        finally:
            consumer.close(autocommit=False, timeout_ms=5000)

    def _start_anew(self) -> None:
        self._note_life()
        with self._lock:
            self._queue.clear()
            self._assigned.clear()
            self._marked.clear()
            self._committed.clear()
            self._joined = False

    def _round(self, consumer: Any) -> None:
        if self._rest:
            self._called.wait(self._rest)
            self._rest = 0.0
        self._called.clear()
        self._carry_out_orders(consumer)
        if time.monotonic() >= self._next_commit:
            self._commit(consumer)
            self._next_commit = time.monotonic() + COMMIT_SECONDS
        self._hold_or_go_on(consumer)
        _go_on_joining(consumer)
        try:
            found = consumer.poll(timeout_ms=self._patience())
        except KafkaError as stumble:  # a broker died; the client finds the next one
            log.warning("a poll of the log failed", group=self._options["group_id"], error=repr(stumble))
            self._stopping.wait(AWAY_SECONDS)
            return
        if found:
            self._note_life()
            with self._lock:
                for partition, records in found.items():
                    if partition in self._assigned:
                        self._queue.extend(records)
            self._arrived()
            self._rest = self._linger if sum(map(len, found.values())) < FULL_POLL else 0.0

    def _patience(self) -> int:
        return POLL_MILLISECONDS if time.monotonic() < self._busy_until else IDLE_POLL_MILLISECONDS

    def _note_life(self) -> None:
        self._busy_until = time.monotonic() + IDLE_AFTER_SECONDS

    def _carry_out_orders(self, consumer: Any) -> None:
        while self._orders:
            self._note_life()
            order, done, loop = self._orders.popleft()
            try:
                _answer(loop, done, order(consumer))
            except Exception as failure:  # noqa: BLE001  it belongs to who gave the order
                _fail(loop, done, failure)

    def _refuse_orders(self) -> None:
        while self._orders:
            _, done, loop = self._orders.popleft()
            _fail(loop, done, RuntimeError("the reader is closed"))

    def _hold_or_go_on(self, consumer: Any) -> None:
        waiting = len(self._queue)
        paused = consumer.paused()
        if waiting >= FULL and not paused:
            consumer.pause(*(consumer.assignment() or ()))
        elif waiting <= ROOM_AGAIN and paused:
            consumer.resume(*paused)

    def _commit(self, consumer: Any) -> None:
        with self._lock:
            new = {p: offset for p, offset in self._marked.items() if self._committed.get(p) != offset}
        if not new:
            return
        try:
            consumer.commit({p: OffsetAndMetadata(offset, "", -1) for p, offset in new.items()}, timeout_ms=5000)
        except KafkaError as failure:  # tried again on the next round; at worst the records come again
            log.warning("a commit to the log failed", group=self._options["group_id"], error=repr(failure))
            return
        with self._lock:
            self._committed.update(new)


def _go_on_joining(consumer: Any) -> None:
    """Has the client finish a rebalance that it leads and began in a poll which ended too early.

    kafka-python 3.0.12 takes the assignment it made for the end of it: it would join no more, send no heartbeat, never
    hear a record again, and spin.
    """
    coordinator = consumer._coordinator  # noqa: SLF001  nothing public says it
    if coordinator.rebalance_in_progress() and not coordinator.need_rejoin():
        coordinator.request_rejoin()


def _answer(loop: asyncio.AbstractEventLoop, done: asyncio.Future[Any], value: Any) -> None:
    def settle() -> None:
        if not done.done():
            done.set_result(value)

    loop.call_soon_threadsafe(settle)


def _fail(loop: asyncio.AbstractEventLoop, done: asyncio.Future[Any], failure: Exception) -> None:
    def settle() -> None:
        if not done.done():
            done.set_exception(failure)

    loop.call_soon_threadsafe(settle)
