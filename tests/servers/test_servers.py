"""The servers of tests: started once for all who ask, stopped by the last, empty when given out."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tools.servers import processes
from tools.servers.borrowing import Servers
from tools.servers.errors import DidNotStart, Missing
from tools.servers.redis import RedisServer
from tools.servers.registry import lease

pytestmark = pytest.mark.servers


@pytest.fixture
def redis(tmp_path: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> RedisServer:
    """A Redis of its own, cheap to start and stop."""
    servers.redis()  # skips where there is none
    monkeypatch.delenv("REDIS_URL", raising=False)
    return RedisServer(tmp_path / "redis")


def test_the_last_who_leaves_stops_it(redis: RedisServer) -> None:
    with lease(redis) as one:
        with lease(RedisServer(redis.folder)) as two:
            assert one == two
        assert redis.alive()
    assert not redis.alive()


def test_what_was_started_to_stay_stays(redis: RedisServer) -> None:
    url = redis.start(keep=True)
    with lease(RedisServer(redis.folder)) as leased:
        assert leased == url
    assert redis.alive()
    redis.stop()


def test_many_who_ask_at_once_get_one_server(redis: RedisServer) -> None:
    found: list[int] = []

    def ask() -> None:
        one = RedisServer(redis.folder)
        with lease(one):
            running = one.running()
            assert running is not None
            found.append(running.pid)
            barrier.wait()

    barrier = threading.Barrier(4)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_one_whose_users_were_killed_is_found_again(redis: RedisServer) -> None:
    words = (
        "import sys, time; from pathlib import Path; from tools.servers.redis import RedisServer;"
        "from tools.servers.registry import lease\n"
        "with lease(RedisServer(Path(sys.argv[1]))): print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", words, str(redis.folder)], stdout=subprocess.PIPE, text=True) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == "ready\n"
        user.kill()
    before = redis.running()
    assert before is not None
    with lease(redis):
        assert redis.running() == before
    assert not redis.alive()


def test_it_comes_back_at_its_place_with_what_it_held(redis: RedisServer) -> None:
    url = redis.start()
    corner = redis.fresh(url)
    redis.kill()
    assert not redis.alive()
    assert redis.start() == url
    assert redis.fresh(url) != corner  # the counter is in its append-only file
    redis.stop()


def test_a_reset_empties_it(redis: RedisServer) -> None:
    url = redis.start()
    first = redis.fresh(url)
    redis.reset()
    assert redis.fresh(url) == first
    redis.stop()


def test_a_recycled_process_id_is_not_taken_for_it(redis: RedisServer) -> None:
    redis.start()
    redis.stop()
    state = json.loads((redis.folder / "server.json").read_text())
    (redis.folder / "server.json").write_text(json.dumps(state | {"pid": os.getpid()}))
    assert redis.running() is None
    redis.stop()  # and does not stop us


def test_one_that_does_not_start_says_its_last_words(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis, "command", lambda _port: ["redis-server", "--no-such-setting", "1"])
    with pytest.raises(DidNotStart, match="no-such-setting"):
        redis.start()


def test_one_that_cannot_be_had_is_missing(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.servers.redis.shutil.which", lambda _name: None)
    monkeypatch.setattr("tools.servers.redis.debian", lambda _package: None)
    with pytest.raises(Missing, match="redis-server"):
        redis.start()


def test_a_url_that_is_given_starts_nothing(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://somewhere:6379/0")
    with lease(redis) as url:
        assert url == "redis://somewhere:6379/0"
    assert redis.running() is None


def test_the_command_prints_one_json_of_where_they_are(tmp_path: Path, servers: Servers) -> None:
    servers.redis()
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    environment["HUB_SERVER_RUN"] = str(tmp_path)

    def servers_command(*words: str) -> str:
        command = [sys.executable, "-m", "tools.servers", *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    up = json.loads(servers_command("up", "redis"))
    state = json.loads(servers_command("status", "redis", "--json"))["redis"]
    assert (state["state"], state["url"]) == ("up", up["redis"])
    assert processes.born(state["pid"]) == state["born"]
    assert "ready" in servers_command("logs", "redis").lower()
    servers_command("down", "redis")
    assert json.loads(servers_command("status", "redis", "--json"))["redis"]["state"] == "stopped"


def test_corners_are_empty_and_apart(servers: Servers) -> None:
    assert len({servers.redis() for _ in range(3)}) == 3
    assert len({servers.kafka() for _ in range(3)}) == 3
