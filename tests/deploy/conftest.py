"""Programs that these tests check with: brought when they can be, else a reason to skip, and in CI to fail."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from tools.deploy_tools import ToolMissing


@pytest.fixture
def brought() -> Callable[[Callable[[], Any]], Any]:
    """`brought(promtool)`: what the function answers."""

    def bring(tool: Callable[[], Any]) -> Any:
        try:
            return tool()
        except ToolMissing as why:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(why))

    return bring
