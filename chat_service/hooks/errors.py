"""What can be refused about webhooks."""

from clubkit.errors import Conflict, Flaw, Invalid, NotFound


class HookNotFound(NotFound):
    """Also for one that was revoked: nobody learns by guessing which addresses there were."""

    code = "hook_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such webhook (any more).")


class TooManyHooks(Conflict):
    code = "too_many_hooks"

    def __init__(self, most: int) -> None:
        super().__init__(f"A room has {most} webhooks at most. Revoke one that is not used.")


class NothingToSay(Invalid):
    code = "nothing_to_say"

    def __init__(self) -> None:
        super().__init__("There is no text in this.", errors=[Flaw("/text", "Write something.", self.code)])
