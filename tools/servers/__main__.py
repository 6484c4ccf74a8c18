"""`python -m tools.servers up|down|status|logs|reset [names…]`. Without names: all of them."""

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

from tools.servers.base import Server
from tools.servers.errors import DidNotStart, Missing
from tools.servers.registry import CLASSES, given, server

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Real servers on this machine, for tests and trials."
)
Names = Annotated[list[str] | None, typer.Argument(help=", ".join(CLASSES))]
out, err = Console(), Console(stderr=True)


def chosen(names: list[str] | None) -> list[Server]:
    for name in names or ():
        if name not in CLASSES:
            err.print(f"There is no server called {name}. There are {', '.join(CLASSES)}.")
            raise typer.Exit(2)
    return [server(name) for name in names or CLASSES]


@app.command()
def up(names: Names = None) -> None:
    """Start servers to stay; prints one JSON of their URLs."""
    urls: dict[str, str] = {}
    failed = False
    for one in chosen(names):
        try:
            with err.status(f"Starting {one.name}"):
                urls[one.name] = given(one) or one.start(keep=True)
        except (Missing, DidNotStart) as why:
            failed = True
            err.print(f"{one.name}: {why}", markup=False)
    out.print_json(json.dumps(urls))
    raise typer.Exit(1 if failed else 0)


@app.command()
def down(names: Names = None) -> None:
    """Stop servers; what they hold stays."""
    for one in chosen(names):
        one.stop()


@app.command()
def status(
    names: Names = None, as_json: Annotated[bool, typer.Option("--json", help="URLs, processes, folders")] = False
) -> None:
    """Which servers run, where, and since when."""
    found: dict[str, dict[str, Any]] = {}
    for one in chosen(names):
        found[one.name] = {"state": "given", "url": given(one)} if given(one) else one.status()
    if as_json:
        out.print_json(json.dumps(found))
        return
    for name, one_status in found.items():
        ready = f"  ready after {one_status['ready_after']} s" if "ready_after" in one_status else ""
        out.print(
            f"{name:14} {one_status['state']:9} {one_status.get('url', '')}{ready}", highlight=False, soft_wrap=True
        )


@app.command()
def logs(names: Names = None, lines: Annotated[int, typer.Option(min=1)] = 40) -> None:
    """The last lines each server wrote."""
    for one in chosen(names):
        sys.stdout.write(f"— {one.name} —\n{one.logs(lines)}\n")


@app.command()
def reset(names: Names = None) -> None:
    """Empty servers: those that run start again with nothing in them."""
    for one in chosen(names):
        one.reset()


if __name__ == "__main__":
    app()
