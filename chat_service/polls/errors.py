"""What can be refused about polls."""

from clubkit.errors import Conflict, Flaw, Forbidden, Invalid


class NotAPoll(Invalid):
    code = "not_a_poll"

    def __init__(self) -> None:
        super().__init__("There is no poll in this message.", errors=[Flaw("/target", "No poll.", self.code)])


class PollIsClosed(Conflict):
    code = "poll_is_closed"

    def __init__(self) -> None:
        super().__init__("This poll is closed. Its result stands.")


class NoSuchOption(Invalid):
    code = "no_such_option"

    def __init__(self, options: int) -> None:
        flaw = Flaw("/options", f"From 0 to {options - 1}, each once.", self.code)
        super().__init__("This poll has no such answer.", errors=[flaw])


class OneOnly(Invalid):
    code = "one_option_only"

    def __init__(self) -> None:
        super().__init__("This poll takes one answer.", errors=[Flaw("/options", "Choose one.", self.code)])


class NotYourPoll(Forbidden):
    code = "not_your_poll"

    def __init__(self) -> None:
        super().__init__("Only who asked, or a moderator, closes a poll.")


class PollNeedsOptions(Invalid):
    code = "poll_needs_options"

    def __init__(self, most: int) -> None:
        super().__init__(f"A poll asks one question and offers 2 to {most} different answers.")


class PollEndsBefore(Invalid):
    code = "poll_ends_before"

    def __init__(self) -> None:
        super().__init__("A poll ends later than it begins.", errors=[Flaw("/closes_at", "In the past.", self.code)])
