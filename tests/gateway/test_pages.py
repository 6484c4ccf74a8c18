"""The web app as a browser gets it from the hub."""

import gzip
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from gateway.pages import Pages

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SCRIPT = b"console.log('the club is home');" * 60


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>ClubHoloHub</title>")
    (folder / "assets" / "main-C7L0v1qK.js").write_bytes(SCRIPT)
    (folder / "sw.js").write_text("self.skipWaiting()")
    (folder / "app.webmanifest").write_text("{}")
    (tmp_path / "secret.key").write_text("secret")
    return folder


@pytest.fixture
def browser(dist: Path) -> httpx.AsyncClient:
    return hub(dist, https=False)


def hub(dist: Path, *, https: bool) -> httpx.AsyncClient:
    api = FastAPI()

    @api.get("/api/v1/clubs")
    async def clubs() -> list[str]:
        return ["Riverside FC"]

    @api.get("/healthz")
    async def healthz() -> str:
        return "alive"

    transport = httpx.ASGITransport(Pages(api, api.router, dist, https=https))
    return httpx.AsyncClient(transport=transport, base_url="http://hub.test")


async def test_the_front_door_is_the_shell(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/", headers=PAGE)
    assert page.status_code == 200
    assert "ClubHoloHub" in page.text
    assert page.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/chat/0190", "/c/riverside-fc", "/e/0190", "/nowhere/at/all"])
async def test_any_page_of_the_app_is_the_shell_too(browser: httpx.AsyncClient, path: str) -> None:
    assert "ClubHoloHub" in (await browser.get(path, headers=PAGE)).text


async def test_no_inline_script_may_run_and_nobody_may_frame_the_hub(browser: httpx.AsyncClient) -> None:
    policy = (await browser.get("/", headers=PAGE)).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_a_file_that_carries_its_hash_is_kept_for_ever(browser: httpx.AsyncClient) -> None:
    script = await browser.get("/assets/main-C7L0v1qK.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/sw.js", "/app.webmanifest", "/index.html"])
async def test_a_file_without_a_hash_is_asked_for_each_time(browser: httpx.AsyncClient, path: str) -> None:
    first = await browser.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = await browser.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_long_text_goes_compressed_to_whom_it_may(browser: httpx.AsyncClient) -> None:
    async with browser.stream("GET", "/assets/main-C7L0v1qK.js", headers={"Accept-Encoding": "gzip"}) as small:
        raw = b"".join([part async for part in small.aiter_raw()])
    assert gzip.decompress(raw) == SCRIPT
    assert small.headers["vary"] == "Accept-Encoding"
    plain = await browser.get("/assets/main-C7L0v1qK.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == SCRIPT


async def test_a_new_build_is_noticed(browser: httpx.AsyncClient, dist: Path) -> None:
    before = (await browser.get("/", headers=PAGE)).headers["etag"]
    (dist / "index.html").write_text("<!doctype html><title>ClubHoloHub, newer</title>")
    after = await browser.get("/", headers={**PAGE, "If-None-Match": before})
    assert "newer" in after.text


@pytest.mark.parametrize(
    "path", ["/../secret.key", "/%2e%2e/secret.key", "/assets/%2e%2e/%2e%2e/secret.key", "/assets/%00", "/" + 300 * "x"]
)
async def test_nothing_beside_the_web_app_is_served(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_the_api_answers_for_itself(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/api/v1/clubs", headers=PAGE)).json() == ["Riverside FC"]
    assert (await browser.get("/api/v1/nothing", headers=PAGE)).status_code == 404
    assert (await browser.post("/api/v1/clubs")).status_code == 405
    assert (await browser.get("/healthz", headers=PAGE)).json() == "alive"


async def test_a_missing_script_is_not_answered_with_a_page(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/assets/gone-1234.js", headers={"Accept": "*/*"})).status_code == 404


async def test_a_post_to_a_page_is_not_a_page(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/chat", headers=PAGE)).status_code == 404


async def test_every_answer_carries_the_security_headers(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/api/v1/clubs", "/api/v1/nothing", "/assets/main-C7L0v1qK.js"):
        answer = await browser.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in answer.headers


async def test_over_https_the_browser_is_told_to_stay_there(dist: Path) -> None:
    answer = await hub(dist, https=True).get("/", headers=PAGE)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
