"""Suites of stores and of rules with state, run once more with every hub's tables on PostgreSQL.

All of them run there with `HUB_TEST_DATABASE=postgres pytest tests/…`; these are the ones that a run of server tests
has time for.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.servers, pytest.mark.alone, pytest.mark.timeout(900)]
ROOT = Path(__file__).parents[3]
SUITES = {
    "kit": [
        "tests/clubkit/test_http.py",
        "tests/clubkit/test_jobs.py",
        "tests/clubkit/test_unit_of_work.py",
        "tests/auth_service/sessions",
        "tests/auth_service/tokens",
    ],
    "chat": [
        "tests/chat_service/rooms",
        "tests/chat_service/messages/test_sending.py",
        "tests/chat_service/moderation",
        "tests/chat_service/hooks",
        "tests/chat_service/polls",
        "tests/chat_service/commands",
        "tests/chat_service/retention",
    ],
    "rest": [
        "tests/social_service/events/test_answering.py",
        "tests/social_service/achievements",
        "tests/sports_service/picks/test_at_once.py",
        "tests/sports_service/picks/test_lock_in_the_write.py",
        "tests/sports_service/picks/test_settling.py",
        "tests/sports_service/leaderboards",
        "tests/feature_store",
        "tests/recommender/online/test_online.py",
        "tests/recommender/online/test_sharing.py",
    ],
}
AT_ONCE = ["--numprocesses", "3", "--dist", "loadfile"]


@pytest.mark.parametrize("suite", SUITES)
def test_it_passes_on_postgres_too(servers: Any, suite: str) -> None:
    environment = {**os.environ, "HUB_TEST_DATABASE": "postgres", "POSTGRES_URL": servers.postgres()}
    run = subprocess.run(
        [
            sys.executable, "-m", "pytest", *AT_ONCE, "-m", "not servers and not e2e", "-p", "no:cacheprovider",
            *SUITES[suite],
        ],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-6000:]
