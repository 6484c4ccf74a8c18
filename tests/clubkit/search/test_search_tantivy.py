"""What only the embedded index promises: its folder, its owner, its recovery."""

import asyncio
import shutil
from pathlib import Path

import pytest

from clubkit.adapters.search_tantivy import open_search
from clubkit.search.errors import SearchBroken, SearchOwnedElsewhere
from tests.contracts.search_documents import ANYBODY, NOW, a_person, stream, titles


def the_clock():
    return NOW


async def an_index_with_anna(folder: Path) -> Path:
    """A closed index that holds Anna; returns the folder of its generation."""
    async with open_search(folder, the_clock) as index:
        await index.rebuild(stream([a_person("Anna")]))
    return folder / (folder / "current").read_text()


@pytest.mark.parametrize("ending", ["meta.json", ".store", ".term", ".fast", ".idx"])
async def test_a_torn_file_starts_an_empty_index_that_asks_for_a_rebuild(tmp_path, ending):
    generation = await an_index_with_anna(tmp_path)
    victim = next(f for f in generation.iterdir() if f.name.endswith(ending))
    victim.write_bytes(victim.read_bytes()[: victim.stat().st_size // 2])
    async with open_search(tmp_path, the_clock) as index:
        assert index.needs_rebuild == "The index files are damaged."
        assert titles(await index.find("anna", ANYBODY)) == []
        await index.rebuild(stream([a_person("Anna")]))
        assert titles(await index.find("anna", ANYBODY)) == ["Anna"]
        assert index.needs_rebuild is None


async def test_a_missing_generation_is_noticed(tmp_path):
    shutil.rmtree(await an_index_with_anna(tmp_path))
    async with open_search(tmp_path, the_clock) as index:
        assert index.needs_rebuild == "The index files are missing."


async def test_an_older_layout_asks_for_a_rebuild(tmp_path):
    generation = await an_index_with_anna(tmp_path)
    generation.rename(tmp_path / "gen-0-000009")
    (tmp_path / "current").write_text("gen-0-000009")
    async with open_search(tmp_path, the_clock) as index:
        assert index.needs_rebuild == "The index has an older layout."


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"../../etc", b"gen-1-../../x"])
async def test_a_scribbled_note_is_not_followed(tmp_path, note):
    await an_index_with_anna(tmp_path)
    (tmp_path / "current").write_bytes(note)
    async with open_search(tmp_path, the_clock) as index:
        assert index.needs_rebuild


async def test_only_one_process_writes(tmp_path):
    async with open_search(tmp_path, the_clock):
        with pytest.raises(SearchOwnedElsewhere):
            async with open_search(tmp_path, the_clock):
                pass


async def test_a_reader_sees_what_the_writer_does_even_across_a_rebuild(tmp_path):
    async with (
        open_search(tmp_path, the_clock) as writer,
        open_search(tmp_path, the_clock, writable=False) as reader,
    ):
        await writer.put(a_person("Anna"), wait=True)
        assert titles(await reader.find("anna", ANYBODY)) == ["Anna"]
        await writer.rebuild(stream([a_person("Berta")]))
        assert titles(await reader.find("berta", ANYBODY)) == ["Berta"]
        with pytest.raises(SearchOwnedElsewhere):
            await reader.put(a_person("Carla"), wait=True)


async def test_a_reader_may_come_before_the_writer(tmp_path):
    async with open_search(tmp_path, the_clock, writable=False) as reader:
        with pytest.raises(SearchBroken):
            await reader.find("anna", ANYBODY)
        async with open_search(tmp_path, the_clock) as writer:
            await writer.put(a_person("Anna"), wait=True)
            assert titles(await reader.find("anna", ANYBODY)) == ["Anna"]


async def test_a_reader_refuses_to_write_at_once(tmp_path):
    async with open_search(tmp_path, the_clock), open_search(tmp_path, the_clock, writable=False) as reader:
        await reader.find("anna", ANYBODY)
        with pytest.raises(SearchOwnedElsewhere):
            await reader.put(a_person("Carla"))
        with pytest.raises(SearchOwnedElsewhere):
            await reader.rebuild(stream([]))


async def test_a_caller_that_goes_away_does_not_disturb_the_writing(tmp_path):
    async with open_search(tmp_path, the_clock) as index:
        for n in range(10):
            leaving = asyncio.create_task(index.put(a_person(f"Runar {n}"), wait=True))
            await asyncio.sleep(n / 2_000)
            leaving.cancel()
            await asyncio.gather(leaving, index.put(a_person(f"Berta {n}"), wait=True), return_exceptions=True)
        await index.refresh()
        assert (await index.find("berta", ANYBODY)).total == 10


async def test_a_rebuild_that_is_cancelled_leaves_the_old_index(tmp_path):
    async with open_search(tmp_path, the_clock) as index:
        await index.put(a_person("Anna"), wait=True)

        async def endless():
            while True:
                for n in range(999):
                    yield a_person(f"Berta {n}")
                await asyncio.sleep(0)

        rebuilding = asyncio.create_task(index.rebuild(endless()))
        await asyncio.sleep(0.3)
        rebuilding.cancel()
        await asyncio.gather(rebuilding, return_exceptions=True)
        assert titles(await index.find("anna", ANYBODY)) == ["Anna"]
        assert (await index.find("berta", ANYBODY)).total == 0
        assert len(list(tmp_path.glob("gen-*"))) == 1


async def test_a_rebuild_leaves_one_generation_on_disk(tmp_path):
    await an_index_with_anna(tmp_path)
    (tmp_path / "gen-1-000900").mkdir()  # what a crash in a rebuild leaves
    await an_index_with_anna(tmp_path)
    assert [f.name for f in tmp_path.glob("gen-*")] == [(tmp_path / "current").read_text()]


async def test_a_put_that_could_not_be_written_is_kept_for_the_next_try(tmp_path, monkeypatch):
    async with open_search(tmp_path, the_clock) as index:
        commit = index._live.commit
        monkeypatch.setattr(index._live, "commit", lambda: (_ for _ in ()).throw(SearchBroken))
        with pytest.raises(SearchBroken):
            await index.put(a_person("Anna"), wait=True)
        monkeypatch.setattr(index._live, "commit", commit)
        await index.refresh()
        assert titles(await index.find("anna", ANYBODY)) == ["Anna"]


async def test_a_rebuild_heals_an_index_that_broke_while_running(tmp_path, monkeypatch):
    async with open_search(tmp_path, the_clock) as index:
        broken = index._live
        monkeypatch.setattr(broken, "commit", lambda: (_ for _ in ()).throw(SearchBroken))
        with pytest.raises(SearchBroken):
            await index.put(a_person("Anna"), wait=True)
        assert index.needs_rebuild
        await index.rebuild(stream([a_person("Berta")]))
        assert index.needs_rebuild is None
        assert titles(await index.find("anna", ANYBODY)) == ["Anna"]
        assert titles(await index.find("berta", ANYBODY)) == ["Berta"]
