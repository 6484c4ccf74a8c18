"""How often one may try. Real limits here."""

from collections.abc import Iterator
from itertools import count, repeat
from typing import Any

import pytest

from auth_service.accounts.admin import create_member
from auth_service.limits import network_of
from auth_service.module import MODULE

WRONG = {"email": "anna@example.org", "password": "not the password"}


@pytest.fixture
async def hub(make_hub: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HUB_AUTH_LIMIT_FACTOR", "1")
    return await make_hub(MODULE, own_tokens=False)


async def refused_after(hub: Any, path: str, bodies: Iterator[Any], allowed: int, status: int) -> Any:
    """The first refusal. `allowed` calls pass; a slow machine may earn a few more while it calls."""
    http = hub.http()
    for number in range(3 * allowed):
        answer = await http.post(path, json=next(bodies))
        if answer.status_code == 429:
            assert number >= allowed
            return answer
        assert answer.status_code == status
    raise AssertionError(f"{path} was never refused")


async def tries(hub: Any, path: str, body: Any, times: int) -> list[Any]:
    http = hub.http()
    return [await http.post(path, json=body) for _ in range(times)]


async def test_guesses_at_one_address_are_slowed_down(hub: Any) -> None:
    answers = await tries(hub, "auth/sign-in", WRONG, 11)
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["code"] == "too_many"


async def test_another_address_is_not_slowed_down_by_it(hub: Any) -> None:
    await tries(hub, "auth/sign-in", WRONG, 11)
    [other] = await tries(hub, "auth/sign-in", {**WRONG, "email": "ben@example.org"}, 1)
    assert other.status_code == 401


async def test_one_client_cannot_guess_at_all_addresses_in_turn(hub: Any) -> None:
    bodies = ({**WRONG, "email": f"member{number}@example.org"} for number in count())
    await refused_after(hub, "auth/sign-in", bodies, 60, 401)


@pytest.mark.parametrize(
    ("path", "body", "allowed", "status"),
    [("auth/register", {"name": "Anna", "email": "a@example.org", "password": "correct horse battery"}, 4, 202),
     ("auth/password/forgot", {"email": "anna@example.org"}, 4, 202),
     ("auth/verify", {"token": "x" * 43}, 30, 410),
     ("auth/password/reset", {"token": "x" * 43, "password": "correct horse battery"}, 30, 410),
     ("auth/refresh", None, 120, 401)],
)  # fmt: skip
async def test_each_way_in_has_its_limit(hub: Any, path: str, body: Any, allowed: int, status: int) -> None:
    refusal = await refused_after(hub, path, repeat(body), allowed, status)
    assert "retry-after" in refusal.headers


async def test_known_and_unknown_addresses_meet_the_same_limit(hub: Any) -> None:
    await create_member(hub.works, "known@example.org", "Known", "correct horse battery")
    counts = []
    for email in ("known@example.org", "unknown@example.org"):
        answers = await tries(hub, "auth/sign-in", {**WRONG, "email": email}, 12)
        counts.append([answer.status_code for answer in answers])
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("::ffff:203.0.113.7", "203.0.113.7"),
     ("testclient", "testclient"), ("", "")],
)  # fmt: skip
def test_an_ipv6_household_is_one_client(address: str, network: str) -> None:
    assert network_of(address) == network
