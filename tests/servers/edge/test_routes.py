"""nginx itself sends each route of the contract to its service, and believes an address only from whom it trusts."""

import http.server
import json
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.servers.edge.running import Edge, running_edge
from tools.edge_routes import declared

pytestmark = pytest.mark.servers

SERVICES = {
    "AUTH": "auth_service", "SOCIAL": "social_service", "CHAT": "chat_service", "SPORTS": "sports_service",
    "FEATURES": "feature_store", "RECOMMENDER": "recommender",
}  # fmt: skip
PATHS = sorted(json.loads(Path("docs/contracts/openapi.json").read_text())["paths"])


@contextmanager
def echo(name: str) -> Iterator[str]:
    """Answers every request with its own name and what it was told of the client; yields its host:port."""

    class Echo(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"name": name, "told": dict(self.headers)}).encode())

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def edge_of_echoes(**given: str) -> Iterator[Edge]:
    with ExitStack() as stack:
        homes = {f"EDGE_{short}": stack.enter_context(echo(name)) for short, name in SERVICES.items()}
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-edge-")))
        folder.chmod(0o755)
        (folder / "web").mkdir()
        fast = {"EDGE_API_RATE": "10000r/s", "EDGE_AUTH_RATE": "10000r/s"}
        yield stack.enter_context(running_edge(folder, "127.0.0.1:9", **{**homes, **fast, **given}))


def test_every_route_of_the_contract_reaches_its_service() -> None:
    owners = dict(declared())
    with edge_of_echoes() as edge, httpx.Client(base_url=edge.url) as client:
        for template in PATHS:
            path = re.sub(r"\{[^}]+\}", "0190b3a4-9c1e", template)
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.text)
            assert answer.json()["name"] == owners[template], path


def test_what_a_client_says_of_itself_is_replaced() -> None:
    lies = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "X-Request-ID": "mine", "traceparent": "00-lie"}
    with edge_of_echoes() as edge:
        told = httpx.get(f"{edge.url}/api/v1/rooms", headers=lies).json()["told"]
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("127.0.0.1", "http")
    assert re.fullmatch(r"[0-9a-f]{32}", told["X-Request-ID"])
    assert told["traceparent"] == f"00-{told['X-Request-ID']}-{told['X-Request-ID'][:16]}-01"


def test_a_trusted_proxy_is_believed_and_its_client_is_who_is_limited() -> None:
    slow = {"EDGE_AUTH_RATE": "1r/m", "EDGE_AUTH_BURST": "1"}
    with edge_of_echoes(EDGE_TRUSTED="10.0.0.0/8 127.0.0.1/32", EDGE_SCHEME="https", **slow) as edge:
        codes = [ask(edge, client) for client in ("8.8.8.8", "8.8.8.8", "8.8.8.8", "9.9.9.9")]
        told = httpx.get(f"{edge.url}/api/v1/rooms", headers={"X-Forwarded-For": "1.1.1.1, 10.0.0.3"}).json()["told"]
    assert codes == [200, 200, 429, 200]
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"]) == ("1.1.1.1", "https")


def test_a_stranger_cannot_escape_the_limit_by_calling_itself_another() -> None:
    with edge_of_echoes(EDGE_AUTH_RATE="1r/m", EDGE_AUTH_BURST="1") as edge:
        assert [ask(edge, client) for client in ("8.8.8.8", "9.9.9.9", "7.7.7.7")] == [200, 200, 429]


def ask(edge: Edge, client: str) -> int:
    return httpx.get(f"{edge.url}/api/v1/auth/me", headers={"X-Forwarded-For": client}).status_code
