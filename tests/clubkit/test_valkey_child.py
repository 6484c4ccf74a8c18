"""The embedded Valkey, with real servers and real kills."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import redis
from kombu import Connection

from clubkit.adapters.valkey_child import ValkeyChild
from clubkit.adapters.valkey_server import LONGEST_SOCKET_PATH, ValkeyNotStarted, socket_path

Open = Callable[[], ValkeyChild]

HUB_THAT_WAITS = """
import sys, time
from pathlib import Path
from clubkit.adapters.valkey_child import ValkeyChild
child = ValkeyChild.open(Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def open_valkey(data_dir: Path) -> Iterator[Open]:
    opened: list[ValkeyChild] = []

    def open_it() -> ValkeyChild:
        opened.append(ValkeyChild.open(data_dir))
        return opened[-1]

    yield open_it
    for child in opened:
        child.close()
    for process in psutil.process_iter(["name", "cwd"]):
        assert process.info["cwd"] != str(data_dir / "valkey"), "a server was left behind"


def client(child: ValkeyChild) -> redis.Redis:
    return redis.from_url(child.url, decode_responses=True, single_connection_client=True)


def say(child: ValkeyChild, key: str, value: str) -> None:
    with client(child) as talk:
        talk.set(key, value)


def ask(child: ValkeyChild, key: str) -> str | None:
    with client(child) as talk:
        return talk.get(key)


def wait_until_gone(pid: int) -> None:
    give_up = time.monotonic() + 10
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < give_up, f"{pid} is still there"
        time.sleep(0.02)


def a_hub_process(data_dir: Path) -> tuple[subprocess.Popen[str], int]:
    hub = subprocess.Popen([sys.executable, "-c", HUB_THAT_WAITS, str(data_dir)], stdout=subprocess.PIPE, text=True)
    assert hub.stdout
    return hub, int(hub.stdout.readline())


def kill_hard(hub: subprocess.Popen[str]) -> None:
    hub.kill()
    hub.wait()
    assert hub.stdout
    hub.stdout.close()


def test_it_answers_on_a_socket_only_its_owner_can_open_and_on_no_port(open_valkey: Open) -> None:
    child = open_valkey()
    assert child.answers()
    assert child.socket.stat().st_mode & 0o077 == 0
    kinds = {c.family.name for c in psutil.Process(child.pid).net_connections(kind="all")}
    assert kinds == {"AF_UNIX"}


def test_what_was_said_is_there_after_a_clean_stop(open_valkey: Open) -> None:
    first = open_valkey()
    say(first, "motto", "always home")
    assert first.close()
    assert not psutil.pid_exists(first.pid)
    second = open_valkey()
    assert not second.reused
    assert ask(second, "motto") == "always home"


def test_what_was_said_is_there_after_the_server_was_killed(open_valkey: Open) -> None:
    first = open_valkey()
    say(first, "motto", "always home")
    os.kill(first.pid, signal.SIGKILL)
    wait_until_gone(first.pid)
    first.close()
    assert ask(open_valkey(), "motto") == "always home"


def test_the_server_of_a_killed_hub_is_found_and_used_again(data_dir: Path, open_valkey: Open) -> None:
    hub, server_pid = a_hub_process(data_dir)
    kill_hard(hub)
    child = open_valkey()
    assert child.reused
    assert child.pid == server_pid
    assert child.alive()
    say(child, "still", "here")
    assert child.close(), "the killed hub's share died with it, so this one was the last"
    wait_until_gone(server_pid)


def test_a_server_is_found_even_when_its_record_was_lost(data_dir: Path, open_valkey: Open) -> None:
    hub, server_pid = a_hub_process(data_dir)
    kill_hard(hub)
    (data_dir / "valkey" / "valkey.json").unlink()
    assert open_valkey().pid == server_pid


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1, "socket": "/nowhere"}'])
def test_a_damaged_record_is_no_obstacle(data_dir: Path, open_valkey: Open, text: str) -> None:
    (data_dir / "valkey").mkdir(parents=True)
    (data_dir / "valkey" / "valkey.json").write_text(text)
    assert open_valkey().answers()


