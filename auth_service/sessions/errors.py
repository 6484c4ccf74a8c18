"""What can be refused around a session."""

from clubkit.errors import Forbidden, NotFound, Unauthenticated


class SessionOver(Unauthenticated):
    """Signed out, revoked, too old, never there, or its token was used twice: the app asks for the password."""

    code = "session_over"

    def __init__(self) -> None:
        super().__init__("You have been signed out. Please sign in again.")


class CsrfRefused(Forbidden):
    code = "csrf_refused"

    def __init__(self) -> None:
        super().__init__("This request did not come from the app. Reload the page and try again.")


class NoSuchSession(NotFound):
    code = "session_not_found"

    def __init__(self) -> None:
        super().__init__("This device is signed out already.")
