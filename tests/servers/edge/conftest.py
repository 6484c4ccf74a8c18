"""nginx: brought when it can be, else a reason to skip, and in CI to fail."""

import os

import pytest

from tools.deploy_tools import ToolMissing, nginx


@pytest.fixture(autouse=True, scope="session")
def nginx_is_here() -> None:
    try:
        nginx()
    except ToolMissing as why:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(why))
