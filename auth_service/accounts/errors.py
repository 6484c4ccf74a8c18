"""What can be refused around an account."""

from clubkit.errors import Conflict, Flaw, Forbidden, Gone, Invalid, Unauthenticated


class WrongCredentials(Unauthenticated):
    """One sentence for a wrong address and a wrong password."""

    code = "wrong_credentials"

    def __init__(self) -> None:
        super().__init__("That address and password do not belong together.")


class WrongPassword(Forbidden):
    """Not 401: the caller is signed in, and an app must not answer this by renewing its token."""

    code = "wrong_password"

    def __init__(self) -> None:
        super().__init__(
            "That is not your present password.",
            errors=[Flaw("/current", "Not your present password.", self.code)],
        )


class NotVerified(Forbidden):
    """Told only to somebody who knows the password."""

    code = "not_verified"

    def __init__(self) -> None:
        super().__init__("Please open the link in the mail we sent you first. We have just sent it again.")


class LinkSpent(Gone):
    code = "link_spent"

    def __init__(self) -> None:
        super().__init__("This link was used already or is too old. Ask for a new one.")


class HandleTaken(Conflict):
    code = "handle_taken"

    def __init__(self, handle: str) -> None:
        super().__init__(f"@{handle} is taken. Try another.", errors=[Flaw("/handle", "Taken already.", self.code)])


class PasswordRefused(Invalid):
    code = "password_refused"

    def __init__(self, why: str, pointer: str = "/password") -> None:
        super().__init__(why, errors=[Flaw(pointer, why, self.code)])


class AccountGone(Unauthenticated):
    code = "account_gone"

    def __init__(self) -> None:
        super().__init__("This account is no longer here.")
