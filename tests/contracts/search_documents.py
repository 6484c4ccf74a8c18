"""Documents for the search suite, made by intention."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from clubkit.search.port import Document, Viewer

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANYBODY = Viewer.stranger()
PUBLIC = frozenset({"public"})


def a_person(name: str, **more: object) -> Document:
    return a_thing("person", name, **more)


def a_thing(kind: str, title: str, **more: object) -> Document:
    fields: dict[str, object] = {
        "kind": kind,
        "id": title.lower().replace(" ", "-"),
        "title": title,
        "version": 1,
        "readers": PUBLIC,
        "at": NOW - timedelta(days=1),
    }
    return Document(**(fields | more))  # type: ignore[arg-type]


async def stream(documents: list[Document]):
    for document in documents:
        yield document


def titles(found: object) -> list[str]:
    return [hit.title for hit in found.hits]  # type: ignore[attr-defined]


_ids = st.sampled_from(["a", "b", "c", "d"])
_versions = st.integers(1, 9)
puts = st.tuples(st.just("put"), _ids, _versions)
deletes = st.tuples(st.just("delete"), _ids, _versions)
histories = st.lists(puts | deletes, max_size=25)
