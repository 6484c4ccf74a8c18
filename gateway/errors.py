"""What an operator can be told at the command line."""

from collections.abc import Sequence
from pathlib import Path

from clubkit.errors import Conflict, Invalid, NotFound


class AlreadyRunning(Conflict):
    code = "already_running"

    def __init__(self, data_dir: Path, url: str) -> None:
        super().__init__(f"A hub is already running on {data_dir}, at {url}. Stop it first, or set HUB_DATA_DIR.")


class PortTaken(Conflict):
    code = "port_taken"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Something else listens on {host}:{port}. Stop it, or choose another with --port.")


class NoSuchService(NotFound):
    code = "no_such_service"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no service {name!r} here. There are: {', '.join(known)}.")


class NothingToRelay(Conflict):
    code = "nothing_to_relay"

    def __init__(self) -> None:
        super().__init__("Facts have nowhere to go: HUB_LOG_URL is empty, so the outbox itself is the log.")


class NoSuchModel(NotFound):
    code = "no_such_model"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no read model {name!r}. There are: {', '.join(known)}.")


class WhichLetters(Invalid):
    code = "which_letters"

    def __init__(self) -> None:
        super().__init__("Name the letters by number, or give --group, or --all.")


class JobFailed(Conflict):
    code = "job_failed"

    def __init__(self, job: str, reason: str) -> None:
        super().__init__(f"{job} failed: {reason}")


class FileIsThere(Conflict):
    code = "file_is_there"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Say another name: nothing is written over.")
