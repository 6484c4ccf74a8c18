"""What an operator can be told about a backup."""

from collections.abc import Sequence
from pathlib import Path

from clubkit.errors import Conflict, Invalid, NotFound


class NoSuchBackup(NotFound):
    code = "no_such_backup"

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no backup at {path}.")


class BackupThere(Conflict):
    code = "backup_there"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already and stays as it is.")


class NoHub(NotFound):
    code = "no_hub"

    def __init__(self, data_dir: Path) -> None:
        super().__init__(f"There is no hub in {data_dir} to back up.")


class NotABackup(Invalid):
    code = "not_a_backup"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is not a whole backup of a hub: {why}. Nothing was changed.")


class BackupFromNewerHub(Conflict):
    code = "backup_from_newer_hub"

    def __init__(self, services: Sequence[str]) -> None:
        super().__init__(
            f"This backup was made by a newer hub: its tables of {', '.join(services)} are unknown here. "
            "Upgrade first. Nothing was changed."
        )


class HubNotEmpty(Conflict):
    code = "hub_not_empty"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} holds a hub already. Add --replace to put the backup in its place.")


class TablesBehind(Conflict):
    code = "tables_behind"

    def __init__(self, services: Sequence[str]) -> None:
        super().__init__(f"The tables of {', '.join(services)} are not up to date. Run `hub migrate` first.")


class OtherMessages(Conflict):
    code = "other_messages"

    def __init__(self) -> None:
        super().__init__(
            "This backup holds its chat messages as documents, and this hub would keep them in tables (or the other "
            "way round). Set HUB_MESSAGES_URL as it was where the backup was made. Nothing was changed."
        )


class UnknownKeys(Conflict):
    code = "unknown_keys"

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__(f"Redis holds keys of kinds that no hub writes: {', '.join(kinds)}. Give the hub its own.")
