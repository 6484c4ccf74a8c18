"""The `hub` command's verbs, run in this process on a data directory of their own."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gateway.apart import services
from gateway.embedded import SERVICES
from gateway.errors import NoSuchService
from gateway.main import app

Run = Callable[..., Result]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def hub(own_data: Path) -> Run:
    def run(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, list(words), input=typed)

    return run


def administer(hub: Run, password: str = PASSWORD, email: str = "olga@club.test") -> Result:
    return hub("admin", "create", "--email", email, "--name", "Olga Berg", "--password-stdin", typed=password + "\n")


def test_the_first_administrator_is_made_and_twice_is_harmless(hub: Run) -> None:
    for _ in range(2):
        made = administer(hub)
        assert made.exit_code == 0, made.output
        assert "olga@club.test" in made.output


@pytest.mark.parametrize(("email", "password"), [("no mail", PASSWORD), ("olga@club.test", "short")])
def test_an_administrator_that_cannot_be_is_refused_in_a_sentence(hub: Run, email: str, password: str) -> None:
    refused = administer(hub, password, email)
    assert refused.exit_code == 1
    assert "✗" in refused.output
    assert password not in refused.output


def test_fixtures_are_imported_once(hub: Run, tmp_path: Path) -> None:
    match = {
        "round": "Matchday 1", "date": "2025-08-15", "time": "20:00", "team1": "Riverside FC", "team2": "Harbour FC",
        "score": {"ft": [2, 1]},
    }  # fmt: skip
    season = tmp_path / "football" / "2025-26"
    season.mkdir(parents=True)
    (season / "en.1.json").write_text(json.dumps({"name": "Premier League 2025/26", "matches": [match]}))
    first = hub("import", "openfootball", str(season.parent))
    assert "1 fixtures added" in first.output, first.output
    again = hub("import", "openfootball", str(season.parent))
    assert "0 fixtures added" in again.output
    assert "1 of 1 seasons were known" in again.output


def test_an_import_from_nowhere_is_refused_in_a_sentence(hub: Run, tmp_path: Path) -> None:
    refused = hub("import", "openfootball", str(tmp_path / "nowhere"))
    assert refused.exit_code == 1
    assert "nowhere" in refused.output


def test_training_without_a_running_hub_is_done_here(hub: Run) -> None:
    trained = hub("train")
    assert trained.exit_code == 0, trained.output
    assert "not enough to learn from" in trained.output


def test_training_reads_what_the_features_took_in_a_moment_ago(hub: Run, own_data: Path) -> None:
    assert hub("migrate").exit_code == 0
    row = {
        "fact_id": "f-1", "at": "2026-11-21 10:00:00.000000", "day": 20778, "member_id": "m-1", "kind": "reel",
        "item_id": "r-1", "action": "like", "surface": "reels", "value": 1.0,
    }  # fmt: skip
    with closing(sqlite3.connect(own_data / "hub.sqlite3")) as tables:
        tables.execute(
            f"INSERT INTO feature_staged ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
        )
        tables.commit()
    assert hub("train").exit_code == 0
    assert list((own_data / "features" / "interactions").glob("month=2026-11/*.parquet"))


def test_migrating_twice_is_harmless_and_the_doctor_is_content(hub: Run) -> None:
    assert hub("migrate").exit_code == 0
    assert hub("migrate").exit_code == 0
    assert "The tables are up to date." in hub("doctor").output


def test_the_doctor_names_every_setting_and_where_it_comes_from(
    hub: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hub.toml").write_text("[hub]\nport = 9123\n")
    monkeypatch.setenv("HUB_HOST", "127.0.0.2")
    said = " ".join(hub("doctor").output.split())
    assert "HUB_PORT 9123 (file)" in said
    assert "HUB_HOST 127.0.0.2 (environment)" in said
    assert "HUB_LOG_URL" in said
    assert "HUB_AUTH_" in said


def test_the_doctor_keeps_secrets_to_itself(hub: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_SECRET_KEY", "open sesame")
    monkeypatch.setenv("HUB_MAIL_URL", "smtp://hub:rosebud@mail.club.test:587")
    said = hub("doctor").output
    assert "open sesame" not in said
    assert "rosebud" not in said
    assert "mail.club.test:587" in said


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"HUB_REDIS_URL": "redis://127.0.0.1:1/0"}, "redis"),
        ({"HUB_DATABASE_URL": "sqlite+aiosqlite:////proc/nowhere.sqlite3"}, "database"),
        ({"HUB_WEB_DIST": "/nowhere"}, "The web app is not built"),
        ({"HUB_ENVIRONMENT": "production"}, "A production hub needs https"),
        ({"HUB_ENVIRONMENT": "production", "HUB_PUBLIC_URL": "https://club.test"}, "needs a mail server"),
    ],
)
def test_the_doctor_finds_what_is_wrong(
    hub: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], complaint: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = hub("doctor", "--quiet")
    assert said.exit_code == 1
    assert complaint in said.output


def test_the_doctor_sees_a_secret_that_others_may_read(hub: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text("secret")
    (tmp_path / "data" / "secret.key").chmod(0o644)
    said = hub("doctor", "--quiet")
    assert said.exit_code == 1
    assert "chmod 600" in said.output


def test_a_table_nobody_reads_is_noticed(hub: Run, tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("[hbu]\nport = 9123\n")
    assert "Nobody reads [hbu]" in hub("doctor", "--quiet").output


def test_a_settings_file_that_is_none_is_a_sentence(hub: Run, tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("port: 9123\n")
    refused = hub("doctor")
    assert refused.exit_code == 1
    assert "cannot be read" in refused.output


def test_a_wrong_setting_is_a_sentence_with_its_name(hub: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PORT", "many")
    refused = hub("doctor")
    assert refused.exit_code == 1
    assert "HUB_PORT" in refused.output
    assert "'many'" in refused.output


def test_an_object_store_is_refused_with_what_to_do_instead(hub: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_BLOBS_URL", "s3://key:rosebud@minio.club.test/files")
    refused = hub("migrate")
    assert refused.exit_code == 1
    said = " ".join(refused.output.split())
    assert "HUB_BLOBS_URL" in said
    assert "HUB_DATA_DIR on a volume that all processes see" in said
    assert "rosebud" not in said


def test_services_are_chosen_by_name_and_none_means_all() -> None:
    assert [module.name for module in services(["chat_service"])] == ["chat_service"]
    assert services([]) == SERVICES
    with pytest.raises(NoSuchService, match="chat_service"):
        services(["chat"])
