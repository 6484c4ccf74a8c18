"""HTTP as every service speaks it: problems, pages, idempotency, request ids."""

import asyncio
from typing import Any

import pytest

from clubkit.testing.hub import Person


@pytest.fixture
async def anna(notes: Any) -> Person:
    return await notes.hub.member("Anna")  # type: ignore[no-any-return]


async def test_an_outcome_becomes_a_problem_with_a_sentence(notes: Any, anna: Person) -> None:
    response = await anna.http.post("notes", json={"text": "one too many"})
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["code"], problem["detail"]) == (
        409,
        "no_more_notes",
        "There are enough notes.",
    )
    assert problem["trace_id"] == response.headers["x-request-id"]
    assert await notes.kept() == []


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "nowhere", 404, "not_found"), ("PATCH", "notes", 405, "method_not_allowed")],
)
async def test_the_framework_s_own_errors_look_the_same(
    anna: Person, method: str, path: str, status: int, code: str
) -> None:
    response = await anna.http.request(method, path)
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_input_that_does_not_parse_points_at_the_place(anna: Person) -> None:
    response = await anna.http.post("notes", json={"text": "", "colour": "red"})
    assert response.status_code == 422
    assert {flaw["pointer"] for flaw in response.json()["errors"]} == {"/text", "/colour"}


async def test_a_body_that_is_not_json_is_called_so(anna: Person) -> None:
    response = await anna.http.post("notes", content=b"{not json", headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, "malformed")


async def test_a_surprise_says_nothing_of_the_inside(notes: Any, anna: Person) -> None:
    response = await anna.http.post("notes", json={"text": "boom"})
    assert (response.status_code, response.json()["code"]) == (500, "internal")
    assert "boom" not in response.text
    assert await notes.kept() == []


async def test_without_a_token_one_is_asked_to_sign_in(notes: Any) -> None:
    response = await notes.hub.http().get("notes")
    assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
    assert response.headers["www-authenticate"] == "Bearer"


async def test_pages_lead_through_the_whole_list_once(notes: Any, anna: Person) -> None:
    for number in range(5):
        await anna.http.post("notes", json={"text": f"{number}"})
    seen, path = [], "/api/v1/notes"
    while path:
        response = await anna.http.get(f"http://hub.test{path}")
        seen += [note["text"] for note in response.json()["data"]]
        path = response.links.get("next", {}).get("url", "")
    assert seen == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("cursor", ["AAAA", "not base64 €", "e30", "x" * 900])
async def test_a_cursor_nobody_gave_out_is_refused(anna: Person, cursor: str) -> None:
    response = await anna.http.get("notes", params={"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (422, "bad_cursor")


async def test_a_cursor_of_another_list_is_refused(notes: Any, anna: Person) -> None:
    from clubkit.http.paging import Cursors

    other = notes.hub.port(Cursors).write("other list", ["1"])
    assert (await anna.http.get("notes", params={"cursor": other})).json()["code"] == "bad_cursor"


async def test_the_same_key_and_body_answer_as_the_first_time(notes: Any, anna: Person) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = await anna.http.post("notes", json={"text": "once"}, headers=headers)
    second = await anna.http.post("notes", json={"text": "once"}, headers=headers)
    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert await notes.kept() == ["once"]


async def test_the_same_key_with_another_body_is_refused(notes: Any, anna: Person) -> None:
    headers = {"Idempotency-Key": "k1"}
    await anna.http.post("notes", json={"text": "once"}, headers=headers)
    refused = await anna.http.post("notes", json={"text": "twice"}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert await notes.kept() == ["once"]


async def test_ten_at_once_with_one_key_write_once(notes: Any, anna: Person) -> None:
    sends = (anna.http.post("notes", json={"text": "once"}, headers={"Idempotency-Key": "k"}) for _ in range(10))
    answers = await asyncio.gather(*sends)
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await notes.kept() == ["once"]


async def test_a_refused_write_may_be_tried_again_under_its_key(notes: Any, anna: Person) -> None:
    headers = {"Idempotency-Key": "k"}
    assert (await anna.http.post("notes", json={"text": "boom"}, headers=headers)).status_code == 500
    assert (await anna.http.post("notes", json={"text": "boo"}, headers=headers)).status_code == 201


async def test_keys_of_two_members_do_not_meet(notes: Any, anna: Person) -> None:
    ben = await notes.hub.member("Ben")
    for who in (anna, ben):
        await who.http.post("notes", json={"text": who.name}, headers={"Idempotency-Key": "k"})
    assert await notes.kept() == ["Anna", "Ben"]


async def test_health_readiness_and_metrics_answer(notes: Any) -> None:
    http = notes.hub.http()
    assert (await http.get("http://hub.test/healthz")).json() == {"status": "alive"}
    assert (await http.get("http://hub.test/readyz")).json()["status"] == "ready"
    assert "hub_http_request_seconds" in (await http.get("http://hub.test/metrics")).text


async def test_who_comes_when_too_many_wait_is_told_at_once_and_health_always_answers(notes: Any, anna: Person) -> None:
    crowd = 240
    answers = await asyncio.gather(*(anna.http.get("notes") for _ in range(crowd)))
    refused = [answer for answer in answers if answer.status_code == 503]
    assert [answer.status_code for answer in answers].count(200) == 200
    assert {answer.json()["code"] for answer in refused} == {"hub_busy"}
    assert all(answer.headers["retry-after"] == "1" for answer in refused)
    assert (await anna.http.get("notes")).status_code == 200  # places are given back
