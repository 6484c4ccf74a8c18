"""Whether a failure says something about the fact, or only that a server was away."""

import errno
from socket import gaierror

from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

from clubkit.db.errors import Collided
from clubkit.errors import StorageFull, Unavailable

AWAY = (ConnectionError, TimeoutError, gaierror, RedisAway, RedisSilent, Unavailable, StorageFull)
"""What adapters raise when what stands behind them cannot be reached. Drivers with errors of their own wrap them."""
OUT_OF_REACH = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.ENOSPC, errno.EIO, errno.EROFS})
"""No other OSError is an outage: a file that is not there will not come."""


def is_outage(failure: BaseException) -> bool:
    """True when the same fact may well be taken as soon as a server is back: it costs no attempt.

    Losing a race is no outage: a handler that loses every time has a flaw of its own.
    """
    if isinstance(failure, OSError) and failure.errno in OUT_OF_REACH:
        return True
    return isinstance(failure, AWAY) and not isinstance(failure, Collided)
