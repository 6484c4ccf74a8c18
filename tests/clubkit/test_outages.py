"""What counts as a server that is away, and what as a fault of the fact or its handler."""

import errno

import pytest
from redis.exceptions import BusyLoadingError, ResponseError

from clubkit.db.errors import Collided, DatabaseAway
from clubkit.errors import Conflict, StorageFull
from clubkit.log.errors import LogAway
from clubkit.log.outages import is_outage


@pytest.mark.parametrize(
    "failure",
    [
        ConnectionRefusedError(), TimeoutError(), OSError(errno.EHOSTUNREACH, "no route"),
        OSError(errno.ENOSPC, "full"),
        BusyLoadingError(), DatabaseAway(), LogAway("brokers are away"), StorageFull("The disk is full."),
    ],
)  # fmt: skip
def test_a_server_that_is_away_is_an_outage(failure: Exception) -> None:
    assert is_outage(failure)


@pytest.mark.parametrize(
    "failure",
    [FileNotFoundError(errno.ENOENT, "no such file"), ResponseError(), Collided(), Conflict("no"), KeyError("x")],
)
def test_what_no_waiting_mends_is_none(failure: Exception) -> None:
    assert not is_outage(failure)
