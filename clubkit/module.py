"""A service as the composition root sees it: what it offers and what it needs run."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from sqlalchemy import MetaData

from clubkit.jobs.port import Every, Job
from clubkit.log.consumer import Consumer
from clubkit.log.read_model import ReadModel
from clubkit.ports import Ports, StoreFactory
from clubkit.realtime.sockets import Sockets
from clubkit.settings import Settings

Provide = Callable[[Settings, Ports], Any]
"""Makes an adapter for a port other modules may ask for."""
Open = Callable[[Ports], AbstractAsyncContextManager[None]]
"""Held open while the process serves (caches to fill, tasks to run)."""


@dataclass(frozen=True)
class Module:
    """One service. Everything in it is declared here and nowhere else."""

    name: str
    metadata: MetaData
    migrations: Path
    routers: Sequence[APIRouter] = ()
    root_routers: Sequence[APIRouter] = ()
    """For addresses that others fix (/.well-known/…): not under /api/v1."""
    sockets: Sequence[Sockets] = ()
    consumers: Sequence[Consumer] = ()
    jobs: Sequence[Job] = ()
    recurring: Sequence[Every] = ()
    provides: Mapping[type, Provide] = field(default_factory=dict)
    stores: Mapping[type, StoreFactory] = field(default_factory=dict)
    indexes: Mapping[type, str] = field(default_factory=dict)
    """Search indexes of its own by their ports, each with its name: who keeps it makes it anew alone."""
    read_models: Sequence[ReadModel] = ()
    """What the service keeps from the log and can keep anew from it: `hub replay`."""
    open: Open | None = None
    ready: Callable[[Ports], Awaitable[None]] | None = None
    """Raises when the service cannot serve (for /readyz)."""
