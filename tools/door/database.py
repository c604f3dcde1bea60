"""The database of a command: the one in DATABASE_URL, or one in our own cluster."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from door.cluster import Cluster, discard, join, lasting, leave, throwaway
from door.speech import Stopped
from door.whereabouts import Whereabouts

CREATE = """
import sys, psycopg
from psycopg import sql
with psycopg.connect(sys.argv[1], autocommit=True, connect_timeout=30) as connection:
    if not connection.execute("select 1 from pg_database where datname = %s", [sys.argv[2]]).fetchone():
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(sys.argv[2])))
"""


def is_given() -> bool:
    """Return whether the person brings a database of their own."""
    return bool(os.environ.get("DATABASE_URL"))


@contextmanager
def database(places: Whereabouts, name: str) -> Iterator[str]:
    """Yield the address of the lasting database `name`; what we started is stopped by the last one that uses it."""
    if is_given():
        yield os.environ["DATABASE_URL"]
        return
    cluster, lock = lasting(places), places.data / "postgres.lock"
    presence = join(cluster, lock)
    try:
        create(cluster, name, places)
        yield cluster.url(name)
    finally:
        leave(cluster, lock, presence)


@contextmanager
def test_database(places: Whereabouts) -> Iterator[str]:
    """Yield the address of a database for tests, in a fresh cluster that is thrown away afterwards."""
    if is_given():
        yield os.environ["DATABASE_URL"]
        return
    cluster = throwaway(places)
    try:
        cluster.start()
        create(cluster, "opstap", places)
        yield cluster.url("opstap")
    finally:
        discard(cluster)


def create(cluster: Cluster, name: str, places: Whereabouts) -> None:
    """Create the database when it is not there yet; raises Stopped with PostgreSQL's own words."""
    command = [places.python, "-c", CREATE, cluster.url("postgres"), name]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise Stopped(f"The database could not be opened: {done.stderr.strip().splitlines()[-1]}")
