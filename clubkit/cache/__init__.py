"""The Redis protocol is the port: one client type, for an embedded Valkey or any server."""

from redis.asyncio import Redis

__all__ = ["Redis"]
