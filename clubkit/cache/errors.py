"""What it is called when Redis does not answer."""

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from clubkit.errors import Unavailable

REDIS_AWAY = (RedisConnectionError, RedisTimeoutError)


class CacheAway(Unavailable):
    """Sessions, presence and what is kept for a while cannot be read. Nothing that was acknowledged is lost."""

    code = "cache_away"

    def __init__(self) -> None:
        super().__init__("The hub is missing a part of itself just now. Please try again in a moment.", retry_after=2)
