"""What can be refused about commands."""

from clubkit.errors import Flaw, Invalid, NotFound


class UnknownCommand(Invalid):
    code = "unknown_command"

    def __init__(self, name: str) -> None:
        detail = f"There is no command /{name}. Type /help for those there are, or // to begin a message with a slash."
        super().__init__(detail, errors=[Flaw("/body", "No such command.", self.code)])


class CommandNeeds(Invalid):
    """Used in another way than it is meant."""

    code = "command_needs"

    def __init__(self, usage: str) -> None:
        super().__init__(f"Write it like this: {usage}", errors=[Flaw("/body", usage, self.code)])


class Help(Invalid):
    """Nothing is sent: it is only for who asks."""

    code = "command_help"

    def __init__(self, lines: list[str]) -> None:
        super().__init__("Commands: " + " · ".join(lines))


class NoSuchEvent(NotFound):
    code = "no_such_event"

    def __init__(self, text: str) -> None:
        what = f"with “{text}” in its name" if text else "coming up"
        super().__init__(f"There is no event {what} here. Look at the calendar for its name.")


class NoSuchFixture(NotFound):
    code = "no_such_fixture"

    def __init__(self, text: str) -> None:
        what = f"of “{text}”" if text else "at all"
        super().__init__(f"There is no match {what} that can be picked now.")
