"""What the tests of the command share."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory of the `hub` command under test, whatever the environment said of another."""
    for name in [name for name in os.environ if name.startswith("HUB_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HUB_CONFIG", str(tmp_path / "hub.toml"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "data"
