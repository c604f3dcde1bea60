"""The PostgreSQL of our own: it starts where others would not, survives what kills others, and ends when nobody needs it."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from door import shelter
from door.cluster import PORT, Cluster, discard, join, lasting, leave, throwaway
from door.database import create
from door.speech import Stopped
from door.whereabouts import Whereabouts


@contextmanager
def running(places: Whereabouts) -> Iterator[Cluster]:
    """Start the lasting cluster of an installation and stop it afterwards."""
    cluster = lasting(places)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(shelter.shelter(places.fingerprint), ignore_errors=True)
        if cluster.sockets != cluster.folder:
            shutil.rmtree(cluster.sockets, ignore_errors=True)


def answer(cluster: Cluster, query: str, database: str = "postgres") -> object:
    """Return the first value that a query gives."""
    with psycopg.connect(cluster.url(database), autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def run(cluster: Cluster, statement: str) -> None:
    """Run a statement that gives nothing back."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def server_pid(cluster: Cluster) -> int:
    """Return the number of the server's main process."""
    return int((cluster.folder / "postmaster.pid").read_text().splitlines()[0])


def test_cluster_listens_on_no_network(places: Whereabouts) -> None:
    """Nothing on the machine's network can reach the data, and the folder is its owner's alone."""
    with running(places) as cluster:
        assert (answer(cluster, "show listen_addresses"), answer(cluster, "show data_checksums")) == ("", "on")
        assert cluster.folder.stat().st_mode & 0o777 == 0o700


def test_cluster_has_the_extensions(places: Whereabouts) -> None:
    """The guards of seats need btree_gist; search needs the others."""
    with running(places) as cluster:
        wanted = "select count(*) from pg_available_extensions where name in ('btree_gist', 'pg_trgm', 'unaccent')"
        assert answer(cluster, wanted) == 3


def test_cluster_keeps_data_after_a_kill(places: Whereabouts) -> None:
    """A power cut or kill -9 loses nothing that was committed, and the next start needs no help."""
    with running(places) as cluster:
        run(cluster, "create table kept as select 42 as number")
        os.kill(server_pid(cluster), signal.SIGKILL)
        again = lasting(places)
        again.start()
        assert answer(again, "select number from kept") == 42


def test_cluster_forgets_a_pid_of_another_program(places: Whereabouts) -> None:
    """In a new container the old number may belong to something else; that is no running server."""
    with running(places) as cluster:
        pass
    pid_file = cluster.folder / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{cluster.folder}\n1\n{PORT}\n{cluster.sockets}\n\n  1 1\nready\n")
    os.chown(pid_file, cluster.account.uid, cluster.account.gid)
    with running(places) as again:
        assert answer(again, "select 1") == 1


def test_cluster_starts_after_an_interrupted_first_start(places: Whereabouts) -> None:
    """A data folder without PG_VERSION was never finished and is made again."""
    half = places.data / "postgres"
    (half / "base").mkdir(parents=True)
    (half / "postgresql.conf").write_text("")
    with running(places) as cluster:
        assert answer(cluster, "select 1") == 1


@pytest.mark.parametrize("name", ["x" * 90, "a folder with 'odd' names, and spaces"], ids=["long", "odd"])
def test_cluster_takes_a_short_socket(places: Whereabouts, name: str) -> None:
    """A socket's path has at most 107 bytes; the installation's folder may be longer or stranger."""
    with running(dataclasses.replace(places, data=places.data / name)) as cluster:
        assert (answer(cluster, "select 1"), cluster.sockets != cluster.folder) == (1, True)


def test_cluster_behind_a_closed_door(places: Whereabouts) -> None:
    """When the checkout lies in a folder closed to the database's account, the data finds shelter elsewhere, and is found again."""
    closed = places.data / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    hidden = dataclasses.replace(places, data=closed / "var")
    with running(hidden) as cluster:
        run(cluster, "create table sheltered as select 7 as number")
        assert lasting(hidden).folder == cluster.folder
        assert cluster.folder.is_relative_to(closed) == (not cluster.account.switch)
        assert answer(cluster, "select number from sheltered") == 7


def test_cluster_refuses_data_of_another_version(places: Whereabouts) -> None:
    """Data of a version that is not here is not touched; the message says what to do."""
    (places.data / "postgres").mkdir(parents=True)
    (places.data / "postgres" / "PG_VERSION").write_text("9\n")
    os.chown(places.data / "postgres", os.geteuid() or 65534, -1)
    with pytest.raises(Stopped, match="made by PostgreSQL 9"):
        lasting(places)


def test_last_user_stops_the_cluster(places: Whereabouts) -> None:
    """Two commands share one server; the first to end leaves it running, the last one stops it."""
    cluster, lock = lasting(places), places.data / "postgres.lock"
    first, second = join(cluster, lock), join(cluster, lock)
    leave(cluster, lock, first)
    after_first = cluster.is_running()
    leave(cluster, lock, second)
    assert (after_first, cluster.is_running()) == (True, False)


def test_database_is_made_once(places: Whereabouts) -> None:
    """Making it a second time leaves it as it is."""
    with running(places) as cluster:
        create(cluster, "opstap", places)
        create(cluster, "opstap", places)
        assert answer(cluster, "select count(*) from pg_database where datname = 'opstap'") == 1


def test_throwaway_leaves_nothing(places: Whereabouts) -> None:
    """A cluster for tests is gone afterwards, process and folder."""
    cluster = throwaway(places)
    cluster.start()
    was_running = cluster.is_running()
    discard(cluster)
    assert (was_running, cluster.is_running(), cluster.folder.parent.exists()) == (True, False, False)


def test_shelter_of_a_stranger_is_refused(folder: Path) -> None:
    """Somebody else cannot put a folder of their own where we look for ours."""
    (folder / "link").symlink_to(folder)
    with pytest.raises(Stopped, match="belongs to someone else"):
        shelter.own(folder / "link")
