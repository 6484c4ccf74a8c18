"""Processes that outlive who started them, known by id and by when they were born."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

DYING_SECONDS = 20.0


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def start(command: Sequence[str], log: Path, environment: Mapping[str, str], *, user: str = "") -> int:
    """Starts a process in a session of its own, its output appended to `log`. Answers its id.

    user: whom it shall run as, where we are root.
    """
    if user and os.getuid() == 0:
        command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *command]
    program = shutil.which(command[0]) or command[0]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(program, list(command), dict(environment), file_actions=actions, setsid=True)


def born(pid: int) -> float:
    """When the process began; 0.0 for one that is gone or only waits to be buried."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            return float(process.create_time())
    return 0.0


def end(pid: int, *, how: signal.Signals = signal.SIGTERM) -> None:
    """Ends the process and its group: asked first, and killed when it does not go."""
    _send(pid, how)
    if not _gone(pid, DYING_SECONDS):
        kill(pid)


def kill(pid: int) -> None:
    """Ends the process and its group without warning, as a power cut would."""
    _send(pid, signal.SIGKILL)
    _gone(pid, 5.0)


def _send(pid: int, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        if how is signal.SIGKILL:
            os.killpg(pid, how)
        else:
            os.kill(pid, how)


def _gone(pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while born(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
