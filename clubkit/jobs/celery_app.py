"""Celery carries job ids to workers; what a job is and how it went stands in the table."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from celery import Celery

TASK = "hub.run_job"


def broker_url(redis_url: str) -> str:
    """Celery's spelling of a Redis URL: `redis+socket://` for a unix socket."""
    if redis_url.startswith("unix://"):
        path, _, query = redis_url.removeprefix("unix://").partition("?")
        return f"redis+socket://{path}" + (f"?virtual_host={query.removeprefix('db=')}" if query else "")
    return redis_url


def make_celery(redis_url: str) -> Any:
    """A Celery application that knows our settings and nothing else."""
    app = Celery("clubholohub", broker=broker_url(redis_url))
    app.conf.update(
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_create_missing_queues=True,
        task_default_queue="default",
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": 4 * 3600},
    )
    return app


def sender(app: Any) -> Callable[[str, str], Awaitable[None]]:
    """Hands job ids to Celery without blocking the event loop."""

    async def send(job_id: str, queue: str) -> None:
        await asyncio.to_thread(app.send_task, TASK, args=[job_id], queue=queue)

    return send