def test_a_recycled_pid_is_left_alone(data_dir: Path, open_valkey: Open) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    folder = data_dir / "valkey"
    folder.mkdir(parents=True)
    record = {"pid": stranger.pid, "socket": str(socket_path(folder))}
    (folder / "valkey.json").write_text(json.dumps(record))
    child = open_valkey()
    assert child.pid != stranger.pid
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_server_of_another_folder_on_the_recorded_socket_is_not_ours(
    tmp_path: Path, data_dir: Path, open_valkey: Open
) -> None:
    other = ValkeyChild.open(tmp_path / "other")
    folder = data_dir / "valkey"
    folder.mkdir(parents=True)
    (folder / "valkey.json").write_text(json.dumps({"pid": other.pid, "socket": str(other.socket)}))
    child = open_valkey()
    assert child.pid != other.pid
    assert other.answers()
    other.close()


def test_a_server_that_hangs_is_replaced_by_one_that_answers(data_dir: Path, open_valkey: Open) -> None:
    hub, server_pid = a_hub_process(data_dir)
    os.kill(server_pid, signal.SIGSTOP)
    kill_hard(hub)
    child = open_valkey()
    assert child.pid != server_pid
    assert child.answers()
    wait_until_gone(server_pid)


def test_two_hubs_share_one_server_and_the_last_one_stops_it(open_valkey: Open) -> None:
    one, two = open_valkey(), open_valkey()
    assert one.pid == two.pid
    assert two.reused
    assert not one.close()
    assert two.answers()
    assert two.close()
    assert not two.alive()


def test_hubs_that_start_at_the_same_moment_end_up_with_one_server(open_valkey: Open) -> None:
    with ThreadPoolExecutor(6) as pool:
        children = [f.result() for f in [pool.submit(open_valkey) for _ in range(6)]]
    assert len({child.pid for child in children}) == 1


def test_closing_twice_is_harmless(open_valkey: Open) -> None:
    child = open_valkey()
    assert child.close()
    assert not child.close()


def test_a_dead_server_is_revived_on_the_same_socket(open_valkey: Open) -> None:
    child = open_valkey()
    say(child, "motto", "always home")
    before = child.socket, child.pid
    os.kill(child.pid, signal.SIGKILL)
    wait_until_gone(child.pid)
    assert not child.alive()
    child.revive()
    assert child.socket == before[0]
    assert child.pid != before[1]
    assert ask(child, "motto") == "always home"


def test_a_folder_with_an_awkward_name_works_for_redis_and_for_celery(tmp_path: Path) -> None:
    child = ValkeyChild.open(tmp_path / 'it\'s a "club" 100%20 #1?')
    say(child, "motto", "always home")
    with Connection(child.broker_url) as broker:
        assert broker.default_channel.client.get("motto") == b"always home"
    child.close()


def test_a_long_path_gets_a_short_private_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    deep = tmp_path / ("far-away-" * 12) / "data"
    child = ValkeyChild.open(deep)
    assert len(os.fsencode(child.socket)) <= LONGEST_SOCKET_PATH
    assert child.socket.parent.stat().st_mode & 0o077 == 0
    say(child, "motto", "always home")
    again = ValkeyChild.open(deep)
    assert again.reused
    assert ask(again, "motto") == "always home"
    child.close()
    again.close()
    assert not child.socket.exists()


def test_a_runtime_folder_that_others_may_enter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Path("/tmp") / f"hub-test-{os.getpid()}"  # short enough to be chosen
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(shared))
    try:
        with pytest.raises(ValkeyNotStarted, match="not a private folder"):
            socket_path(tmp_path / ("far-away-" * 12))
    finally:
        shared.rmdir()


def test_a_server_that_cannot_start_says_why_and_holds_nothing(data_dir: Path, open_valkey: Open) -> None:
    first = open_valkey()
    say(first, "motto", "always home")
    first.close()
    manifest = data_dir / "valkey" / "appendonlydir" / "appendonly.aof.manifest"
    good = manifest.read_bytes()
    manifest.write_bytes(b"this is no manifest\n")
    with pytest.raises(ValkeyNotStarted, match=r"It said:.*manifest"):
        open_valkey()
    manifest.write_bytes(good)
    last = open_valkey()
    assert ask(last, "motto") == "always home"
    assert last.close(), "the failed start left a share behind"
