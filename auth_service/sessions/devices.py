"""A device in a few words, so that a member recognises her own: no fingerprint, no full address."""

import re
from ipaddress import IPv4Address, ip_address

from auth_service.sessions.schemas import Device

_BROWSERS = (
    ("Edge", r"\bEdg[A-Z]?[a-z]*/"), ("Opera", r"\bOPR/"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(?:Firefox|FxiOS)/"), ("Chrome", r"(?:Chrome|CriOS|HeadlessChrome)/"), ("Safari", r"Safari/"),
)  # fmt: skip
_SYSTEMS = (
    ("iPad", r"iPad"), ("iPhone", r"iPhone"), ("Android", r"Android"), ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"), ("ChromeOS", r"CrOS"), ("Linux", r"Linux|X11"),
)  # fmt: skip


def device_of(user_agent: str, address: str) -> Device:
    """For example "Firefox on Windows" at "203.0.113.0/24"."""
    return Device(name_of(user_agent), prefix_of(address))


def name_of(user_agent: str) -> str:
    user_agent = user_agent[:400]
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown device"


def prefix_of(address: str) -> str:
    """The network of an address: /24 of IPv4, /48 of IPv6; empty for what is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if isinstance(parsed, IPv4Address):
        return f"{IPv4Address(int(parsed) >> 8 << 8)}/24"
    return f"{type(parsed)(int(parsed) >> 80 << 80)}/48"


def _first(kinds: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in kinds if re.search(pattern, text)), "")
