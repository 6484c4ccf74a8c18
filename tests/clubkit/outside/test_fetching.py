"""A page that a member named is fetched; nothing of the hub's own network ever is."""

import gzip
from collections.abc import AsyncIterator

import pytest

from clubkit.outside.addresses import is_public
from clubkit.outside.errors import Forbidden, NotReached
from clubkit.outside.fetching import Fetched, Outside
from tests.clubkit.outside.pages import Pages, a_site, answered, dripping, redirected

HERE = (
    "127.0.0.1",
    "10.0.0.8",
    "169.254.169.254",
    "192.168.1.1",
    "172.16.0.1",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "fd00::1",
)


@pytest.fixture
async def site() -> AsyncIterator[Pages]:
    async with a_site() as site:
        yield site


async def get(site: Pages, url: str, *, limit: int = 10_000, seconds: float = 5.0) -> Fetched:
    async with Outside(trusted=site.place, seconds=seconds) as outside:
        return await outside.get(url, limit=limit, accept="text/html")


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *HERE, "127.8.8.8", "0.1.2.3", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "192.0.0.8", "192.0.2.1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1",
        "2001:db8::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "localhost", "", "127.1",
        "0x7f000001",
    ],
)  # fmt: skip
def test_everything_else_is_not(address: str) -> None:
    assert not is_public(address)


async def test_a_page_is_fetched_with_its_kind_and_charset(site: Pages) -> None:
    site.pages["/"] = answered(b"<title>Riverside</title>")
    found = await get(site, site.url("/"))
    assert (found.media_type, found.charset, found.body) == ("text/html", "utf-8", b"<title>Riverside</title>")
    assert not found.cut
    assert "cookie" not in site.asked[0].lower()
    assert "ClubHoloHub" in site.asked[0]


@pytest.mark.parametrize("address", HERE)
async def test_a_name_that_leads_inside_is_never_called(site: Pages, address: str) -> None:
    async def inside(host: str, port: int) -> list[str]:
        return ["93.184.216.34", address]

    async with Outside(resolve=inside) as outside:
        with pytest.raises(Forbidden):
            await outside.get("http://club.example/", limit=10, accept="*/*")
    assert site.asked == []


@pytest.mark.parametrize("address", HERE)
async def test_nothing_is_sent_to_a_name_that_leads_inside(site: Pages, address: str) -> None:
    async def inside(host: str, port: int) -> list[str]:
        return [address]

    async with Outside(resolve=inside) as outside:
        with pytest.raises(Forbidden):
            await outside.post("https://push.example/", b"sealed", {})
    assert site.asked == []


async def test_what_is_sent_is_answered_by_a_status_and_a_redirect_is_not_followed(site: Pages) -> None:
    site.pages |= {"/a": answered(b"", status="201 Created"), "/b": redirected("/a", "307 Elsewhere")}
    async with Outside(trusted=site.place) as outside:
        assert await outside.post(site.url("/a"), b"sealed", {"TTL": "60"}) == 201
        assert await outside.post(site.url("/b"), b"sealed", {}) == 307
    first, second = site.asked
    assert first.startswith("POST /a ")
    assert "TTL: 60\r\n" in first
    assert "Content-Length: 6\r\n" in first
    assert second.startswith("POST /b ")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://localhost/", "http://169.254.169.254/latest/meta-data/",
        "https://club.example:8443/", "http://club.example:22/", "ftp://club.example/", "file:///etc/passwd",
        "http://user:secret@club.example/", "gopher://club.example/", "http:///nowhere", "nonsense", "",
        "http://" + "a" * 3_000,
    ],
)  # fmt: skip
async def test_only_plain_addresses_of_the_web_are_asked(url: str) -> None:
    async with Outside() as outside:
        with pytest.raises((Forbidden, NotReached)):
            await outside.get(url, limit=10, accept="*/*")


async def test_the_call_goes_to_the_address_that_was_looked_at(site: Pages) -> None:
    looks = 0

    async def rebinding(host: str, port: int) -> list[str]:
        nonlocal looks
        looks += 1
        return ["127.0.0.1"]

    site.pages["/"] = answered(b"hello")
    place = site.place.replace("127.0.0.1", "club.example")
    async with Outside(trusted=place, resolve=rebinding) as outside:
        found = await outside.get(f"http://{place}/", limit=10, accept="*/*")
    assert (found.body, looks) == (b"hello", 1)
    assert f"Host: {place}" in site.asked[0]


async def test_redirects_are_followed_a_few_times_without_cookies(site: Pages) -> None:
    site.pages |= {"/a": redirected("/b"), "/b": redirected(site.url("/c"), "301 Moved"), "/c": answered(b"here")}
    found = await get(site, site.url("/a"))
    assert (found.body, found.url) == (b"here", site.url("/c"))
    assert all("tracked" not in head for head in site.asked)
    site.pages["/round"] = redirected("/round")
    with pytest.raises(NotReached):
        await get(site, site.url("/round"))


@pytest.mark.parametrize(
    "to",
    ["http://127.0.0.1/", "http://169.254.169.254/", "http://localhost:6379/", "file:///etc/passwd", "http://[::1]/"],
)
async def test_a_redirect_into_the_hubs_network_is_not_followed(site: Pages, to: str) -> None:
    site.pages["/a"] = redirected(to)
    with pytest.raises(Forbidden):
        await get(site, site.url("/a"))


async def test_no_more_is_read_than_the_limit(site: Pages) -> None:
    site.pages["/"] = answered(b"x" * 100_000)
    found = await get(site, site.url("/"), limit=1_000)
    assert (len(found.body), found.cut) == (1_000, True)
    site.pages["/endless"] = dripping(b"x" * 5_000, pause=0)
    assert (await get(site, site.url("/endless"), limit=20_000)).cut


async def test_a_small_answer_that_unfolds_is_cut_while_it_unfolds(site: Pages) -> None:
    site.pages["/"] = answered(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    found = await get(site, site.url("/"), limit=1_000)
    assert (len(found.body), found.cut) == (1_000, True)
    site.pages["/odd"] = answered(b"??", Content_Encoding="br")
    with pytest.raises(NotReached):
        await get(site, site.url("/odd"))


async def test_a_slow_page_is_given_up(site: Pages) -> None:
    site.pages["/"] = dripping(b"x")
    with pytest.raises(NotReached, match="too long"):
        await get(site, site.url("/"), limit=1_000_000, seconds=0.3)


async def test_what_does_not_answer_with_a_page_is_no_page(site: Pages) -> None:
    for status in ("404 Not Found", "500 Oops", "204 No Content"):
        site.pages["/"] = answered(b"", status=status)
        with pytest.raises(NotReached):
            await get(site, site.url("/"))

    async def nonsense(writer: object) -> None:
        writer.write(b"\x00\x01 what?\r\n\r\n")  # type: ignore[attr-defined]

    site.pages["/"] = nonsense
    with pytest.raises(NotReached):
        await get(site, site.url("/"))
