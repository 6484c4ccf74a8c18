"""How often one may try, by client network and by the address that is tried."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from fastapi import Request

from auth_service.settings import AuthSettings
from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import ports_of


@dataclass(frozen=True)
class Budget:
    """What one action costs. `pair` is by address and client together: a stranger's guesses from elsewhere
    use up the wider `address` budget only, so he has to work hard to keep a member from her own account."""

    name: str
    client: Rate
    pair: Rate | None = None
    address: Rate | None = None


MINUTE, HOUR = 60.0, 3600.0
SIGN_IN = Budget("auth.sign_in", Rate(60, 10 * MINUTE), pair=Rate(10, 10 * MINUTE), address=Rate(50, HOUR))
REGISTER = Budget("auth.register", Rate(20, HOUR), address=Rate(4, HOUR))
FORGOT = Budget("auth.forgot", Rate(20, HOUR), address=Rate(4, HOUR))
VERIFY = Budget("auth.verify", Rate(30, 10 * MINUTE))
REFRESH = Budget("auth.refresh", Rate(120, MINUTE))
CHANGE = Budget("auth.change", Rate(20, 10 * MINUTE), pair=Rate(5, 10 * MINUTE))


async def spend(request: Request, budget: Budget, *, address: str = "") -> None:
    """Raises TooMany, with the seconds to wait. The same for an address we know and one we do not."""
    ports = ports_of(request)
    limits, factor = ports[Limits], ports[AuthSettings].limit_factor
    client, who = network_of(request.client.host if request.client else ""), _veiled(address)
    for suffix, key, rate in _checks(budget, client, who):
        await limits.spend(f"{budget.name}.{suffix}", key, Rate(max(1, round(rate.times * factor)), rate.per))


def _checks(budget: Budget, client: str, who: str) -> list[tuple[str, str, Rate]]:
    named: Mapping[str, tuple[str, Rate | None]] = {
        "client": (client, budget.client), "pair": (f"{client}:{who}", budget.pair), "address": (who, budget.address),
    }  # fmt: skip
    return [(suffix, key, rate) for suffix, (key, rate) in named.items() if rate is not None]


def network_of(address: str) -> str:
    """Who counts as one client: an IPv4 address, or the /64 that one IPv6 household gets whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _veiled(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]
