"""What can be refused about a source of fixtures as a whole. Single entries are quarantined instead."""

from clubkit.errors import Invalid, NotFound


class SourceMissing(NotFound):
    code = "source_missing"

    def __init__(self, path: str) -> None:
        super().__init__(f"There is no data at {path}.")


class SourceBroken(Invalid):
    code = "source_broken"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} cannot be read: {why}. Nothing was taken from it.")


class SourceEmpty(Invalid):
    code = "source_empty"

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} holds no season of a league we know.")
