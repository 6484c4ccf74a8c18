"""Search when its server is away: it says so, and nothing else suffers."""

from typing import Any

from clubkit.search.errors import SearchBroken
from clubkit.search.port import SearchIndex
from clubkit.testing.hub import Person


class Away:
    """An index whose server does not answer."""

    needs_rebuild = None

    async def find(self, *_: Any, **__: Any) -> Any:
        raise SearchBroken

    suggest = find

    async def close(self) -> None: ...


async def test_without_its_server_search_says_so_and_the_rest_goes_on(social: Any, anna: Person) -> None:
    social.hub.ports.provide(SearchIndex, Away())
    for path in ("search", "search/suggest"):
        answer = await anna.http.get(path, params={"q": "anything"})
        assert (answer.status_code, answer.json()["code"]) == (503, "search_broken")
        assert "Everything else works" in answer.json()["detail"]
    assert (await anna.http.get("me")).status_code == 200
