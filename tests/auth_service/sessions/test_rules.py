"""Rotation, by its rules alone: whatever order tokens are shown in, an old one never opens anything."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from auth_service.sessions import rules
from auth_service.sessions.models import Session
from clubkit.ids import MemberId

START = datetime(2026, 3, 14, 12, tzinfo=UTC)


def following(token: bytes, salt: str) -> bytes:
    return hmac.digest(b"key", salt.encode() + token, "sha256")


def fresh(token: bytes) -> Session:
    return Session(
        id="s", member_id=MemberId("m"), device="", ip_prefix="", credentials_version=1, created_at=START,
        last_used_at=START, digest=hashlib.sha256(token).hexdigest(),
    )  # fmt: skip


def show(session: Session, token: bytes, at: datetime, salt: str = "salt") -> rules.Verdict:
    return rules.show(session, token, now=at, salt=salt, successor=following)


def test_a_session_ends_after_30_unused_days() -> None:
    session = fresh(b"a")
    assert isinstance(show(session, b"a", START + timedelta(days=30, seconds=-1)), rules.Exchanged)
    assert isinstance(show(session, b"a", START + timedelta(days=30)), rules.Lapsed)


def test_however_it_is_used_a_session_ends_after_90_days() -> None:
    session, token = fresh(b"a"), b"a"
    for day in range(1, 90):
        verdict = show(session, token, START + timedelta(days=day))
        assert isinstance(verdict, rules.Exchanged)
        session, token = verdict.session, verdict.token
    assert isinstance(show(session, token, START + timedelta(days=90)), rules.Lapsed)


def test_the_same_token_twice_within_the_grace_gets_the_same_successor() -> None:
    first = show(fresh(b"a"), b"a", START)
    assert isinstance(first, rules.Exchanged)
    second = show(first.session, b"a", START + rules.GRACE, salt="another")
    assert second == rules.Repeated(first.token)


def test_the_same_token_twice_after_the_grace_is_reuse() -> None:
    first = show(fresh(b"a"), b"a", START)
    assert isinstance(first, rules.Exchanged)
    assert show(first.session, b"a", START + rules.GRACE + timedelta(microseconds=1)) == rules.Reused()


def test_a_tab_two_exchanges_behind_gets_the_newest_token() -> None:
    first = show(fresh(b"a"), b"a", START, salt="1")
    assert isinstance(first, rules.Exchanged)
    second = show(first.session, first.token, START + timedelta(seconds=4), salt="2")
    assert isinstance(second, rules.Exchanged)
    assert show(second.session, b"a", START + timedelta(seconds=8), salt="3") == rules.Repeated(second.token)


class Rotation(RuleBasedStateMachine):
    """A browser, its tabs, and a thief who keeps every token he ever saw.

    The model is plain: the list of tokens handed out, and when each was exchanged.
    """

    @initialize()
    def sign_in(self) -> None:
        self.now = START
        self.tokens: list[bytes] = [b"first"]
        self.exchanged_at: list[datetime] = []
        self.session: Session | None = fresh(b"first")
        self.count = 0

    @rule(seconds=st.floats(0, 40))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.session is not None)
    @rule()
    def the_newest_is_exchanged(self) -> None:
        self.count += 1
        verdict = show(self.session, self.tokens[-1], self.now, salt=str(self.count))  # type: ignore[arg-type]
        assert isinstance(verdict, rules.Exchanged)
        assert verdict.token not in self.tokens
        self.session = verdict.session
        self.tokens.append(verdict.token)
        self.exchanged_at.append(self.now)

    @precondition(lambda self: self.session is not None and self.exchanged_at)
    @rule(data=st.data())
    def an_old_one_is_shown(self, data: st.DataObject) -> None:
        which = data.draw(st.integers(0, len(self.exchanged_at) - 1))
        verdict = show(self.session, self.tokens[which], self.now, salt="old")  # type: ignore[arg-type]
        recent = self.now - self.exchanged_at[which] <= rules.GRACE
        if recent and len(self.exchanged_at) - which <= rules.MOST_SPENT:
            assert verdict == rules.Repeated(self.tokens[-1])
        else:
            assert verdict == rules.Reused()
            self.session = None

    @precondition(lambda self: self.session is not None)
    @rule(noise=st.binary(min_size=32, max_size=32))
    def a_made_up_one_opens_nothing(self, noise: bytes) -> None:
        assert show(self.session, noise, self.now) == rules.Reused()  # type: ignore[arg-type]

    @invariant()
    def nothing_that_is_kept_opens_the_session(self) -> None:
        if getattr(self, "session", None) is None:
            return
        kept = repr(self.session)
        assert all(token.hex() not in kept and repr(token) not in kept for token in self.tokens)
        assert len(self.session.spent) <= rules.MOST_SPENT  # type: ignore[union-attr]


Rotation.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestRotation = Rotation.TestCase
