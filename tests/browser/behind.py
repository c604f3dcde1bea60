"""Behind the scenes of a walk: looking into the database, copying it, and doing the work that waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Self, TypeVar, cast

from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.periodic import PeriodicRegistry
from psycopg import sql

Result = TypeVar("Result")


class Behind:
    """A thread of its own for the database: where a browser is open, Django refuses the main thread for its event loop."""

    def __enter__(self) -> Self:
        """Start the thread."""
        self._pool = ThreadPoolExecutor(max_workers=1)
        return self

    def __exit__(self, *trouble: object) -> None:
        """Close the connection and stop the thread."""
        self.call(connections.close_all)
        self._pool.shutdown()

    def call(self, function: Callable[..., Result], *arguments: Any, **named: Any) -> Result:  # noqa: ANN401 - passed on
        """Return what the function returns, or raise what it raises."""
        return self._pool.submit(function, *arguments, **named).result(timeout=120)


@contextmanager
def database(behind: Behind, name: str, source: str = "template1") -> Iterator[str]:
    """Make a database, as a copy of another to which nobody is connected, for as long as the block lasts."""
    behind.call(connections.close_all)
    behind.call(_maintain, "drop database if exists {0} with (force)", name)
    behind.call(_maintain, "create database {0} template {1}", name, source)
    yield name
    behind.call(_maintain, "drop database {0} with (force)", name)


def _maintain(command: str, *names: str) -> None:
    """Run a command on the whole cluster, from the maintenance database."""
    with connection._nodb_cursor() as cursor:  # the way Django itself makes and drops test databases
        cursor.execute("set statement_timeout to 0")  # a busy machine may take its time to copy a database
        cursor.execute(sql.SQL(command).format(*(sql.Identifier(name) for name in names)))


@contextmanager
def swapped(behind: Behind, name: str) -> Iterator[None]:
    """Let every new connection of this process go to another database of the cluster."""
    own = connections.settings["default"]
    usual, own["NAME"] = own["NAME"], name
    yield
    behind.call(connections.close_all)
    own["NAME"] = usual


def work_off() -> None:
    """Do all jobs that wait, as a worker does, and stop."""
    asyncio.run(_work_off())


async def _work_off() -> None:
    """Run the worker on one thread, so that its connection can be closed afterwards."""
    connector = cast("DjangoConnector", app.connector).get_worker_connector()
    worker = app.with_connector(connector)
    worker.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]  # theirs; what a clock starts has no place in a walk
    with ThreadPoolExecutor(max_workers=1) as pool:
        asyncio.get_running_loop().set_default_executor(pool)
        async with worker.open_async():
            await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        await asyncio.get_running_loop().run_in_executor(pool, connections.close_all)
