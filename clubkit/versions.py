"""Edits made on an older version are refused, so that two editors never overwrite each other."""

from clubkit.errors import Stale


class ChangedMeanwhile(Stale):
    code = "changed_meanwhile"

    def __init__(self) -> None:
        super().__init__("Somebody changed this while you were editing. Look at the new version first.")


def expect(version: int, current: int) -> None:
    """Raises ChangedMeanwhile when the edit was made on another version than the current one."""
    if version != current:
        raise ChangedMeanwhile
