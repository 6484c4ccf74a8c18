"""What a container's health check runs."""

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from gateway.alive import alive


class Hub(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/readyz" else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def port() -> Iterator[int]:
    with http.server.HTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_alive_is_not_ready(port: int) -> None:
    assert alive(port=port)
    assert not alive("/readyz", port=port)


def test_nobody_there_is_not_alive() -> None:
    assert not alive(port=1)


@pytest.mark.parametrize(("path", "code"), [("/healthz", 0), ("/readyz", 1)])
def test_the_exit_code_says_it_and_the_hub_is_not_loaded(port: int, path: str, code: int) -> None:
    words = (
        f"import sys, runpy; sys.argv = ['alive', {path!r}]\n"
        "try: runpy.run_module('gateway.alive', run_name='__main__')\n"
        "finally: print('fastapi' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], env={"HUB_PORT": str(port)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (code, "False")
