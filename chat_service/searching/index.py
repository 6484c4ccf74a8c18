"""The port of the index of messages: one of its own, so that it is made anew without anybody else's."""

from typing import Protocol

from clubkit.search.port import SearchIndex

KIND = "message"


class MessageIndex(SearchIndex, Protocol):
    """A `SearchIndex` that holds messages alone."""
