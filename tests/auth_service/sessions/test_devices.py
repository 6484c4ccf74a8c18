"""A device in a few words."""

import pytest

from auth_service.sessions.devices import device_of, name_of, prefix_of

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/126 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [(MAC, "Safari on macOS"), (WINDOWS, "Chrome on Windows"), (WINDOWS + " Edg/126.0", "Edge on Windows"),
     (IPHONE, "Chrome on iPhone"), (ANDROID, "Samsung Internet on Android"), ("curl/8.5", "Unknown device"),
     ("", "Unknown device"), ("x" * 100_000, "Unknown device")],
)  # fmt: skip
def test_a_browser_and_its_system_are_named(user_agent: str, name: str) -> None:
    assert name_of(user_agent) == name


@pytest.mark.parametrize(
    ("address", "prefix"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2:3::4", "2001:db8:1::/48"), ("testclient", ""), ("", ""),
     ("::ffff:203.0.113.77", "203.0.113.0/24")],
)  # fmt: skip
def test_only_the_network_of_an_address_is_kept(address: str, prefix: str) -> None:
    assert prefix_of(address) == prefix
    assert device_of("", address).ip_prefix == prefix
