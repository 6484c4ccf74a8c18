"""The torture's own eyes: each thing that must not be is seen when it is there."""

from typing import Any

import pytest

from tools.torture.folding import Fold, Now
from tools.torture.history import Findings, History, client_id

ME, BEN = "me", "ben"


def said(seq: int, count: int, by: str = BEN, **more: Any) -> dict[str, Any]:
    words = {"id": f"m{seq}", "client_id": client_id("0" * 24, count), "body": str(count), "deleted_at": None}
    return {"kind": "message", "epoch": 1, "seq": seq, "nth": seq, "by": by, "message": words} | more


def done(seq: int, kind: str, by: str = ME, **more: Any) -> dict[str, Any]:
    """To the only message there is."""
    return {"kind": kind, "epoch": 1, "seq": seq, "nth": 1, "by": by, "target": "m1"} | more


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


def test_a_message_whose_words_are_deleted_still_counts(history: History) -> None:
    bare = said(1, 1)
    bare["message"] |= {"body": "", "deleted_at": "2026-11-22T00:00:00Z"}
    assert seen(history, bare, said(2, 2)) == {}
    assert not [each for each in history.recent if each[0] == "m1"]


def test_other_words_than_were_sent_are_seen(history: History) -> None:
    wrong = said(1, 1)
    wrong["message"]["body"] = "2"
    assert seen(history, wrong) == {"words": 1}


@pytest.mark.parametrize("acked_first", [True, False])
def test_a_change_where_its_receipt_said_is_all_right(history: History, *, acked_first: bool) -> None:
    seen(history, said(1, 1))
    if acked_first:
        history.change_acknowledged(("edited", "m1"), 2)
    seen(history, done(2, "edited", body="new"))
    if not acked_first:
        history.change_acknowledged(("edited", "m1"), 2)
    history.closed({BEN: 1})
    assert not history.findings.counts


def test_a_change_elsewhere_than_its_receipt_said_is_seen(history: History) -> None:
    history.change_acknowledged(("edited", "m1"), 2)
    assert seen(history, said(1, 1), done(2, "deleted")) == {"moved": 1}


def test_an_acknowledged_change_that_never_came_is_seen(history: History) -> None:
    history.change_acknowledged(("deleted", "m1"), 2)
    history.closed({})
    assert history.findings.counts == {"lost": 1}


def test_a_change_made_twice_is_seen(history: History) -> None:
    seen(history, said(1, 1), done(2, "reacted", emoji="x", on=True), done(3, "reacted", emoji="x", on=True))
    history.change_acknowledged(("reacted", "m1", "x", "True"), 2)
    history.closed({BEN: 1})
    assert history.findings.counts == {"doubled": 1}


def test_what_happened_comes_to_what_a_page_shows() -> None:
    fold = Fold()
    for event in (
        said(1, 1), done(2, "edited", body="new", edits=1), done(3, "reacted", emoji="x", on=True),
        done(4, "reacted", emoji="y", on=True), done(5, "reacted", emoji="y", on=False),
    ):  # fmt: skip
        fold.apply(event)
    page = {"body": "new", "deleted_at": None, "edits": 1, "reactions": [{"emoji": "x", "members": [ME]}]}
    assert fold.messages["m1"] == Now.shown(page)
    fold.apply(done(6, "deleted"))
    fold.apply(done(7, "edited", body="again", edits=2))
    assert fold.messages["m1"] == Now("", is_gone=True)
