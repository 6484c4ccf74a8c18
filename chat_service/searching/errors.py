"""What a search can be refused for."""

from clubkit.errors import Flaw, Invalid


class NothingAsked(Invalid):
    code = "nothing_to_search"

    def __init__(self) -> None:
        super().__init__("Say what to look for: a word, in:a-room, from:somebody, before: or after: a day.")


class NoSuchRoomOfYours(Invalid):
    """The same whether there is no such room or the asker is not in it."""

    code = "no_such_room"

    def __init__(self, name: str) -> None:
        super().__init__(f"You are in no room called {name[:60]}.", errors=[Flaw("/q", "No room of yours.", self.code)])


class NobodyCalledSo(Invalid):
    code = "nobody_called_so"

    def __init__(self, name: str) -> None:
        super().__init__(f"Nobody here is called {name[:60]}.", errors=[Flaw("/q", "Nobody is called so.", self.code)])


class NoSuchDay(Invalid):
    code = "no_such_day"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:40]} is no day. Write it like 2026-03-14, or 2026-03 for a month.",
            errors=[Flaw("/q", "Not a day.", self.code)],
        )
