"""How the commands speak: one console, settings from the words given, refusals as sentences, a progress bar."""

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from clubkit.errors import Outcome
from clubkit.settings import Settings


def console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def tell(line: str) -> None:
    console().print(f"  {escape(line)}")


def load(**given: Any) -> Settings:
    """The settings, with what the command line says in front."""
    return Settings.load(**{name: value for name, value in given.items() if value is not None})


_CREDENTIALS = re.compile(r"//[^/@\s]*@")
"""Of a URL: never shown."""


@contextmanager
def refusals() -> Iterator[None]:
    """A named outcome or a value that does not parse is a sentence and exit code 1, not a traceback."""
    try:
        yield
    except Outcome as refused:
        console().print(f"  [red]✗[/red] {refused.detail}")
        raise typer.Exit(1) from None
    except tomllib.TOMLDecodeError as broken:
        console().print(f"  [red]✗[/red] The settings file cannot be read: {broken}.")
        raise typer.Exit(1) from None
    except ValidationError as wrong:
        for flaw in wrong.errors():
            name = "_".join(str(part) for part in flaw["loc"])
            label = f"HUB_{name}".upper() if wrong.title == Settings.__name__ else name or "That"
            given = _CREDENTIALS.sub("//…@", repr(flaw["input"]))
            console().print(f"  [red]✗[/red] {label}: {flaw['msg']} (it is {given}).")
        raise typer.Exit(1) from None


@contextmanager
def progress(title: str) -> Iterator[Callable[[float, str], None]]:
    """A bar: call what it gives with the share done (0…1) and a few words."""
    columns = (TextColumn("  {task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("[dim]{task.fields[stage]}"), console=console()) as bar:
        task = bar.add_task(title, total=1.0, stage="")
        yield lambda done, stage: bar.update(task, completed=done, stage=stage)
