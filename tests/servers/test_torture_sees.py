"""The torture's own eyes: each thing that must not be is seen when it is there."""

from typing import Any

import pytest

from tools.torture.history import Findings, History

ME, BEN = "me", "ben"


def said(seq: int, count: int, by: str = BEN, **more: Any) -> dict[str, Any]:
    return {"kind": "message", "epoch": 1, "seq": seq, "nth": seq, "by": by, "message": {"body": str(count)}} | more


@pytest.fixture
def history() -> History:
    return History("room", ME, Findings())


def seen(history: History, *events: dict[str, Any]) -> dict[str, int]:
    for event in events:
        history.heard(event)
    return dict(history.findings.counts)


def test_an_unbroken_history_has_no_findings(history: History) -> None:
    assert seen(history, said(1, 1), said(2, 1, ME), said(3, 2)) == {}
    history.acknowledged(1, 2)
    history.closed({BEN: 2, ME: 1})
    assert not history.findings.counts


def test_an_older_event_is_dropped_and_one_beyond_a_hole_waits_for_what_is_missing(history: History) -> None:
    assert seen(history, said(1, 1), said(1, 1), said(3, 3)) == {}
    assert (history.seq, history.dropped, history.has_hole) == (1, 1, True)
    assert seen(history, said(2, 2), said(3, 3)) == {}
    assert not history.has_hole


def test_a_lost_message_is_seen(history: History) -> None:
    assert seen(history, said(1, 1), said(2, 3)) == {"lost": 1}


def test_a_message_stored_twice_is_seen(history: History) -> None:
    assert seen(history, said(1, 1), said(2, 1)) == {"doubled": 1}


def test_two_messages_turned_round_are_seen(history: History) -> None:
    assert seen(history, said(1, 2), said(2, 1)) == {"lost": 1, "reordered": 1}


def test_a_seq_that_is_not_counted_right_is_seen(history: History) -> None:
    assert seen(history, said(1, 1), said(2, 2, nth=3)) == {"nth": 1}


def test_an_acknowledged_message_that_never_came_is_seen(history: History) -> None:
    history.acknowledged(1, 1)
    history.closed({ME: 1})
    assert history.findings.counts == {"lost": 2}


@pytest.mark.parametrize("acked_first", [True, False])
def test_a_message_elsewhere_than_its_receipt_said_is_seen(history: History, *, acked_first: bool) -> None:
    if acked_first:
        history.acknowledged(1, 7)
    history.heard(said(1, 1, ME))
    if not acked_first:
        history.acknowledged(1, 7)
    assert history.findings.counts == {"moved": 1}


def test_a_store_that_forgot_is_seen(history: History) -> None:
    seen(history, said(1, 1), said(2, 2))
    history.told(1, asked_at=2)
    assert history.findings.counts == {"store went back": 1}


def test_a_new_epoch_out_of_nowhere_is_seen(history: History) -> None:
    assert seen(history, said(1, 1, epoch=2)) == {"epoch": 1}
