"""What can be refused when somebody writes in a room."""

from clubkit.errors import Conflict, Flaw, Forbidden, Invalid, NotFound


class EmptyMessage(Invalid):
    code = "empty_message"

    def __init__(self) -> None:
        super().__init__("There is nothing in this message yet.", errors=[Flaw("/body", "Write something.", self.code)])


class ClientIdTaken(Conflict):
    """The same client id with other contents: a client's mistake that must not look like success."""

    code = "client_id_taken"

    def __init__(self) -> None:
        super().__init__("A different message was already sent under this id. Send it again as a new one.")


class MessageNotFound(NotFound):
    code = "message_not_found"

    def __init__(self, pointer: str = "/target") -> None:
        super().__init__("There is no such message in this room.", errors=[Flaw(pointer, "Not here.", self.code)])


class MessageIsDeleted(Conflict):
    code = "message_is_deleted"

    def __init__(self) -> None:
        super().__init__("This message was deleted in the meantime.")


class NotYourMessage(Forbidden):
    code = "not_your_message"

    def __init__(self) -> None:
        super().__init__("Only who wrote a message can change or delete it, and moderators can delete it.")


class ModeratorsOnly(Forbidden):
    code = "moderators_only"

    def __init__(self) -> None:
        super().__init__("Only moderators of this room see that.")


class NotAnEmoji(Invalid):
    code = "not_an_emoji"

    def __init__(self) -> None:
        super().__init__("A reaction is one emoji.", errors=[Flaw("/emoji", "Choose an emoji.", self.code)])


class TooManyKinds(Conflict):
    """Of reactions on one message."""

    code = "too_many_kinds"

    def __init__(self, most: int) -> None:
        super().__init__(f"A message has {most} kinds of reactions at most. Use one that is there.")


class TooManyPins(Conflict):
    code = "too_many_pins"

    def __init__(self, most: int) -> None:
        super().__init__(f"A room has {most} pinned messages at most. Take one off first.")


class TooManyEdits(Conflict):
    code = "too_many_edits"

    def __init__(self, most: int) -> None:
        super().__init__(f"A message can be changed {most} times at most.")
