"""What can be refused about notifications."""

from clubkit.errors import NotFound


class NotificationNotFound(NotFound):
    code = "notification_not_found"

    def __init__(self) -> None:
        super().__init__("This notification is not there any more.")
