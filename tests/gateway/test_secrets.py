"""Changing the hub's secret: refused in a sentence or done with one command, and the hub signs again."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auth_service.tokens.sealing import SealBrokenError
from auth_service.tokens.service import SigningKeys
from clubkit.settings import Settings
from gateway.at_hand import at_hand
from gateway.main import app


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


async def sign(data: Path, secret: str) -> str:
    """The id of the key that auth signs with after its start."""
    settings = Settings.load(environment="test", data_dir=data, secret_key=secret, sqlite_synchronous="normal")
    async with at_hand(settings) as ports:
        await ports[SigningKeys].prepare()
        return (await ports[SigningKeys].signer()).key_id


async def test_under_another_secret_the_old_keys_do_not_open(data: Path) -> None:
    first = await sign(data, "old secret")
    assert await sign(data, "old secret") == first
    with pytest.raises(SealBrokenError):
        await sign(data, "new secret")


async def test_forgotten_keys_make_room_for_new_ones(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await sign(data, "old secret")
    monkeypatch.setenv("HUB_DATA_DIR", str(data))
    said = await run("admin", "forget-keys")
    assert "keys are forgotten" in said
    assert await sign(data, "new secret") != first


async def run(*words: str) -> str:
    result = await asyncio.to_thread(CliRunner().invoke, app, list(words))
    assert result.exit_code == 0, result.output
    return result.output
