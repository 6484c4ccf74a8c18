"""Why something outside was not fetched. Nobody is shown these: the page just has no preview."""

from clubkit.errors import Unsupported


class NotFetched(Unsupported):
    code = "not_fetched"


class Forbidden(NotFetched):
    """The address, or one that it leads to, is none that may be asked."""

    code = "address_forbidden"


class NotReached(NotFetched):
    """It did not answer, not in time, or not with a page."""

    code = "not_reached"
