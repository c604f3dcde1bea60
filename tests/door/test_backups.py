"""Backups come back whole, or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from door.backups import backup, restore
from door.cluster import Cluster, discard, throwaway
from door.database import create
from door.speech import Stopped
from door.whereabouts import Whereabouts


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Return a running cluster: one database with a table, an extension and an exclusion constraint, and an empty one."""
    here = Whereabouts.here()
    places = Whereabouts(root=here.root, environment=Path(sys.prefix), data=here.data)
    made = throwaway(places)
    made.start()
    for name in ("opstap", "empty"):
        create(made, name, places)
    with psycopg.connect(made.url("opstap")) as connection:
        connection.execute("create extension btree_gist")
        connection.execute("create table seat (number int, during daterange, exclude using gist (number with =, during with &&))")
        connection.execute("insert into seat values (1, '[2023-09-01,2023-12-01)')")
    yield made
    discard(made)


def seats(cluster: Cluster, database: str) -> int | None:
    """Return how many seats there are; None when there is no such table."""
    with psycopg.connect(cluster.url(database)) as connection:
        try:
            row = connection.execute("select count(*) from seat").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return int(row[0]) if row else None


def test_backup_comes_back(cluster: Cluster, places: Whereabouts, folder: Path) -> None:
    """Rows, extensions and constraints are in an empty database afterwards."""
    backup(places, cluster.url("opstap"), [str(folder / "one.dump")])
    restore(places, cluster.url("empty"), [str(folder / "one.dump")])
    with psycopg.connect(cluster.url("empty")) as connection, pytest.raises(psycopg.errors.ExclusionViolation):
        connection.execute("insert into seat values (1, '[2023-10-01,2023-11-01)')")
    assert seats(cluster, "empty") == 1


def test_backup_is_private(cluster: Cluster, places: Whereabouts, folder: Path) -> None:
    """Only its owner reads a backup, and nothing unfinished is left beside it."""
    backup(places, cluster.url("opstap"), [str(folder / "backups" / "one.dump")])
    assert [(path.name, path.stat().st_mode & 0o777) for path in (folder / "backups").iterdir()] == [("one.dump", 0o600)]


def test_restore_refuses_to_overwrite(cluster: Cluster, places: Whereabouts, folder: Path) -> None:
    """Data is replaced only by somebody who says so."""
    backup(places, cluster.url("opstap"), [str(folder / "one.dump")])
    with pytest.raises(Stopped, match="--replace"):
        restore(places, cluster.url("opstap"), [str(folder / "one.dump")])
    restore(places, cluster.url("opstap"), [str(folder / "one.dump"), "--replace"])
    assert seats(cluster, "opstap") == 1


def test_restore_of_a_broken_file_changes_nothing(cluster: Cluster, places: Whereabouts, folder: Path) -> None:
    """Half a backup leaves the database as it was."""
    backup(places, cluster.url("opstap"), [str(folder / "one.dump")])
    whole = (folder / "one.dump").read_bytes()
    (folder / "half.dump").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Stopped, match="cannot be read"):
        restore(places, cluster.url("opstap"), [str(folder / "half.dump"), "--replace"])
    assert seats(cluster, "opstap") == 1


def test_restore_asks_for_a_file(places: Whereabouts) -> None:
    """Without a file nothing happens but a sentence."""
    with pytest.raises(Stopped, match="Say which backup"):
        restore(places, "postgresql:///never-asked", [])
