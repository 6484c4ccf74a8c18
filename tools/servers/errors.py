"""What may go wrong with a server, in words for who asked for it."""


class Missing(Exception):  # noqa: N818  named as outcomes are
    """This machine cannot run the server: a program is not there and cannot be fetched."""


class DidNotStart(Exception):  # noqa: N818
    """The server was started and did not answer; its last lines are in the message."""
