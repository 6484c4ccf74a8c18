"""The wire shapes of commands: what the app offers while somebody types."""

from clubkit.contracts.base import Contract


class Suggestion(Contract):
    """`insert` takes the place of what was typed. `complete`: it can be sent like that."""

    insert: str
    title: str
    detail: str
    complete: bool
