"""`hub up` as an operator meets it: real processes, real signals, real kills."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from typer.testing import CliRunner

from clubkit.settings import Settings
from gateway.errors import AlreadyRunning, PortTaken
from gateway.main import app
from gateway.running import listen, only_hub, worker_environment

PATIENCE = 100.0

pytestmark = pytest.mark.timeout(300)


class RunningHub:
    """A hub in a process of its own, and everything it says."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "gateway.main", "up", "--data", str(data), "--workers", "1"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "HUB_PORT": "0", "NO_COLOR": "1", "COLUMNS": "200"},
        )  # fmt: skip
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.strip())
        self.process.stdout.close()

    def until(self, true: Callable[[], object], what: str) -> None:
        give_up = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < give_up, f"waited in vain until {what}; it said {self.said}"
            time.sleep(0.02)

    def says(self, words: str) -> None:
        self.until(lambda: any(words in line for line in self.said), f"it says {words!r}")

    @property
    def url(self) -> str:
        self.says("ClubHoloHub is at")
        return re.findall(r"http://[^\s]+", " ".join(self.said))[0]

    def child(self, name: str) -> int:
        record = self.data / ("valkey/valkey.json" if name == "valkey" else f"run/{name}.pid")
        return int(json.loads(record.read_text())["pid"])

    def end(self, sign: signal.Signals) -> int:
        self.process.send_signal(sign)
        code = self.process.wait(PATIENCE)
        self._reader.join()
        return code


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], RunningHub]]:
    hubs: list[RunningHub] = []

    def start_one() -> RunningHub:
        hubs.append(RunningHub(tmp_path / "data"))
        return hubs[-1]

    yield start_one
    for hub in hubs:
        if hub.process.poll() is None:
            hub.end(signal.SIGINT)
    assert_nothing_left(tmp_path / "data")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for the tests that leave it running; Ctrl-C ends it."""
    data = tmp_path_factory.mktemp("running") / "data"
    hub = RunningHub(data)
    assert hub.url
    yield hub
    assert hub.end(signal.SIGINT) == 0
    assert "Stopping." in hub.said
    assert_nothing_left(data)


def assert_nothing_left(data: Path) -> None:
    left = processes_of(data)
    for process in left:
        process.kill()
    assert left == []


def processes_of(data: Path) -> list[psutil.Process]:
    """Everything alive that works on this data directory."""
    found = []
    for process in psutil.process_iter():
        try:
            speaks_of_it = str(data) in " ".join(process.cmdline()) + process.environ().get("HUB_DATA_DIR", "")
            works_in_it = process.cwd().startswith(str(data))
            if (speaks_of_it or works_in_it) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_it_answers_at_the_address_it_prints(hub: RunningHub) -> None:
    assert httpx.get(f"{hub.url}/readyz").json()["status"] == "ready"
    assert "with Valkey and worker beside it" in " ".join(hub.said)


def test_a_second_hub_on_the_same_data_is_told_where_the_first_is(hub: RunningHub) -> None:
    second = RunningHub(hub.data)
    assert second.process.wait(PATIENCE) == 1
    second.says("A hub is already running")
    second.says(hub.url)


@pytest.mark.parametrize(("name", "words"), [("worker", "worker is running again."), ("valkey", "Valkey is running")])
def test_a_killed_child_comes_back_and_that_is_said(hub: RunningHub, name: str, words: str) -> None:
    before = hub.child(name)
    os.kill(before, signal.SIGKILL)
    hub.says(words)
    assert hub.child(name) != before
    hub.until(lambda: httpx.get(f"{hub.url}/readyz").status_code == 200, "it is ready again")


def test_sigterm_leaves_nothing_behind(start: Callable[[], RunningHub]) -> None:
    hub = start()
    assert hub.url
    assert len(processes_of(hub.data)) >= 3
    assert hub.end(signal.SIGTERM) == 0
    assert processes_of(hub.data) == []


def test_after_a_hard_kill_the_next_start_is_as_good_as_any(start: Callable[[], RunningHub]) -> None:
    first = start()
    assert first.url
    worker, valkey = first.child("worker"), first.child("valkey")
    first.end(signal.SIGKILL)
    first.until(lambda: worker not in {p.pid for p in processes_of(first.data)}, "the worker has gone too")
    second = start()
    assert httpx.get(f"{second.url}/readyz").json()["status"] == "ready"
    assert second.child("valkey") == valkey, "the Valkey that lived on is used again"


def test_the_hub_ends_with_the_one_who_started_it(tmp_path: Path) -> None:
    words = f"exec {sys.executable} -m gateway.main up --data {tmp_path}/data --workers 0 --stop-with-parent"
    parent = subprocess.Popen(
        ["/bin/bash", "-c", f"({words}) & echo; wait"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "HUB_PORT": "0"},
    )  # fmt: skip
    assert parent.stdout
    while "ClubHoloHub is at" not in parent.stdout.readline():
        assert parent.poll() is None
    parent.kill()
    parent.wait()
    parent.stdout.close()
    give_up = time.monotonic() + PATIENCE
    while processes_of(tmp_path / "data"):
        assert time.monotonic() < give_up
        time.sleep(0.05)


def test_a_wrong_setting_is_a_sentence() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "gateway.main", "up"],
        capture_output=True, text=True, check=False, env={**os.environ, "HUB_PORT": "many"},
    )  # fmt: skip
    assert answer.returncode == 1
    assert "HUB_PORT" in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_port_that_was_asked_for_and_is_taken_is_refused(taken: int) -> None:
    with pytest.raises(PortTaken, match=str(taken)):
        listen(Settings.load(port=taken))


def test_from_the_default_port_the_next_free_one_is_taken(taken: int) -> None:
    chosen, listener = listen(Settings.load(port=taken), asked=False)
    with listener:
        assert chosen.port == listener.getsockname()[1] > taken
        assert chosen.base_url.endswith(str(chosen.port))


def test_the_data_directory_is_free_again_when_its_hub_ended(tmp_path: Path) -> None:
    settings = Settings.load(data_dir=tmp_path / "data")
    with (
        only_hub(settings, "http://one"),
        pytest.raises(AlreadyRunning, match="http://one"),
        only_hub(settings, "http://two"),
    ):
        pass
    with only_hub(settings, "http://two"):
        pass


def test_training_is_done_by_the_running_hubs_worker(hub: RunningHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(hub.data))
    trained = CliRunner().invoke(app, ["train"])
    assert trained.exit_code == 0, trained.output
    assert "not enough to learn from" in trained.output


def test_the_worker_knows_the_address_that_was_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.load(host="127.0.0.9", port=8123, data_dir=tmp_path)
    for name, value in worker_environment(settings).items():
        monkeypatch.setenv(name, value)
    assert Settings.load().base_url == settings.base_url
    assert Settings.load().data_dir == tmp_path
