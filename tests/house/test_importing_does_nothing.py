"""Law 5: importing a module does nothing. Every module of the house is imported in a fresh process that watches."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("clubkit", "auth_service", "social_service", "chat_service", "sports_service", "recommender",
            "feature_store", "gateway")  # fmt: skip

WATCHER = """
import gc, importlib.util, json, os, sys, threading

seen = []
FORBIDDEN = ("socket.connect", "socket.bind", "subprocess.Popen", "os.posix_spawn", "os.fork", "os.mkdir",
             "os.remove", "os.rename", "sqlite3.connect", "signal.signal")

def watch(event, args):
    if now and event in FORBIDDEN:
        seen.append([now[-1], event, str(args)[:80]])
    if now and event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        if not str(args[0]).endswith((".pyc",)) and "__pycache__" not in str(args[0]):
            seen.append([now[-1], "open for writing", str(args[0])])

class WatchedEnvironment(dict):
    def _note(self, key):
        if now and str(key).startswith("HUB_"):
            seen.append([now[-1], "environment read", str(key)])
    def get(self, key, default=None):
        self._note(key); return super().get(key, default)
    def __getitem__(self, key):
        self._note(key); return super().__getitem__(key)
    def __contains__(self, key):
        self._note(key); return super().__contains__(key)

now = []
optional = json.loads(sys.argv[3])
for library in json.loads(sys.argv[2]) + [name for name in optional if importlib.util.find_spec(name)]:
    importlib.import_module(library)  # what a library does at its own import is not ours
os.environ = WatchedEnvironment(os.environ)
sys.addaudithook(watch)
threads = set(threading.enumerate())
for name in json.loads(sys.argv[1]):
    now.append(name)
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in optional:
            raise
    for thread in set(threading.enumerate()) - threads:
        seen.append([name, "thread", thread.name])
        threads.add(thread)
    now.pop()

kinds = {("sqlalchemy.ext.asyncio.engine", "AsyncEngine"), ("sqlalchemy.engine.base", "Engine"),
         ("redis.client", "Redis"), ("redis.asyncio.client", "Redis"), ("celery.app.base", "Celery"),
         ("httpx", "AsyncClient"), ("clubkit.settings", "Settings"), ("fastapi.applications", "FastAPI")}
for thing in gc.get_objects():
    for base in type(thing).__mro__:
        if (base.__module__, base.__qualname__) in kinds:
            seen.append(["?", "made at import", f"{base.__module__}.{base.__qualname__}"])
print(json.dumps(seen))
"""

LIBRARIES = [
    "fastapi", "socketio", "celery", "sqlalchemy.ext.asyncio", "redis.asyncio", "httpx", "uvicorn", "structlog",
    "numpy", "alembic.command", "typer", "rich.console", "tantivy", "PIL.Image", "av", "prometheus_client",
]  # fmt: skip
OPTIONAL = ["torch", "implicit", "duckdb", "pyarrow", "asyncpg", "motor", "elasticsearch"]


def modules_of(root: Path, *packages: str) -> list[str]:
    files = (file for package in packages for file in (root / package).rglob("*.py"))
    inside = (file.relative_to(root) for file in files)
    names = (
        ".".join(file.with_suffix("").parts)
        for file in inside
        if not {"migrations", "alembic"} & set(file.parts) and file.name != "__main__.py"
    )
    return sorted(name.removesuffix(".__init__") for name in names)


def what_happens(
    root: Path, modules: list[str], libraries: Sequence[str] = (), optional: Sequence[str] = ()
) -> list[list[str]]:
    command = [
        sys.executable,
        "-B",
        "-W",
        "ignore",
        "-c",
        WATCHER,
        json.dumps(modules),
        json.dumps(libraries),
        json.dumps(optional),
    ]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    happened: list[list[str]] = json.loads(answer.stdout.splitlines()[-1])
    return happened


def test_importing_any_module_of_the_house_does_nothing() -> None:
    modules = modules_of(ROOT, *PACKAGES)
    assert len(modules) > 50
    happened = what_happens(ROOT, modules, LIBRARIES, OPTIONAL)
    assert not happened, happened


@pytest.mark.parametrize(
    ("source", "event"),
    [
        ("import threading, time; threading.Thread(target=time.sleep, args=(1,), daemon=True).start()", "thread"),
        ("import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.close()", "socket.bind"),
        ("import os; os.environ.get('HUB_PORT')", "environment read"),
        ("import os; 'HUB_PORT' in os.environ", "environment read"),
        ("open('left-behind', 'w').close()", "open for writing"),
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("import sqlite3; sqlite3.connect(':memory:').close()", "sqlite3.connect"),
        ("from redis import Redis; client = Redis()", "made at import"),
        ("from clubkit.settings import Settings; settings = Settings()", "made at import"),
    ],
)  # fmt: skip
def test_each_thing_an_import_might_do_is_seen(tmp_path: Path, source: str, event: str) -> None:
    (tmp_path / "guilty.py").write_text(source)
    assert event in {happened[1] for happened in what_happens(tmp_path, ["guilty"])}
