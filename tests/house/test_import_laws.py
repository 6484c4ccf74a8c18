"""Each law of docs/architecture.md, broken once in a small house of the same shape, is caught by its contract."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import grimp
import pytest

from tools.import_laws import Names, breaches, kind_of

ROOT = Path(__file__).parents[2]
HOUSE = {
    "clubkit": ["wiring", "serving", "clock", "adapters/valkey", "http/dependencies"],
    "gateway": ["embedded"],
    "social_service": [
        "module",
        "settings",
        "clubs/api",
        "clubs/service",
        "clubs/store",
        "clubs/store_sql",
        "clubs/schemas",
        "clubs/models",
        "clubs/errors",
        "feed/api",
        "feed/posting",
        "feed/store",
    ],
    "chat_service": ["module", "messages/sending"],
    "auth_service": [],
    "sports_service": [],
    "recommender": [],
    "feature_store": [],
}
LAWFUL = {
    "gateway/embedded": "import social_service.module",
    "social_service/module": "import social_service.clubs.api, social_service.clubs.store_sql, clubkit.clock",
    "social_service/clubs/api": "import fastapi, clubkit.http.dependencies, social_service.clubs.service",
    "social_service/clubs/service": "from social_service.clubs import store, schemas, errors",
    "social_service/clubs/store_sql": "import redis, social_service.clubs.models, social_service.clubs.store",
    "social_service/feed/posting": "from social_service.clubs import service, schemas, errors",
    "clubkit/wiring": "import clubkit.adapters.valkey",
}
Lint = Callable[..., str]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Runs the repository's own contracts over the small house with one more line in one file."""
    for package, modules in HOUSE.items():
        for module in modules:
            file = tmp_path / package / f"{module}.py"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(LAWFUL.get(f"{package}/{module}", "") + "\n")
        for folder in [tmp_path / package, *(tmp_path / package).glob("*/")]:
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    def run(file: str = "", line: str = "") -> str:
        if file:
            with (tmp_path / f"{file}.py").open("a") as source:
                source.write(line + "\n")
        command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
        answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        words = " ".join(answer.stdout.split())
        assert "Analyzed" in words, answer.stdout + answer.stderr
        assert (answer.returncode == 0) == ("0 broken" in words)
        return words

    return run


def test_the_lawful_house_keeps_every_law(lint: Lint) -> None:
    assert "3 kept, 0 broken" in lint()


@pytest.mark.parametrize(
    ("file", "line", "law"),
    [
        ("chat_service/messages/sending", "import social_service.settings", "1 gateway above services"),
        ("clubkit/clock", "import chat_service", "1 gateway above services"),
        ("chat_service/messages/sending", "import gateway.embedded", "1 gateway above services"),
        ("social_service/clubs/store", "import social_service.clubs.service", "2+3 inside a domain"),
        ("social_service/clubs/service", "import fastapi", "2+3 inside a domain"),
        ("gateway/embedded", "import clubkit.adapters.valkey", "4 clubkit.adapters"),
        ("clubkit/serving", "import clubkit.adapters.valkey", "4 clubkit.adapters"),
    ],
)
def test_a_broken_law_is_named(lint: Lint, file: str, line: str, law: str) -> None:
    said = lint(file, line)
    assert "2 kept, 1 broken" in said
    assert f"{law}" in said.split(" BROKEN")[0][-200:]


def test_the_line_and_the_reason_are_shown(lint: Lint) -> None:
    said = lint("social_service/clubs/service", "\nimport redis")
    assert "social_service.clubs.service -> redis (l.3): rules know no web framework, broker or driver" in said


NAMES = Names(
    services=frozenset({"social_service"}),
    drivers=frozenset({"fastapi"}),
    borders=frozenset({"clubkit.http"}),
    composed=frozenset({"clubkit.wiring"}),
)


def why(importer: str, imported: str) -> list[str]:
    graph = grimp.ImportGraph()
    for module in ("social_service", "social_service.clubs", importer, imported):
        if module not in graph.modules:
            graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    return [breach.why for breach in breaches(graph, NAMES)]


def inside(importer: str, imported: str) -> list[str]:
    return why(f"social_service.{importer}", f"social_service.{imported}")


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("service", "api"),
        ("posting", "socket"),
        ("posting", "feed_api"),
        ("posting", "store_sql"),
        ("store_sql", "posting"),
        ("store", "posting"),
        ("store", "store_sql"),
        ("store", "api"),
        ("models", "store"),
        ("schemas", "service"),
        ("errors", "models"),
        ("media_errors", "media"),
        ("api", "store_sql"),
        ("jobs", "store_mongo"),
    ],
)
def test_a_lower_file_does_not_import_a_higher_one(lower: str, higher: str) -> None:
    assert len(inside(f"clubs.{lower}", f"clubs.{higher}")) == 1


@pytest.mark.parametrize(
    ("higher", "lower"),
    [("api", "posting"), ("posting", "store"), ("posting", "reading"), ("store_sql", "models"), ("api", "errors")],
)
def test_a_higher_file_imports_a_lower_one(higher: str, lower: str) -> None:
    assert inside(f"clubs.{higher}", f"clubs.{lower}") == []


@pytest.mark.parametrize("private", ["models", "store", "clubs_models"])
def test_another_domains_tables_and_store_are_private(private: str) -> None:
    assert inside("feed.posting", f"clubs.{private}") == [
        "another domain is reached through its rules, schemas and errors"
    ]


@pytest.mark.parametrize("public", ["service", "joining", "schemas", "errors"])
def test_another_domain_is_reached_through_rules_schemas_and_errors(public: str) -> None:
    assert inside("feed.posting", f"clubs.{public}") == []


def test_another_domains_rules_are_not_reached_from_below() -> None:
    assert inside("feed.store", "clubs.service") == ["store may not import rules"]


@pytest.mark.parametrize("file", ["service", "posting", "store", "models", "schemas", "errors"])
def test_what_is_below_the_ways_in_knows_neither_driver_nor_border(file: str) -> None:
    assert len(why(f"social_service.clubs.{file}", "fastapi")) == 1
    assert len(why(f"social_service.clubs.{file}", "clubkit.http.paging")) == 1


@pytest.mark.parametrize("file", ["api", "socket", "handlers", "jobs", "store_sql"])
def test_ways_in_and_adapters_may_know_a_driver(file: str) -> None:
    assert why(f"social_service.clubs.{file}", "fastapi") == []


def test_no_domain_imports_what_composes_it() -> None:
    assert len(inside("clubs.api", "module")) == 1
    assert len(why("social_service.clubs.api", "clubkit.wiring")) == 1
    assert inside("clubs.api", "settings") == []
    assert inside("module", "clubs.store_sql") == []


@pytest.mark.parametrize(
    ("file", "kind"),
    [("api", "ways_in"), ("upload_api", "ways_in"), ("store_mongo", "adapter"), ("store", "store"),
     ("sending", "rules"), ("service", "rules"), ("schemas", "values"), ("media_errors", "errors")],
)  # fmt: skip
def test_a_files_name_says_its_kind(file: str, kind: str) -> None:
    assert kind_of(file) == kind
