"""An index made anew from the truth holds what the one holds that followed the log."""

from typing import Any

import pytest

from clubkit.search.errors import SearchOwnedElsewhere
from clubkit.search.port import SearchIndex
from clubkit.testing.hub import Person
from social_service.search.store import RebuildProgress
from tests.social_service.feed.conftest import Home


async def digest(social: Any) -> str:
    await social.hub.settle()
    return str(await social.hub.port(SearchIndex).digest())


async def a_busy_club(social: Any, anna: Person, ben: Person) -> None:
    """Everything that can happen to what is found, at least once."""
    home = Home(social)
    club, closed = await social.found(anna, "Floodlight FC"), await social.found(anna, "Closed")
    await social.join(ben, club)
    await home.event(anna, club, "Single", starts_local="2026-04-01T10:00:00")
    season = await home.event(anna, club, "Season", rrule="FREQ=WEEKLY;COUNT=6")
    over = await home.event(anna, club, "Called off")
    for event, scope in ((season, "this"), (over, "all")):
        tag = {"If-Match": f'"v{event["version"]}"'}
        gone = await anna.http.post(f"events/{event['id']}/cancel", params={"scope": scope}, json={}, headers=tag)
        assert gone.status_code == 200, gone.text
    kept, removed = await social.post(anna, "kept", club_id=club["id"]), await social.post(ben, "removed")
    await anna.http.patch(f"posts/{kept['id']}", json={"text": "kept, edited"}, headers={"If-Match": '"v1"'})
    await ben.http.delete(f"posts/{removed['id']}")
    await ben.http.patch("me", json={"bio": "left back"})
    await anna.http.delete(f"clubs/{closed['id']}")


async def test_rebuilt_from_the_truth_it_is_what_it_was(social: Any, anna: Person, ben: Person) -> None:
    await a_busy_club(social, anna, ben)
    operator = await social.member("Olga", admin=True)
    followed = await digest(social)
    assert (await operator.http.post("search/rebuild")).status_code == 202
    await social.hub.settle(jobs=True)
    assert await digest(social) == followed
    assert (await social.get(operator, "search/index")) == {
        "needs_rebuild": None, "rebuilding": False, "documents": 0, "stage": "",
    }  # fmt: skip


async def test_after_a_rebuild_the_log_goes_on_where_it_was(social: Any, anna: Person, ben: Person) -> None:
    await a_busy_club(social, anna, ben)
    operator = await social.member("Olga", admin=True)
    await operator.http.post("search/rebuild")
    await social.hub.settle(jobs=True)
    post = await social.post(anna, "after the rebuild")
    season = (await social.get(anna, "search", q="season"))["data"][0]
    page = await social.get(anna, f"events/{season['id']}")
    tag = {"If-Match": f'"v{page["version"]}"'}
    edited = await anna.http.patch(
        f"events/{season['id']}", params={"scope": "following"}, json={"title": "Renamed nights"}, headers=tag
    )
    assert edited.status_code == 200, edited.text
    await social.hub.settle()
    assert [h["id"] for h in (await social.get(anna, "search", q="after the rebuild"))["data"]] == [post["id"]]
    assert [h["title"] for h in (await social.get(anna, "search", q="renamed"))["data"]] == ["Renamed nights"]


async def test_only_an_operator_rebuilds_or_looks(social: Any, anna: Person) -> None:
    assert (await anna.http.post("search/rebuild")).status_code == 403
    assert (await anna.http.get("search/index")).status_code == 403


class OwnedElsewhere:
    """An index that another process writes, for the first who tries."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.refused = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    async def rebuild(self, documents: Any) -> int:
        if not self.refused:
            self.refused += 1
            raise SearchOwnedElsewhere("there")
        return int(await self._index.rebuild(documents))


async def test_a_worker_hands_it_on_to_the_process_that_writes_the_index(social: Any, anna: Person) -> None:
    index = OwnedElsewhere(social.hub.port(SearchIndex))
    social.hub.ports.provide(SearchIndex, index)
    operator = await social.member("Olga", admin=True)
    assert index.needs_rebuild is not None
    await operator.http.post("search/rebuild")
    await social.hub.settle(jobs=True)
    assert (index.refused, index.needs_rebuild) == (1, None)


async def test_a_rebuild_tells_how_far_it_is(social: Any, anna: Person) -> None:
    progress = social.hub.port(RebuildProgress)
    await progress.tell(1_500, "posts")
    operator = await social.member("Olga", admin=True)
    state = await social.get(operator, "search/index")
    assert (state["rebuilding"], state["documents"], state["stage"]) == (True, 1_500, "posts")
    await progress.end()
    assert (await social.get(operator, "search/index"))["rebuilding"] is False


async def test_a_rebuild_that_fails_leaves_the_old_index(
    social: Any, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await social.found(anna, "Floodlight FC")
    operator = await social.member("Olga", admin=True)
    before = await digest(social)

    async def broken(*_: Any) -> Any:
        raise RuntimeError("the truth is away")

    monkeypatch.setattr("social_service.clubs.service.all_after", broken)
    await operator.http.post("search/rebuild")
    await social.hub.settle(jobs=True)
    assert await digest(social) == before
    assert (await social.get(anna, "search", q="floodlight"))["total"] == 1
    assert (await social.get(operator, "search/index"))["rebuilding"] is False
