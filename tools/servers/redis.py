"""Redis from the system's packages, with its append-only file on."""

import shutil
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

import redis

from tools.servers.base import Server
from tools.servers.errors import Missing
from tools.servers.packages import debian

DATABASES = 4096
COUNTER = "servers:next"


class RedisServer(Server):
    """A corner of it is a numbered database; number 0 counts them. Channels of publish/subscribe are shared by all."""

    name = "redis"
    variable = "REDIS_URL"

    def find(self) -> None:
        if not shutil.which("redis-server"):
            debian("redis-server")
        if not shutil.which("redis-server"):
            raise Missing("Redis is not installed (Debian: apt-get install redis-server)")

    def prepare(self, port: int) -> None:
        self.data.mkdir(parents=True, exist_ok=True)

    def command(self, port: int) -> Sequence[str]:
        settings = {"bind": "127.0.0.1", "port": port, "dir": self.data, "databases": DATABASES, "appendonly": "yes"}
        settings |= {"appendfsync": "everysec", "save": "", "protected-mode": "yes"}
        return ["redis-server", *(word for key, value in settings.items() for word in (f"--{key}", str(value)))]

    def url(self, port: int) -> str:
        return f"redis://127.0.0.1:{port}/0"

    def answers(self, url: str) -> bool:
        with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port or 6379), timeout=2) as wire:
            wire.sendall(b"PING\r\n")
            return wire.recv(5) == b"+PONG"

    def fresh(self, url: str) -> str:
        with redis.Redis.from_url(url) as client:
            count = int(client.config_get("databases")["databases"])
            number = client.incr(COUNTER) % (count - 1) + 1
        corner = urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
        self.forget(corner)
        return corner

    def forget(self, url: str) -> None:
        with redis.Redis.from_url(url) as client:
            client.flushdb()
