"""The indexes behind the search: one living, at times a shadow that is being filled beside it.

Here of the index `search`; another one has its own name in that place.

PREFIX-search                 alias that is searched: the living generation
PREFIX-search-000004          a generation; its mapping says of which layout it is and why it is incomplete
PREFIX-search-000004-put      alias of a generation that takes writes, living or shadow
PREFIX-search                 also the index template; an operator's own settings go into the component template
                              PREFIX-search@custom
"""

from datetime import timedelta
from typing import Any

from elasticsearch import AsyncElasticsearch, BadRequestError, NotFoundError

from clubkit.adapters.search_elastic_layout import LAYOUT, MAPPINGS, SETTINGS
from clubkit.clock import Clock
from clubkit.search.errors import RebuildRunning
from clubkit.search.keeping import millis

FORSAKEN = timedelta(minutes=2)
"""A rebuild that wrote nothing for so long has died."""
_BEAT = "#rebuild"


class Generations:
    """Every method may raise ApiError and TransportError."""

    def __init__(self, client: AsyncElasticsearch, prefix: str, clock: Clock, name: str = "search") -> None:
        self._client = client
        self._indices = client.indices
        self.alias = f"{prefix}-{name}"
        self._clock = clock

    async def prepare(self) -> str | None:
        """Makes the template and the first generation where they are missing. Answers why a rebuild is due."""
        await self._have_template()
        living = await self._living()
        if living is None:
            await self._start("The index is new.")
        elif living[1].get("layout") != LAYOUT:
            await self._start("The index has an older layout.", instead_of=living[0])
        living = await self._living()
        return living[1].get("due") if living else "The index is missing."

    async def targets(self) -> list[str]:
        """Where a change is to be written now."""
        found = await self._indices.get_alias(index=f"{self.alias}-*", name=f"{self.alias}-*-put")
        return [alias for each in found.values() for alias in each["aliases"]]

    async def begin(self) -> str:
        """An empty shadow that takes all writes from now on. Raises RebuildRunning."""
        living = await self._living()
        numbers = await self._numbered()
        for name in numbers:
            if living and name == living[0]:
                continue
            if not await self._forsaken(name):
                raise RebuildRunning
            await self.drop(name)
        number = max(numbers.values(), default=0) + 1
        try:
            return await self._create(number, due="A rebuild has not finished.", fast=True)
        except BadRequestError as twin:
            raise RebuildRunning from twin

    async def beat(self, shadow: str) -> None:
        """Says that the rebuild is alive."""
        await self._client.index(index=shadow, id=_BEAT, document={"beat": self._now()})

    async def finish(self, shadow: str) -> None:
        """The shadow takes the place of the living one, at once for everyone. Bears repetition."""
        living = await self._living()
        if living and living[0] == shadow:
            return
        await self._client.options(ignore_status=404).delete(index=shadow, id=_BEAT)
        await self._indices.refresh(index=shadow)
        await self._indices.put_settings(index=shadow, settings={"translog.durability": "request"})
        await self._indices.flush(index=shadow)
        await self._indices.put_mapping(index=shadow, meta={"layout": LAYOUT, "due": None})
        away = [{"remove_index": {"index": living[0]}}] if living else []
        await self._indices.update_aliases(actions=[*away, {"add": {"index": shadow, "alias": self.alias}}])

    async def drop(self, name: str) -> None:
        await self._indices.delete(index=name, ignore_unavailable=True)

    def puts(self, name: str) -> str:
        return f"{name}-put"

    async def _start(self, due: str, *, instead_of: str | None = None) -> None:
        """An empty living generation. Another process may be at the same: one of them makes it."""
        number = max((await self._numbered()).values(), default=0) + 1
        try:
            name = await self._create(number, due=due, living=instead_of is None)
        except BadRequestError:
            return
        if instead_of:
            away = {"remove_index": {"index": instead_of}}
            await self._indices.update_aliases(actions=[away, {"add": {"index": name, "alias": self.alias}}])

    async def _create(self, number: int, *, due: str, living: bool = False, fast: bool = False) -> str:
        name = f"{self.alias}-{number:06d}"
        await self._indices.create(
            index=name,
            aliases={self.puts(name): {}} | ({self.alias: {}} if living else {}),
            mappings={"_meta": {"layout": LAYOUT, "due": due, "begun": self._now()}},
            # Whoever fills a shadow flushes it at the end; until then nobody counts on it.
            settings={"translog.durability": "async"} if fast else {},
        )
        return name

    async def _have_template(self) -> None:
        try:
            found = await self._indices.get_index_template(name=self.alias)
            if found["index_templates"][0]["index_template"].get("version") == LAYOUT:
                return
        except NotFoundError:
            pass
        custom = f"{self.alias}@custom"
        await self._indices.put_index_template(
            name=self.alias, index_patterns=[f"{self.alias}-*"], version=LAYOUT, priority=500, composed_of=[custom],
            ignore_missing_component_templates=[custom], template={"settings": SETTINGS, "mappings": MAPPINGS},
        )  # fmt: skip

    async def _living(self) -> tuple[str, dict[str, Any]] | None:
        """The generation that is searched, and what its mapping says about it."""
        try:
            found = await self._indices.get_mapping(index=self.alias)
        except NotFoundError:
            return None
        name, about = next(iter(found.items()))
        return name, about["mappings"].get("_meta", {})

    async def _numbered(self) -> dict[str, int]:
        found = await self._indices.get(index=f"{self.alias}-*", features="aliases")
        return {name: int(name.rpartition("-")[2]) for name in found}

    async def _forsaken(self, shadow: str) -> bool:
        try:
            beat = (await self._client.get(index=shadow, id=_BEAT))["_source"]["beat"]
        except NotFoundError:
            try:
                about = (await self._indices.get_mapping(index=shadow))[shadow]["mappings"]
            except NotFoundError:
                return True
            beat = about.get("_meta", {}).get("begun", 0)
        return bool(self._now() - beat > FORSAKEN / timedelta(milliseconds=1))

    def _now(self) -> int:
        return millis(self._clock())
