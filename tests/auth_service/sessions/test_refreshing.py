"""Renewing on a real Valkey: each token is exchanged once, racing tabs agree, a stolen token ends the session."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from auth_service.accounts.admin import create_admin
from auth_service.accounts.models import AccountRow
from auth_service.sessions.models import Session
from auth_service.sessions.store import SessionStore
from auth_service.sessions.store_redis import RedisSessionStore
from clubkit.cache import Redis

LATER = timedelta(seconds=11)


async def test_a_refresh_answers_like_a_sign_in_with_a_new_token(door: Any, anna: Any) -> None:
    before, cookie = anna.token, anna.refresh_cookie
    door.hub.clock.advance(timedelta(minutes=1))
    response = await anna.refresh()
    assert response.status_code == 200
    assert response.json()["member"]["email"] == "anna@example.org"
    assert response.json()["expires_in"] == 600
    assert anna.refresh_cookie not in {"", cookie}
    assert anna.token != before


async def test_a_renewed_token_shows_what_changed_since(door: Any, anna: Any) -> None:
    assert (await anna.refresh()).json()["member"]["is_admin"] is False
    await create_admin(door.hub.works, "anna@example.org", "Anna Berg", "yet another phrase")
    assert (await anna.refresh()).status_code == 401, "a new password was set"
    again = await door.browser().sign_in("anna@example.org", "yet another phrase")
    assert again.json()["member"]["is_admin"] is True


async def test_a_spent_token_ends_the_session_for_thief_and_member(door: Any, anna: Any) -> None:
    stolen = anna.refresh_cookie
    await anna.refresh()
    door.hub.clock.advance(LATER)
    thief = await anna.refresh(stolen)
    assert (thief.status_code, thief.json()["code"]) == (401, "session_over")
    assert (await anna.refresh()).status_code == 401
    assert (await door.facts())[-1] == "MemberSignedOut.v1"


async def test_the_other_way_round_the_thief_is_first_and_ends_with_her(door: Any, anna: Any) -> None:
    proof = anna.cookie("csrf")
    thief = await anna.refresh(anna.refresh_cookie)
    assert thief.status_code == 200
    door.hub.clock.advance(LATER)
    assert (await anna.refresh()).status_code == 401
    assert (await anna.refresh(thief.cookies["hub_refresh"], csrf=proof)).status_code == 401


async def test_a_reused_token_ends_only_its_own_session(door: Any, anna: Any) -> None:
    phone = door.browser()
    await phone.sign_in("anna@example.org")
    stolen = anna.refresh_cookie
    await anna.refresh()
    door.hub.clock.advance(LATER)
    await anna.refresh(stolen)
    assert (await phone.refresh()).status_code == 200


class EveryoneReadsFirst(RedisSessionStore):
    """The real store, slow to answer: all who ask at once have read before the first one writes."""

    async def get(self, session_id: str) -> Session | None:
        session = await super().get(session_id)
        await asyncio.sleep(0.1)
        return session


async def test_tabs_that_race_get_the_same_successor(door: Any, anna: Any) -> None:
    door.hub.ports.provide(SessionStore, EveryoneReadsFirst(door.hub.port(Redis)))
    shared = anna.refresh_cookie
    answers = await asyncio.gather(*(anna.refresh(shared) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.cookies["hub_refresh"] for answer in answers}) == 1
    assert (await anna.refresh(answers[0].cookies["hub_refresh"])).status_code == 200


async def test_a_reload_that_lost_the_answer_may_ask_again_for_a_moment(door: Any, anna: Any) -> None:
    lost = anna.refresh_cookie
    first = await anna.refresh(lost)
    door.hub.clock.advance(timedelta(seconds=10))
    second = await anna.refresh(lost)
    assert second.cookies["hub_refresh"] == first.cookies["hub_refresh"]


async def test_an_ended_session_takes_its_cookies_back(door: Any, anna: Any) -> None:
    other = door.browser()
    await other.sign_in("anna@example.org")
    await other.delete("auth/sessions")
    assert (await anna.refresh()).status_code == 401
    assert anna.refresh_cookie == "" == anna.cookie("csrf")


async def test_a_session_of_an_older_password_is_not_renewed(door: Any, anna: Any) -> None:
    """Signed in while the password was being changed: no list of sessions to end had this one in it."""
    async with door.hub.works.open() as work:
        await work.session.execute(update(AccountRow).values(credentials_version=2))
    assert (await anna.refresh()).status_code == 401
    assert (await door.facts())[-1] == "MemberSignedOut.v1"


async def test_without_its_proof_a_cookie_renews_nothing(door: Any, anna: Any) -> None:
    for proof in ("", "made-up", anna.cookie("csrf")[:-1] + "x"):
        refused = await anna.refresh(csrf=proof)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_refused")
    assert (await anna.refresh()).status_code == 200, "a refused request has spent nothing"


async def test_anothers_proof_does_not_fit(door: Any, anna: Any) -> None:
    """A sibling host may plant a `csrf` cookie, but only one that belongs to its own session."""
    eve = await door.member("Eve", "eve@example.org")
    cookies = f"hub_refresh={anna.refresh_cookie}; csrf={eve.cookie('csrf')}"
    http = door.hub.http()
    refused = await http.post("auth/refresh", headers={"Cookie": cookies, "X-CSRF-Token": eve.cookie("csrf")})
    assert refused.status_code == 403


async def test_a_made_up_token_ends_nobodys_session(door: Any, anna: Any) -> None:
    text = anna.refresh_cookie
    forged = text[:30] + ("A" if text[30] != "A" else "B") + text[31:]
    assert (await anna.refresh(forged)).status_code == 401
    assert (await anna.refresh()).status_code == 200


async def test_without_a_cookie_there_is_no_session(door: Any) -> None:
    response = await door.browser().refresh()
    assert (response.status_code, response.json()["code"]) == (401, "session_over")


async def test_thirty_unused_days_end_a_session(door: Any, anna: Any) -> None:
    door.hub.clock.advance(timedelta(days=29))
    assert (await anna.refresh()).status_code == 200
    door.hub.clock.advance(timedelta(days=30))
    assert (await anna.refresh()).status_code == 401


async def test_the_record_forgets_itself_in_time(door: Any, anna: Any) -> None:
    redis = door.hub.port(Redis)
    [key] = await redis.keys("auth:session:*")
    days = await redis.pttl(key) / 86_400_000
    assert 29.9 < days <= 30
    for _ in range(3):
        door.hub.clock.advance(timedelta(days=25))
        await anna.refresh()
    assert 14.9 < await redis.pttl(key) / 86_400_000 <= 15, "90 days after the sign-in at the latest"


async def test_no_token_is_kept_in_the_open(door: Any, anna: Any) -> None:
    first = anna.refresh_cookie
    await anna.refresh()
    redis = door.hub.port(Redis)
    [key] = await redis.keys("auth:session:*")
    record = (await redis.get(key)).decode()
    for text in (first, anna.refresh_cookie):
        assert text not in record
        assert text[22:64] not in record


async def test_sockets_of_an_ended_session_are_closed(door: Any, anna: Any) -> None:
    kicked: list[str] = []
    wire = door.hub.application.sockets

    async def kick(*, session_id: str) -> None:
        kicked.append(session_id)

    [mine] = [each["id"] for each in (await anna.get("auth/sessions")).json()["data"]]
    wire.kick = kick
    await anna.sign_out()
    assert kicked == [mine]


async def test_while_redis_is_away_nobody_is_signed_out(door: Any, anna: Any) -> None:
    nowhere = Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    real = door.hub.port(SessionStore)
    door.hub.ports.provide(SessionStore, RedisSessionStore(nowhere))
    away = await anna.refresh()
    assert (away.status_code, away.headers["retry-after"]) == (503, "3")
    door.hub.ports.provide(SessionStore, real)
    await nowhere.aclose()
    assert (await anna.refresh()).status_code == 200
