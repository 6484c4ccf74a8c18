"""Several processes, one hub: pushes reach the sockets of all of them, and Redis failing loses nothing for good."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from redis.asyncio import Redis as RedisClient
from redis.exceptions import ConnectionError as RedisConnectionError

from clubkit.adapters.valkey_child import ValkeyChild
from clubkit.adapters.wire_redis import RedisWire
from clubkit.adapters.wire_shards import SHARDS, Shards, shard_of
from clubkit.cache import Redis
from clubkit.ids import MemberId
from clubkit.realtime.encoding import event_frame


class Node:
    """A process: its wire, and sockets that note what is pushed to them."""

    def __init__(self, redis: Redis, *, alone: bool = False) -> None:
        self.redis = redis
        self.wire = RedisWire(redis, self, alone=alone)
        self.channels: set[str] = set()
        self.heard: asyncio.Queue[tuple[str, bytes, str, str | None]] = asyncio.Queue()
        self.did: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()
        self.looked_at: list[str] = []
        self._changed: Callable[[str, bool], None] = lambda _channel, _here: None

    def push(self, event: str, frame: bytes, *, to: str, skip: str | None = None) -> None:
        self.heard.put_nowait((event, frame, to, skip))

    def has(self, channel: str) -> bool:
        self.looked_at.append(channel)
        return channel in self.channels

    def watch(self, changed: Callable[[str, bool], None]) -> None:
        self._changed = changed
        for channel in self.channels:
            changed(channel, True)

    async def restored(self) -> None:
        self.did.put_nowait(("restored",))

    async def kick(self, *, session_id: str) -> None:
        self.did.put_nowait(("kick", session_id))

    async def subscribe(self, member_id: MemberId, channel: str) -> None:
        self.did.put_nowait(("subscribe", member_id, channel))

    async def unsubscribe(self, member_id: MemberId, channel: str) -> None:
        self.did.put_nowait(("unsubscribe", member_id, channel))

    def enter(self, channel: str) -> None:
        self.channels.add(channel)
        self._changed(channel, True)

    def leave(self, channel: str) -> None:
        self.channels.discard(channel)
        self._changed(channel, False)

    async def next(self) -> tuple[str, bytes, str, str | None]:
        return await asyncio.wait_for(self.heard.get(), 5)

    async def listens(self, channel: str, *, many: int = 1) -> None:
        """Until Redis knows that so many processes want this channel."""
        shard = shard_of(self.wire._prefix, channel)
        async with asyncio.timeout(5):
            while (await self.redis.pubsub_numsub(shard))[0][1] != many:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
def own_valkey() -> Iterator[ValkeyChild]:
    """A Valkey that this test alone may stop and start."""
    with tempfile.TemporaryDirectory(prefix="hub-wire-") as folder:
        child = ValkeyChild.open(Path(folder))
        yield child
        child.close()


@asynccontextmanager
async def process(url: str, *channels: str, alone: bool = False) -> AsyncIterator[Node]:
    redis: Redis = RedisClient.from_url(url)
    node = Node(redis, alone=alone)
    node.channels.update(channels)
    listening = asyncio.create_task(node.wire.listen())
    await asyncio.wait_for(node.wire.hears.wait(), 5)
    try:
        yield node
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await redis.aclose()


def failures() -> float:
    return REGISTRY.get_sample_value("hub_wire_failures_total") or 0.0


async def test_a_push_reaches_the_sockets_of_another_process_as_the_same_bytes(valkey_url: str) -> None:
    async with process(valkey_url, "room:1") as one, process(valkey_url, "room:1") as other:
        await other.listens("room:1", many=2)
        await one.wire.emit("said", {"body": "grüß\0e"}, to="room:1", skip="sid")
        expected = ("said", event_frame("said", {"body": "grüß\0e"}), "room:1", "sid")
        assert await one.next() == expected
        assert await other.next() == expected
        await one.wire.emit("said", {}, to="room:1")
        assert (await other.next())[3] is None
        await one.next()
        assert one.heard.empty()


async def test_a_process_without_a_socket_in_the_room_does_not_even_hear_it(valkey_url: str) -> None:
    async with process(valkey_url, "room:1") as one, process(valkey_url, "room:2", "room:3") as other:
        await other.listens("room:3")
        await one.wire.emit("said", {}, to="room:1")
        await one.wire.emit("said", {}, to="room:2")
        assert (await other.next())[2] == "room:2"
        assert other.looked_at == ["room:2"]


async def test_rooms_are_listened_to_as_sockets_come_and_go(valkey_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clubkit.adapters.wire_hearing.LOOK_SECONDS", 0.05)
    async with process(valkey_url) as one, process(valkey_url) as other:
        other.enter("room:1")
        await other.listens("room:1")
        await one.wire.emit("said", {}, to="room:1")
        assert (await other.next())[2] == "room:1"
        other.leave("room:1")
        await other.listens("room:1", many=0)
        other.enter("room:1")
        await other.listens("room:1")


async def test_commands_reach_every_process(valkey_url: str) -> None:
    async with process(valkey_url) as one, process(valkey_url) as other:
        await one.wire.kick(session_id="s")
        await one.wire.subscribe(MemberId("m"), "club:1")
        await one.wire.unsubscribe(MemberId("m"), "club:1")
        expected = [("kick", "s"), ("subscribe", "m", "club:1"), ("unsubscribe", "m", "club:1")]
        for node in (one, other):
            assert [await asyncio.wait_for(node.did.get(), 5) for _ in expected] == expected


async def test_two_hubs_on_one_redis_do_not_hear_each_other(own_valkey: ValkeyChild) -> None:
    url = own_valkey.url
    async with process(url, "room:1") as one, process(f"{url}?db=1", "room:1") as stranger:
        await stranger.listens("room:1")
        await one.wire.emit("said", {}, to="room:1")
        await one.wire.kick(session_id="s")
        await stranger.wire.emit("own", {}, to="room:1")
        assert (await stranger.next())[0] == "own"
        assert stranger.heard.empty()
        assert stranger.did.empty()


async def test_after_redis_was_gone_everybody_is_told_to_look(own_valkey: ValkeyChild) -> None:
    async with process(own_valkey.url, "room:1") as one, process(own_valkey.url, "room:1") as other:
        before = failures()
        await asyncio.to_thread(own_valkey._stop, 5.0)
        await one.wire.emit("said", {"n": 1}, to="room:1")
        await one.wire.kick(session_id="s")
        assert (await one.next())[0] == "said"
        assert failures() == before + 2
        await asyncio.to_thread(own_valkey.revive)
        for node in (one, other):
            did = {await asyncio.wait_for(node.did.get(), 10)}
            while ("restored",) not in did or ("kick", "s") not in did:
                did.add(await asyncio.wait_for(node.did.get(), 10))
        await other.listens("room:1", many=2)
        await one.wire.emit("said", {"n": 2}, to="room:1")
        assert (await other.next())[1] == event_frame("said", {"n": 2})


async def test_who_could_not_hear_for_a_moment_obeys_later_and_in_order(valkey_url: str) -> None:
    async with process(valkey_url) as one, process(valkey_url) as other:
        await one.redis.client_kill_filter(_type="pubsub")
        await one.wire.unsubscribe(MemberId("m"), "room:1")
        await one.wire.kick(session_id="s")
        did = [await asyncio.wait_for(other.did.get(), 10) for _ in range(3)]
        while did[-1] != ("restored",):
            did.append(await asyncio.wait_for(other.did.get(), 10))
        commands = [what for what in did if what != ("restored",)]
        assert commands[-2:] == [("unsubscribe", "m", "room:1"), ("kick", "s")]


async def test_a_push_that_redis_refused_is_made_up_for_though_nobody_else_noticed(
    valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with process(valkey_url, "room:1") as one, process(valkey_url, "room:1") as other:

        async def away(*_: Any) -> None:
            raise RedisConnectionError

        with monkeypatch.context() as patched:
            patched.setattr(one.redis.connection_pool, "get_connection", away)
            await one.wire.emit("said", {}, to="room:1")
        assert await asyncio.wait_for(other.did.get(), 5) == ("restored",)
        assert one.did.empty()


async def test_who_holds_all_sockets_tells_nobody() -> None:
    redis: Redis = RedisClient.from_url("unix:///nowhere")
    node, before = Node(redis, alone=True), failures()
    await node.wire.emit("said", {}, to="room:1")
    assert (await node.next())[0] == "said"
    assert failures() == before


async def test_who_holds_all_sockets_hears_its_workers(valkey_url: str) -> None:
    async with process(valkey_url, "room:1", alone=True) as hub:
        await hub.listens("room:1")
        worker = RedisWire(hub.redis, None, alone=True)
        await worker.emit("prepared", {}, to="room:1")
        assert (await hub.next())[0] == "prepared"


def test_kinds_of_channels_have_shards_of_their_own() -> None:
    shards = Shards("hub:0:wire")
    for n in range(2 * SHARDS):
        shards.note(f"member:{n}", True)
    assert all(shard.startswith("hub:0:wire:member:") for shard in shards.new())
    assert shards.new() == []
    shards.note("room:1", True)
    assert shards.new() == [shard_of("hub:0:wire", "room:1")]
    shards.note("room:1", False)
    assert shards.idle() == [shard_of("hub:0:wire", "room:1")]
    assert shards.idle() == []


def test_a_room_that_is_left_and_entered_again_is_listened_to_all_the_while() -> None:
    shards = Shards("hub:0:wire")
    shards.note("room:1", True)
    (shard,) = shards.new()
    shards.note("room:1", False)
    shards.note("room:1", True)
    assert (shards.new(), shards.idle()) == ([], [])
    shards.forget_what_is_heard()
    assert shards.new() == [shard]


async def test_redis_py_still_has_what_we_listen_with(valkey_url: str) -> None:
    redis: Redis = RedisClient.from_url(valkey_url)
    connection: Any = redis.connection_pool.make_connection()  # type: ignore[no-untyped-call]
    await connection.connect()
    assert isinstance(connection._writer.transport, asyncio.Transport)
    assert b"".join(connection.pack_command("PING")) == b"*1\r\n$4\r\nPING\r\n"
    await connection.disconnect()
    await redis.aclose()
