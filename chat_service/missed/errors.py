"""What can be refused about mails."""

from clubkit.errors import NotFound


class NoSuchLink(NotFound):
    code = "no_such_link"

    def __init__(self) -> None:
        super().__init__("This link is not one of ours. You can turn mails off in the settings of the app.")
