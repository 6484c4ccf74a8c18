"""Social, as the composition root sees it."""

from pathlib import Path

from clubkit.module import Module
from social_service.tables import Base

MODULE = Module(
    name="social_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[],
    consumers=[],
    jobs=[],
    recurring=[],
)
