"""Servers for a run of tests: started when first asked for, an empty corner for each who asks, all given back."""

from contextlib import ExitStack

from tools.servers.base import Server
from tools.servers.registry import lease, server


class Servers:
    """`servers.kafka()`: the URL of an empty corner. Raises Missing, DidNotStart. Blocks while a server starts."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._urls: dict[str, str] = {}
        self._servers: dict[str, Server] = {}

    def postgres(self) -> str:
        """A fresh database: postgresql+asyncpg://…"""
        return self.fresh("postgres")

    def redis(self) -> str:
        """A numbered database, emptied: redis://…; publish/subscribe is shared by all."""
        return self.fresh("redis")

    def kafka(self) -> str:
        """A prefix of topics and groups: kafka://host:port/prefix"""
        return self.fresh("kafka")

    def elasticsearch(self) -> str:
        """A prefix of indexes: http://host:port/prefix"""
        return self.fresh("elasticsearch")

    def mongo(self) -> str:
        """A database: mongodb://…/name?directConnection=true"""
        return self.fresh("mongo")

    def fresh(self, name: str) -> str:
        """An empty corner of the server of this name, removed at the end of the run."""
        if name not in self._urls:
            self._servers[name] = server(name)
            self._urls[name] = self._held.enter_context(lease(self._servers[name]))
        corner = self._servers[name].fresh(self._urls[name])
        self._held.callback(self._servers[name].forget, corner)
        return corner

    def close(self) -> None:
        self._held.close()
