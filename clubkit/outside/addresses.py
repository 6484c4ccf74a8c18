"""Which addresses are the public's: a page that a member names must not lead into the hub's own network."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_THE_INTERNET = ip_network("2000::/3")
# An IPv4 address inside an IPv6 one (NAT64); mapped ones and 6to4 the library knows.
_TRANSLATED = ip_network("64:ff9b::/96")
# Set aside for protocols and documents; not every Python knows all of them.
_SET_ASIDE_V4 = (ip_network("192.0.0.0/24"), ip_network("192.88.99.0/24"))
_SET_ASIDE_V6 = (ip_network("2001::/23"), ip_network("2001:db8::/32"), ip_network("3fff::/20"))


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the Internet's, whatever form it comes in. False for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _is_public_v4(found) if isinstance(found, IPv4Address) else _is_public_v6(found)


def _is_public_v4(address: IPv4Address) -> bool:
    if any(address in net for net in _SET_ASIDE_V4):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_public_v6(address: IPv6Address) -> bool:
    if address.scope_id:
        return False
    if inside := _v4_inside(address):
        return _is_public_v4(inside)
    if address not in _THE_INTERNET or any(address in net for net in _SET_ASIDE_V6):
        return False
    return address.is_global and not address.is_multicast


def _v4_inside(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
