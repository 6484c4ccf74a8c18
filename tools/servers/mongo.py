"""A server that speaks MongoDB's protocol: SecantusDB from PyPI, in an environment of its own, for tests only.

No registry carries the real one; `MONGO_URL` names one where there is one. Its licence (GPL) keeps it out of ours.
"""

import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from tools.servers.base import Server
from tools.servers.errors import Missing
from tools.servers.places import cache_folder, locked

VERSION = "0.7.0b3"


class Mongo(Server):
    """A corner of it is a database. What it acknowledged is on disk."""

    name = "mongo"
    variable = "MONGO_URL"

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._environment = cache_folder() / f"secantusdb-{VERSION}"

    def find(self) -> None:
        with locked(cache_folder() / "secantusdb.lock"):
            if (self._environment / ".complete").exists():
                return
            python = str(self._environment / "bin" / "python")
            try:
                subprocess.run([sys.executable, "-m", "venv", "--clear", self._environment], check=True)
                words = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", f"secantusdb=={VERSION}"]
                subprocess.run(words, check=True, capture_output=True, text=True)
            except subprocess.CalledProcessError as failure:
                raise Missing(f"SecantusDB could not be installed: {(failure.stderr or '')[-600:]}") from failure
            (self._environment / ".complete").touch()

    def prepare(self, port: int) -> None:
        self.data.mkdir(parents=True, exist_ok=True)

    def command(self, port: int) -> Sequence[str]:
        words = [str(self._environment / "bin" / "secantusd-py"), "--host", "127.0.0.1", "--port", str(port)]
        return [*words, "--storage-path", str(self.data), "--sync-on-commit"]

    def url(self, port: int) -> str:
        return f"mongodb://127.0.0.1:{port}/?directConnection=true"

    def answers(self, url: str) -> bool:
        try:
            with MongoClient(url, serverSelectionTimeoutMS=1000) as client:
                return bool(client.admin.command("ping")["ok"])
        except PyMongoError as away:
            raise ConnectionError(str(away)) from away

    def fresh(self, url: str) -> str:
        return urlunsplit(urlsplit(url)._replace(path=f"/t{secrets.token_hex(6)}"))

    def forget(self, url: str) -> None:
        with MongoClient(url) as client:
            client.drop_database(urlsplit(url).path.lstrip("/"))
