"""What can be refused when somebody writes in a room."""

from clubkit.errors import Conflict, Flaw, Invalid


class EmptyMessage(Invalid):
    code = "empty_message"

    def __init__(self) -> None:
        super().__init__("There is nothing in this message yet.", errors=[Flaw("/body", "Write something.", self.code)])


class ClientIdTaken(Conflict):
    """The same client id with another text: a client's mistake that must not look like success."""

    code = "client_id_taken"

    def __init__(self) -> None:
        super().__init__("A different message was already sent under this id. Send it again as a new one.")
