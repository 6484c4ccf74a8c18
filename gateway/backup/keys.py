"""What Redis or Valkey holds: sessions, online features, counters; not what is true only now."""

import base64
import gzip
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from clubkit.batching import batched
from clubkit.cache import Redis
from gateway.backup.errors import UnknownKeys

PASSING = (b"presence:", b"_kombu", b"unacked", b"limit:", b"limits:")
"""Who is online, and a broker's own notes: of no use later."""
BATCH = 500
KINDS = ("string", "hash", "zset", "set", "list")
"""What the hub keeps there."""


async def save_keys(redis: Redis, target: Path, *, queues: Sequence[str]) -> int:
    """Every lasting key with its value and when it ends. Answers how many. Raises UnknownKeys.

    In plain parts, and not as the server would DUMP it: an older server could not take that.
    Jobs that lie in a broker's queues are left out: their rows are in the tables, and they are sent again.
    """
    leave = {name.encode() for name in queues}
    saved = 0
    with gzip.open(target, "wb", compresslevel=3) as file:
        async for batch in batched(_each_once(redis), BATCH):
            lasting = [key for key in batch if key not in leave and not key.startswith(PASSING)]
            for line in await _saved(redis, lasting):
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
            name, ends, kind, value = orjson.loads(line)
            if ends and ends <= now:
                continue
            _put(pipe, _bytes(name), kind, [_bytes(one) for one in value])
            if ends:
                pipe.pexpireat(_bytes(name), ends)
            loaded += 1
            if loaded % BATCH == 0:
                await pipe.execute()
    await pipe.execute()
    return loaded


def _ask(pipe: Any, key: bytes, kind: str) -> None:
    match kind:
        case "string":
            pipe.get(key)
        case "hash":
            pipe.hgetall(key)
        case "zset":
            pipe.zrange(key, 0, -1, withscores=True)
        case "set":
            pipe.smembers(key)
        case _:
            pipe.lrange(key, 0, -1)


def _put(pipe: Any, key: bytes, kind: str, values: list[bytes]) -> None:
    """The value in the plainest commands, which every Redis and Valkey understands."""
    match kind:
        case "string":
            pipe.set(key, values[0])
        case "hash":
            pipe.hset(key, mapping=dict(zip(values[::2], values[1::2], strict=True)))
        case "zset":
            pipe.zadd(key, dict(zip(values[::2], map(float, values[1::2]), strict=True)))
        case "set":
            pipe.sadd(key, *values)
        case _:
            pipe.rpush(key, *values)


def _flat(kind: str, value: Any) -> list[bytes]:
    match kind:
        case "string":
            return [value]
        case "hash":
            return [part for pair in value.items() for part in pair]
        case "zset":
            return [part for member, score in value for part in (member, repr(score).encode())]
        case _:
            return list(value)


async def _saved(redis: Redis, keys: Sequence[bytes]) -> list[bytes]:
    looking = redis.pipeline(transaction=False)
    for key in keys:
        looking.type(key)
        looking.pexpiretime(key)  # type: ignore[arg-type]  # bytes are as good
    answers: list[Any] = await looking.execute()
    kinds = [kind.decode() for kind in answers[::2]]
    strange = {kind for kind in kinds if kind not in (*KINDS, "none")}
    if strange:
        raise UnknownKeys(sorted(strange))
    reading = redis.pipeline(transaction=False)
    there = [(key, kind, ends) for key, kind, ends in zip(keys, kinds, answers[1::2], strict=True) if kind != "none"]
    for key, kind, _ in there:
        _ask(reading, key, kind)
    lines = []
    for (key, kind, ends), value in zip(there, await reading.execute(), strict=True):
        if value or value == b"":  # nothing: it ended between the two looks
            parts = [_text(one) for one in _flat(kind, value)]
            lines.append(orjson.dumps([_text(key), max(0, ends), kind, parts]))
    return lines


async def _each_once(redis: Redis) -> AsyncIterator[bytes]:
    """Every key; SCAN may answer one twice."""
    seen: set[bytes] = set()
    async for key in redis.scan_iter(count=BATCH):
        if key not in seen:
            seen.add(key)
            yield key


async def _now_in_ms(redis: Redis) -> int:
    seconds, micros = await redis.time()
    return int(seconds) * 1000 + int(micros) // 1000


def _text(value: bytes) -> str:
    return base64.b85encode(value).decode()


def _bytes(value: str) -> bytes:
    return base64.b85decode(value)
