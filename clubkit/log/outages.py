"""Whether a failure says something about the fact, or only that a server was away."""

from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

from clubkit.db.errors import Collided
from clubkit.errors import StorageFull, Unavailable

AWAY = (OSError, TimeoutError, RedisAway, RedisSilent, Unavailable, StorageFull)
"""What adapters raise when what stands behind them cannot be reached. Drivers with errors of their own wrap them."""


def is_outage(failure: BaseException) -> bool:
    """True when the same fact may well be taken as soon as a server is back: it costs no attempt.

    Losing a race is no outage: a handler that loses every time has a flaw of its own.
    """
    return isinstance(failure, AWAY) and not isinstance(failure, Collided)
