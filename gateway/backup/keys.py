"""What Redis or Valkey holds: sessions, online features, counters; not what is true only now."""

import base64
import gzip
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from clubkit.cache import Redis

PASSING = (b"presence:", b"_kombu", b"unacked", b"limit:", b"limits:")
"""Who is online, and a broker's own notes: of no use later."""
BATCH = 500


async def save_keys(redis: Redis, target: Path, *, queues: Sequence[str]) -> int:
    """Every lasting key with its value as the server itself writes it, and when it ends. Answers how many.

    Jobs that lie in a broker's queues are left out: their rows are in the tables, and they are sent again.
    """
    leave = {name.encode() for name in queues}
    saved = 0
    with gzip.open(target, "wb", compresslevel=3) as file:
        async for batch in _batches(redis):
            lasting = [key for key in batch if key not in leave and not key.startswith(PASSING)]
            for line in await _dumped(redis, lasting):
                file.write(line + b"\n")
                saved += 1
    return saved


async def load_keys(redis: Redis, source: Path) -> int:
    """Empties the database and fills it with what was saved; what has ended meanwhile is left out."""
    await redis.flushdb()
    loaded = 0
    now = await _now_in_ms(redis)
    pipe = redis.pipeline(transaction=False)
    with gzip.open(source, "rb") as file:
        for line in file:
            name, ends, value = orjson.loads(line)
            if ends and ends <= now:
                continue
            pipe.restore(_bytes(name), ends, _bytes(value), replace=True, absttl=bool(ends))
            loaded += 1
            if loaded % BATCH == 0:
                await pipe.execute()
    await pipe.execute()
    return loaded


async def _dumped(redis: Redis, keys: Sequence[bytes]) -> list[bytes]:
    pipe = redis.pipeline(transaction=False)
    for key in keys:
        pipe.pexpiretime(key)  # type: ignore[arg-type]  # bytes are as good
        pipe.dump(key)
    answers: list[Any] = await pipe.execute()
    lines = []
    for key, ends, value in zip(keys, answers[::2], answers[1::2], strict=True):
        if value is not None:  # None: it ended between the two looks
            lines.append(orjson.dumps([_text(key), max(0, ends), _text(value)]))
    return lines


async def _batches(redis: Redis) -> AsyncIterator[list[bytes]]:
    """Keys, some of them perhaps twice, as SCAN answers them."""
    seen: set[bytes] = set()
    batch: list[bytes] = []
    async for key in redis.scan_iter(count=BATCH):
        if key not in seen:
            seen.add(key)
            batch.append(key)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _now_in_ms(redis: Redis) -> int:
    seconds, micros = await redis.time()
    return int(seconds) * 1000 + int(micros) // 1000


def _text(value: bytes) -> str:
    return base64.b85encode(value).decode()


def _bytes(value: str) -> bytes:
    return base64.b85decode(value)
