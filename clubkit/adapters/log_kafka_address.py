"""`kafka://host:port,host:port/prefix`: the brokers, how we sign in, what our topics and groups begin with.

`kafkas://` speaks TLS; `user:password@` signs in by SCRAM-SHA-512, or by what `?mechanism=` says.
"""

import selectors
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import clubkit.adapters.log_kafka_checksum  # noqa: F401  it takes its place in the client


@dataclass(frozen=True)
class KafkaAddress:
    servers: tuple[str, ...]
    prefix: str
    security: Mapping[str, Any]

    @classmethod
    def parse(cls, url: str) -> "KafkaAddress":
        parts = urlsplit(url)
        account, _, hosts = parts.netloc.rpartition("@")
        servers = tuple(host if ":" in host else f"{host}:9092" for host in hosts.split(","))
        return cls(servers, parts.path.strip("/"), _security(parts.scheme == "kafkas", account, parse_qs(parts.query)))

    @property
    def client(self) -> dict[str, Any]:
        """What every client is opened with. A broker that is away is tried again every second or faster."""
        return {
            "bootstrap_servers": list(self.servers), "client_id": "clubholohub", "allow_auto_create_topics": False,
            "reconnect_backoff_ms": 50, "reconnect_backoff_max_ms": 1000, "metadata_max_age_ms": 30_000,
            "selector": TerseSelector,
            **self.security,
        }  # fmt: skip

    @property
    def admin(self) -> dict[str, Any]:
        return {name: value for name, value in self.client.items() if name != "allow_auto_create_topics"}

    def full(self, name: str) -> str:
        """A topic's or group's name on the brokers."""
        return f"{self.prefix}.{name}" if self.prefix else name

    def own(self, name: str) -> str:
        """The name without the prefix."""
        return name.removeprefix(f"{self.prefix}.") if self.prefix else name


class TerseSelector(selectors.DefaultSelector):
    """Asked for a socket that it does not watch, it says no more than that.

    The client asks before each wait, and the stock answer describes the socket: twice, with two system calls each.
    """

    def get_key(self, fileobj: Any) -> selectors.SelectorKey:
        number = fileobj if isinstance(fileobj, int) else fileobj.fileno()
        if number not in self._fd_to_key:  # type: ignore[attr-defined]
            raise KeyError(number)
        return super().get_key(fileobj)


def _security(tls: bool, account: str, query: Mapping[str, list[str]]) -> dict[str, Any]:
    if not account:
        return {"security_protocol": "SSL"} if tls else {}
    user, _, password = account.partition(":")
    return {
        "security_protocol": "SASL_SSL" if tls else "SASL_PLAINTEXT",
        "sasl_mechanism": query.get("mechanism", ["SCRAM-SHA-512"])[0],
        "sasl_plain_username": unquote(user), "sasl_plain_password": unquote(password),
    }  # fmt: skip
