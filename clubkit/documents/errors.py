"""What a document database can answer instead."""

from clubkit.errors import Unavailable


class DocumentsAway(Unavailable):
    code = "messages_away"

    def __init__(self) -> None:
        super().__init__("Messages cannot be reached just now. Try again in a moment.", retry_after=2)
