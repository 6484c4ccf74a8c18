"""`hub replay`: a read model made anew beside the live one, compared with it, and put in its place."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from clubkit.log.read_model import ReadModel
from clubkit.log.replaying import replay as make_anew
from clubkit.settings import Settings
from gateway.at_hand import at_hand, run_to_the_end
from gateway.embedded import SERVICES
from gateway.errors import NoSuchModel
from gateway.talking import console, load, progress, refusals, tell


def models() -> dict[str, ReadModel]:
    return {model.name: model for module in SERVICES for model in module.read_models}


def replay(
    name: Annotated[str, typer.Argument(metavar="MODEL", help="without one: the list")] = "",
    compare: Annotated[bool, typer.Option("--compare", help="only say whether it would differ")] = False,
    data: Annotated[Path | None, typer.Option(help="the data directory")] = None,
) -> None:
    """Make a read model anew from the log, while the hub goes on, and put it in the old one's place."""
    known = models()
    if not name:
        for each in known:
            tell(each)
        return
    with refusals():
        if name not in known:
            raise NoSuchModel(name, list(known))
        asyncio.run(_replay(load(data_dir=data), known[name], swap=not compare))


async def _replay(settings: Settings, model: ReadModel, *, swap: bool) -> None:
    async with at_hand(settings) as ports:
        if model.job:
            with progress(model.name) as watch:
                await run_to_the_end(settings, ports, model.job, lambda job: watch(job.progress, job.stage))
            tell(f"{model.name} was made anew from the truth.")
            return
        with console().status(f"Replaying {model.name}"):
            done = await make_anew(model, ports, swap=swap)
    result = "differs from" if done.differed else "equals"
    tell(f"{model.name}: made of {done.facts} facts it {result} the live one{', which it replaced' * swap}.")
    if done.refused:
        tell(f"{done.refused} facts could not be taken; `hub dlq ls` may say why.")
