"""Which Redis channels a process listens to: those of shards that hold a channel of one of its sockets."""

from binascii import crc32
from collections import Counter

SHARDS = 65_536
"""Per kind of channel: so many that a process with two thousand rooms hears one message in thirty in vain."""


def shard_of(prefix: str, channel: str) -> str:
    """Kinds of channels (room, club, member) are sharded apart: many members do not make a process hear every room."""
    return f"{prefix}:{channel.partition(':')[0]}:{crc32(channel.encode()) % SHARDS}"


class Shards:
    """Counts local channels per shard; collects what is to be listened to, and what no longer."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._channels: Counter[str] = Counter()
        self._heard: set[str] = set()
        # What changed since it was asked for: looking through all of them with every socket that comes takes too long.
        self._wanted: set[str] = set()
        self._unwanted: set[str] = set()

    def note(self, channel: str, here: bool) -> None:
        """A channel got its first socket here, or lost its last."""
        shard = shard_of(self._prefix, channel)
        self._channels[shard] += 1 if here else -1
        if not self._channels[shard]:
            del self._channels[shard]
            self._unwanted.add(shard)
        elif here:
            self._wanted.add(shard)

    def forget_what_is_heard(self) -> None:
        """A new connection listens to nothing yet."""
        self._heard.clear()
        self._unwanted.clear()
        self._wanted = set(self._channels)

    def new(self) -> list[str]:
        """To be listened to from now on."""
        wanted = [shard for shard in self._wanted if shard in self._channels and shard not in self._heard]
        self._wanted.clear()
        self._heard.update(wanted)
        return wanted

    def idle(self) -> list[str]:
        """No longer of use."""
        unwanted = [shard for shard in self._unwanted if shard in self._heard and shard not in self._channels]
        self._unwanted.clear()
        self._heard.difference_update(unwanted)
        return unwanted
