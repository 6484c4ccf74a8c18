"""The supervisor, with real child processes that really die."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest

from gateway import tethered
from gateway.children import TOKEN, Command, Server, end_leftovers
from gateway.supervising import Backoff, Supervisor, stop_signals

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tethers a child and shows its environment")
QUICK = Backoff(first=0.02, most=0.1, steady=30)
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""
PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid, flush=True)
time.sleep(600)
"""
SPEAKER = "import time; print('here', flush=True); time.sleep(600)"
STUBBORN = [sys.executable, "-c", DEAF]
WITH_A_CHILD = [sys.executable, "-c", PARENT]
A_HUB = """
import asyncio, sys
from pathlib import Path
from gateway import tethered
from gateway.children import Command
from gateway.supervising import Supervisor, stop_signals

async def main():
    worker = Command("worker", [sys.executable, "-c", sys.argv[2]], Path(sys.argv[1]))
    done = asyncio.Event()
    with stop_signals(done.set, done.set):
        async with Supervisor([worker], say=print):
            print(worker.pid, flush=True)
            await done.wait()

asyncio.run(main())
"""


def running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def until(true: Callable[[], object], what: str, patience: float = 20) -> None:
    give_up = time.monotonic() + patience
    while not true():
        assert time.monotonic() < give_up, f"waited in vain until {what}"
        await asyncio.sleep(0.01)


def supervise(*parts: Command | Server, said: list[str]) -> Supervisor:
    return Supervisor(parts, say=said.append, backoff=QUICK, pulse=0.02)


async def test_a_killed_child_is_started_again_and_that_is_said_once(tmp_path: Path) -> None:
    said: list[str] = []
    worker = Command("worker", SLEEPER, tmp_path)
    async with supervise(worker, said=said) as supervisor:
        first = worker.pid
        assert first
        os.kill(first, signal.SIGKILL)
        await until(lambda: len(said) >= 2, "the restart is said")
        assert worker.pid != first
        assert worker.alive()
        assert said == [
            "worker was killed by SIGKILL; starting it again in 0.0 s.",
            "worker is running again.",
        ]
        (state,) = supervisor.states()
        assert (state.running, state.restarts, state.last_end) == (True, 1, "was killed by SIGKILL")


async def test_what_joins_later_is_kept_alive_and_stopped_like_the_others(tmp_path: Path) -> None:
    said: list[str] = []
    late = Command("late", SLEEPER, tmp_path)
    async with supervise(Command("early", SLEEPER, tmp_path), said=said) as supervisor:
        await supervisor.add(late)
        assert late.pid
        os.kill(late.pid, signal.SIGKILL)
        await until(lambda: len(said) >= 2, "the restart is said")
        assert [state.name for state in supervisor.states()] == ["early", "late"]
    assert not late.alive()


async def test_nothing_is_left_after_stop(tmp_path: Path) -> None:
    pids: list[int] = []
    async with supervise(
        Command("one", SLEEPER, tmp_path), Command("two", WITH_A_CHILD, tmp_path), said=[]
    ) as supervisor:
        await until(lambda: (tmp_path / "two.log").read_text() != "", "the child has a child")
        pids += [int((tmp_path / "two.log").read_text())]
        pids += [json.loads((tmp_path / f"{name}.pid").read_text())["pid"] for name in ("one", "two")]
        assert all(map(running, pids))
    await until(lambda: not any(map(running, pids)), "all are gone")
    assert list(tmp_path.glob("*.pid")) == []
    await supervisor.stop()  # twice is harmless


async def test_a_child_that_ignores_sigterm_is_killed_at_the_deadline(tmp_path: Path) -> None:
    worker = Command("worker", STUBBORN, tmp_path)
    await worker.start()
    await until(lambda: "deaf" in worker.log.read_text(), "it has closed its ears")
    pid = worker.pid
    assert pid
    await worker.stop(deadline=0.1)
    assert not running(pid)


