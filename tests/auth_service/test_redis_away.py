"""Auth without its Redis: what can be done is done, the rest is refused for now."""

import socket
from pathlib import Path
from typing import Any

import pytest

from auth_service.accounts.admin import create_member
from auth_service.module import MODULE as AUTH
from clubkit.testing.hub import open_hub


@pytest.fixture
def nobody_there() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"redis://127.0.0.1:{listener.getsockname()[1]}"


async def test_forms_are_taken_and_sign_ins_wait(
    hub_folder: Path, tmp_path: Path, nobody_there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_AUTH_ARGON2_MEMORY_KIB", "8")
    folder = hub_folder / tmp_path.name
    async with open_hub([AUTH], folder, nobody_there, own_tokens=False) as hub:
        http: Any = hub.http()
        form = {"name": "Ben Okafor", "email": "ben@example.org", "password": "correct horse battery"}
        assert (await http.post("auth/register", json=form)).status_code == 202
        await create_member(hub.works, "anna@example.org", "Anna Berg", "correct horse battery")
        refused = await http.post(
            "auth/sign-in", json={"email": "anna@example.org", "password": "correct horse battery"}
        )
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
