"""Why a file is not taken, or not shown."""

from clubkit.errors import Conflict, Flaw, Invalid, NotFound, TooMany, Unavailable


class AttachmentNotFound(NotFound):
    """Also for a file of a room the asker is not in: the two must look the same."""

    code = "attachment_not_found"

    def __init__(self) -> None:
        super().__init__("This file is not there (any more).")


class UploadNotFound(Invalid):
    """Also for somebody else's upload, or one of another room."""

    code = "upload_not_found"

    def __init__(self) -> None:
        super().__init__(
            "One of the files is not there any more. Please add it again.",
            errors=[Flaw("/attachments", "Not a file you uploaded for this room.", self.code)],
        )


class TooManyWaiting(TooMany):
    code = "too_many_uploads_waiting"

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} uploads that are in no message yet. Send or remove some first.")


class RoomIsClosed(Conflict):
    code = "room_is_closed"

    def __init__(self) -> None:
        super().__init__("This room is closed: it can be read, and nothing new can be put in it.")


class ClipNotReady(Unavailable):
    code = "clip_not_ready"

    def __init__(self) -> None:
        super().__init__("This clip is still being prepared. It will play in a moment.", retry_after=5)


class AttachedAlready(Conflict):
    code = "attached_already"

    def __init__(self) -> None:
        super().__init__("This file is in a message. Delete the message to take it away.")