async def test_a_dead_leaders_children_do_not_live_on_beside_the_new_one(tmp_path: Path) -> None:
    worker = Command("worker", WITH_A_CHILD, tmp_path)
    async with supervise(worker, said=[]) as supervisor:
        await until(lambda: worker.log.read_text() != "", "the child has a child")
        orphan = int(worker.log.read_text())
        assert worker.pid
        os.kill(worker.pid, signal.SIGKILL)
        await until(lambda: supervisor.states()[0].restarts == 1, "it is restarted")
        await until(lambda: not running(orphan), "the orphan is gone")


async def test_each_failure_waits_twice_as_long_up_to_a_limit(tmp_path: Path) -> None:
    said: list[str] = []
    broken = Command("worker", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    async with Supervisor([broken], say=said.append, backoff=Backoff(first=0.1, most=0.4, steady=30), pulse=0.01):
        await until(lambda: sum("ended" in line for line in said) >= 5, "it failed five times")
    waits = [line.split(" in ")[1] for line in said if "ended with code 3" in line][:5]
    assert waits == ["0.1 s.", "0.2 s.", "0.4 s.", "0.4 s.", "0.4 s."]


async def test_a_long_good_life_makes_the_next_wait_short_again(tmp_path: Path) -> None:
    now = [0.0]
    said: list[str] = []
    worker = Command("worker", SLEEPER, tmp_path)
    supervisor = Supervisor(
        [worker], say=said.append, backoff=Backoff(0.1, 5, steady=60), pulse=0.01, clock=lambda: now[0]
    )
    async with supervisor:
        for later in (0.0, 0.0, 61.0):
            now[0] += later
            assert worker.pid
            os.kill(worker.pid, signal.SIGKILL)
            seen = len(said)
            await until(lambda seen=seen: len(said) >= seen + 2, "it is back")  # type: ignore[misc]
    assert [line[-6:] for line in said if "killed" in line] == ["0.1 s.", "0.2 s.", "0.1 s."]


async def test_a_child_that_cannot_start_stops_the_ones_before_it(tmp_path: Path) -> None:
    good = Command("good", SLEEPER, tmp_path)

    def refuse() -> None:
        raise RuntimeError("no room")

    with pytest.raises(RuntimeError, match="no room"):
        await supervise(good, Server("valkey", lambda: False, refuse, lambda: None), said=[]).start()
    assert good.pid is None
    assert list(tmp_path.glob("*.pid")) == []


async def test_parts_are_stopped_in_the_opposite_order_even_when_one_objects() -> None:
    stopped: list[str] = []
    said: list[str] = []

    def close(name: str) -> None:
        stopped.append(name)
        if name == "two":
            raise RuntimeError("not now")

    parts = [Server(n, lambda: True, lambda: None, lambda n=n: close(n)) for n in ("one", "two", "three")]  # type: ignore[misc]
    async with supervise(*parts, said=said):
        pass
    assert stopped == ["three", "two", "one"]
    assert said == ["two did not stop cleanly: not now"]


async def test_a_server_that_is_gone_is_revived_and_tried_again_when_that_fails() -> None:
    alive, tries, said = [True], [0], []

    def revive() -> None:
        tries[0] += 1
        if tries[0] < 3:
            raise RuntimeError("not yet")
        alive[0] = True

    async with supervise(Server("valkey", lambda: alive[0], revive, lambda: None), said=said):
        alive[0] = False
        await until(lambda: "valkey is running again." in said, "it is back")
    assert said.count("valkey could not be started: not yet") == 2


async def test_the_childs_words_and_environment_go_where_they_should(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "import os; print(os.environ['HUB_COLOUR'])"]
    worker = Command("worker", words, tmp_path, {"HUB_COLOUR": "teal"})
    await worker.start()
    await until(lambda: not worker.alive(), "it has spoken")
    assert worker.bury() == "ended with code 0"
    assert worker.log.read_text() == "teal\n"


@pytest.fixture
async def hub_and_child(tmp_path: Path) -> AsyncIterator[tuple[subprocess.Popen[str], int]]:
    """A hub in a process of its own, and the pid of its child, which is past its start."""
    hub = subprocess.Popen([sys.executable, "-c", A_HUB, str(tmp_path), SPEAKER], stdout=subprocess.PIPE, text=True)
    assert hub.stdout
    child = int(hub.stdout.readline())
    await until((tmp_path / "worker.log").read_text, "the child has spoken")
    yield hub, child
    hub.kill()
    hub.wait()
    hub.stdout.close()


@on_linux
async def test_a_hub_killed_hard_takes_its_child_along(
    hub_and_child: tuple[subprocess.Popen[str], int],
) -> None:
    hub, child = hub_and_child
    assert running(child)
    hub.kill()
    await until(lambda: not running(child), "the child is gone")


@on_linux
async def test_a_child_does_not_start_for_a_hub_that_is_gone(tmp_path: Path) -> None:
    words = [sys.executable, tethered.__file__, "1", "15", *SLEEPER]  # 1 is not the parent of this process
    refused = subprocess.run(words, capture_output=True, text=True, check=False, timeout=20)
    assert refused.returncode == 1
    assert "ended before" in refused.stderr


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_stops_the_hub_and_its_child_in_order(
    hub_and_child: tuple[subprocess.Popen[str], int], sign: signal.Signals
) -> None:
    hub, child = hub_and_child
    hub.send_signal(sign)
    assert hub.wait(20) == 0
    assert not running(child)


async def test_a_second_signal_hurries() -> None:
    heard: list[str] = []
    with stop_signals(lambda: heard.append("stop"), lambda: heard.append("hurry")):
        for expected in (1, 2, 3):
            os.kill(os.getpid(), signal.SIGTERM)
            await until(lambda expected=expected: len(heard) == expected, "it is heard")  # type: ignore[misc]
    assert heard == ["stop", "hurry", "hurry"]


@on_linux
async def test_what_an_earlier_hub_left_running_is_ended_before_the_new_child_starts(tmp_path: Path) -> None:
    old = subprocess.Popen(STUBBORN, env={**os.environ, TOKEN: "abc"}, start_new_session=True, stdout=-3)
    (tmp_path / "worker.pid").write_text(json.dumps({"pid": old.pid, "token": "abc"}))
    assert end_leftovers(tmp_path / "worker.pid", patience=0.1) == 1
    assert old.wait() in (-signal.SIGKILL, -signal.SIGTERM)


@pytest.mark.parametrize("text", ["", "{}", '{"pid": 1}', "nonsense"])
async def test_a_damaged_pid_file_is_no_obstacle(tmp_path: Path, text: str) -> None:
    (tmp_path / "worker.pid").write_text(text)
    async with supervise(worker := Command("worker", SLEEPER, tmp_path), said=[]):
        assert worker.alive()


async def test_a_stranger_with_the_recorded_pid_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(SLEEPER, env={**os.environ, TOKEN: "another"}, start_new_session=True)
    (tmp_path / "worker.pid").write_text(json.dumps({"pid": stranger.pid, "token": "abc"}))
    assert end_leftovers(tmp_path / "worker.pid") == 0
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@on_linux
async def test_a_server_that_the_old_child_started_in_its_own_group_is_left_alone(tmp_path: Path) -> None:
    valkey = subprocess.Popen(SLEEPER, env={**os.environ, TOKEN: "abc"}, start_new_session=True)
    (tmp_path / "worker.pid").write_text(json.dumps({"pid": os.getpid(), "token": "abc"}))
    assert end_leftovers(tmp_path / "worker.pid") == 0
    assert valkey.poll() is None
    valkey.kill()
    valkey.wait()
