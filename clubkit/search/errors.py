"""What a search can answer instead of hits."""

from clubkit.errors import Conflict, Invalid, Unavailable


class QueryTooLong(Invalid):
    code = "query_too_long"

    def __init__(self, limit: int) -> None:
        super().__init__(f"That is a lot to search for. Use at most {limit} characters.")


class BadSearchCursor(Invalid):
    code = "bad_cursor"

    def __init__(self) -> None:
        super().__init__("That page belongs to another search. Start from the first page.")


class SearchBroken(Unavailable):
    """The index on disk cannot be read. `SearchIndex.needs_rebuild` says why; `rebuild` heals it."""

    code = "search_broken"

    def __init__(self) -> None:
        super().__init__("Search is being repaired. Everything else works; try again in a few minutes.")


class SearchOwnedElsewhere(Unavailable):
    """Another process holds the writer: exactly one may."""

    code = "search_owned_elsewhere"

    def __init__(self, where: str) -> None:
        super().__init__(f"Another process already writes the search index in {where}.")


class RebuildRunning(Conflict):
    code = "rebuild_running"

    def __init__(self) -> None:
        super().__init__("The search index is being rebuilt already.")
