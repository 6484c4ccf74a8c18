"""The edge as a real nginx in front of a running hub: routes, sockets, uploads, caching, limits, words of refusal."""

import os
import ssl
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from clubkit.http.problems import Problem
from gateway import pages
from gateway.embedded import SERVICES
from tests.servers.edge.running import Edge, running_edge

pytestmark = pytest.mark.servers

SHELL = "<!doctype html><title>Hub</title>" + " " * 1500


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not under pytest's own folder: as root, nginx gives its rights away and must still read the app."""
    with tempfile.TemporaryDirectory(prefix="hub-edge-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "web" / "assets").mkdir(parents=True)
        (folder / "web" / "index.html").write_text(SHELL)
        (folder / "web" / "assets" / "app-1a2b.js").write_text("export const answer = 42;\n" * 100)
        yield folder


@pytest.fixture
async def hub(make_hub: Any) -> Any:
    return await make_hub(*SERVICES)


@pytest.fixture
async def edge(hub: Any, folder: Path) -> AsyncIterator[Edge]:
    async with hub.listening() as url:
        with running_edge(folder, url.removeprefix("http://")) as edge:
            yield edge


@pytest.fixture
def lonely(folder: Path) -> Iterator[Edge]:
    """An edge whose services are all away."""
    with running_edge(folder, "127.0.0.1:9") as edge:
        yield edge


def problem(response: httpx.Response) -> Problem:
    assert response.headers["content-type"] == "application/problem+json"
    said = Problem.model_validate_json(response.content)
    assert said.status == response.status_code
    assert said.trace_id == response.headers["x-request-id"]
    return said


async def test_a_request_reaches_its_service_and_both_name_it_alike(edge: Edge) -> None:
    async with httpx.AsyncClient(base_url=edge.url) as client:
        answer = await client.get("/api/v1/rooms", headers={"x-request-id": "made up by a stranger"})
    assert answer.status_code == 401
    assert Problem.model_validate_json(answer.content).trace_id == answer.headers["x-request-id"]
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.headers["x-request-id"] in (edge.folder / "access").read_text()


async def test_a_socket_is_carried_both_ways(hub: Any, edge: Edge) -> None:
    anna = await hub.member("Anna")
    async with hub.socket(edge.url, anna) as socket:
        answer = await socket.call("no.such.event", {})
    assert answer["problem"]["code"] == "not_found"
    assert '"path":"/socket.io/","status":101' in (edge.folder / "access").read_text()


async def test_a_large_picture_passes_to_the_service(hub: Any, edge: Edge) -> None:
    anna = await hub.member("Anna")
    # Not a picture, so the service refuses it: that it could say so is what the edge is asked for.
    answer = await post_file(edge, anna.token, "/api/v1/media", 11_000_000)
    assert answer.status_code in (415, 422), answer.text
    assert "x-now" in answer.headers, "the service answered, not the edge"


async def test_a_film_is_stopped_by_the_edge_only_beyond_what_the_service_takes(hub: Any, edge: Edge) -> None:
    anna = await hub.member("Anna")
    assert "x-now" in (await post_file(edge, anna.token, "/api/v1/reels", 30_000_000)).headers
    assert problem(await post_file(edge, anna.token, "/api/v1/media", 14_000_000)).code == "too_large"


async def post_file(edge: Edge, token: str, path: str, size: int) -> httpx.Response:
    async with httpx.AsyncClient(base_url=edge.url, timeout=60) as client:
        return await client.post(
            path, files={"file": ("a.bin", b"\0" * size)}, headers={"Authorization": f"Bearer {token}"}
        )


def test_a_body_that_is_no_upload_is_kept_small(lonely: Edge) -> None:
    assert problem(httpx.post(f"{lonely.url}/api/v1/posts", content=b"x" * 3_000_000)).code == "too_large"


def test_a_service_that_is_away_is_a_sentence_and_a_time_to_try_again(lonely: Edge) -> None:
    answer = httpx.get(f"{lonely.url}/api/v1/rooms")
    assert problem(answer).code == "unavailable"
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_what_is_ours_alone_is_not_public(lonely: Edge) -> None:
    for path in ("/metrics", "/metrics/", "/readyz", "/stub_status", "/api/v1/nothing", "/api/"):
        assert problem(httpx.get(f"{lonely.url}{path}")).code == "not_found", path
    assert httpx.get(f"{lonely.url}/healthz").json() == {"status": "alive"}
    assert "Active connections" in httpx.get(f"{lonely.status}/stub_status").text


def test_pages_are_the_app_and_its_files_are_kept_for_a_year(lonely: Edge) -> None:
    page = httpx.get(f"{lonely.url}/clubs/riverside", headers={"accept": "text/html,*/*"})
    assert (page.text, page.headers["cache-control"]) == (SHELL, "no-cache")
    script = httpx.get(f"{lonely.url}/assets/app-1a2b.js")
    assert script.headers["cache-control"] == pages.FOR_EVER
    gone = httpx.get(f"{lonely.url}/assets/app-0000.js")
    assert (problem(gone).code, gone.headers["cache-control"]) == ("not_found", "no-store")
    again = httpx.get(f"{lonely.url}/", headers={"if-none-match": httpx.get(f"{lonely.url}/").headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")


def test_the_security_headers_are_those_of_a_hub_without_an_edge(lonely: Edge) -> None:
    page = httpx.get(f"{lonely.url}/")
    assert page.headers["content-security-policy"] == pages.POLICY
    for name, value in pages.EVERYWHERE.items():
        assert page.headers.get_list(name) == [value], name
    assert "strict-transport-security" not in page.headers


@pytest.mark.parametrize("how", ["gzip", "br"])
def test_text_is_compressed(lonely: Edge, how: str) -> None:
    if how == "br" and not list((lonely.folder / "extra" / "modules").iterdir()):
        pytest.skip("this nginx has no brotli")
    answer = httpx.get(f"{lonely.url}/assets/app-1a2b.js", headers={"accept-encoding": how})
    assert answer.headers["content-encoding"] == how


def test_guessing_passwords_is_slowed_and_other_paths_are_not(folder: Path) -> None:
    with running_edge(folder, "127.0.0.1:9", EDGE_AUTH_RATE="1r/s", EDGE_AUTH_BURST="3") as edge:
        tries = [httpx.post(f"{edge.url}/api/v1/auth/sign-in") for _ in range(8)]
        assert [answer.status_code for answer in tries].count(429) >= 3
        assert problem(tries[-1]).code == "too_many_requests"
        assert tries[-1].headers["retry-after"] == "1"
        assert httpx.get(f"{edge.url}/api/v1/rooms").status_code == 503


async def test_one_address_may_hold_only_so_many_sockets(hub: Any, folder: Path) -> None:
    anna = await hub.member("Anna")
    async with hub.listening() as url:
        with running_edge(folder, url.removeprefix("http://"), EDGE_SOCKETS_PER_ADDRESS="1") as edge:
            async with hub.socket(edge.url, anna), httpx.AsyncClient(base_url=edge.url) as client:
                answer = await client.get("/socket.io/", params={"EIO": "4", "transport": "polling"})
                assert problem(answer).code == "too_many_requests"


def test_polling_can_be_refused_where_sockets_have_many_homes(folder: Path) -> None:
    with running_edge(folder, "127.0.0.1:9", EDGE_POLLING="off") as edge:
        assert "WebSocket" in problem(httpx.get(f"{edge.url}/socket.io/?EIO=4&transport=polling")).detail
        assert httpx.get(f"{edge.url}/socket.io/?EIO=4&transport=websocket").status_code == 503


def test_https_is_offered_and_http_is_sent_there(folder: Path) -> None:
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-keyout", folder / "tls.key", "-out", folder / "tls.crt", *subject],
        check=True, capture_output=True,
    )  # fmt: skip
    certificate = {"EDGE_CERTIFICATE": str(folder / "tls.crt"), "EDGE_CERTIFICATE_KEY": str(folder / "tls.key")}
    with running_edge(folder, "127.0.0.1:9", EDGE_TLS="on", **certificate) as edge:
        trust = ssl.create_default_context(cafile=str(folder / "tls.crt"))
        page = httpx.get(f"{edge.https}/", verify=trust)
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        moved = httpx.get(f"{edge.url}/clubs?sort=name")
        assert (moved.status_code, moved.headers["location"]) == (308, "https://127.0.0.1/clubs?sort=name")


def test_a_variable_that_nobody_gives_stops_it_with_its_name(tmp_path: Path) -> None:
    here = Path("gateway/edge")
    for name in ("entrypoint.sh", "listen-off.conf.template"):
        (tmp_path / name).write_text((here / name).read_text())
    (tmp_path / "x.template").write_text("${EDGE_NOBODY};")
    words = {**os.environ, "EDGE_RUN": str(tmp_path / "run"), "EDGE_NGINX": "/bin/true"}
    done = subprocess.run(["sh", tmp_path / "entrypoint.sh"], env=words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "EDGE_NOBODY" in done.stderr
