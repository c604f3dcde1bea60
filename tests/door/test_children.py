"""Processes that belong together start and end together."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from door.children import children
from door.keys import keys
from door.speech import Stopped
from door.web import free_port
from door.whereabouts import Whereabouts

SLEEP = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]
DEAF = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); open('deaf', 'w').close(); time.sleep(60)"]


def test_children_end_when_one_ends(folder: Path) -> None:
    """A worker that dies is not left behind silently: all stop, and the message names it."""
    with children() as group:
        group.start("web server", SLEEP, os.environ, folder)
        group.start("worker", [sys.executable, "-c", "raise SystemExit(3)"], os.environ, folder)
        with pytest.raises(Stopped, match=r"worker stopped by itself \(exit code 3\)"):
            group.watch()
    assert [child.poll() is not None for child in group.running] == [True, True]


def test_children_end_on_a_wish_to_stop(folder: Path) -> None:
    """Ctrl-C is a normal end."""
    with children() as group:
        group.start("web server", SLEEP, os.environ, folder)
        raise KeyboardInterrupt
    assert [child.poll() is not None for child in group.running] == [True]


def test_deaf_child_is_ended(folder: Path) -> None:
    """A child that does not listen gets its time and no more."""
    with children(patience=0.2) as group:
        group.start("worker", DEAF, os.environ, folder)
        group.watch((folder / "deaf").exists)
    assert [child.poll() for child in group.running] == [-9]


def test_free_port_passes_a_taken_one() -> None:
    """A port that another program holds is not ours."""
    with socket.socket() as other:
        first = free_port()
        other.bind(("127.0.0.1", first))
        other.listen()
        assert free_port() > first


def test_keys_are_made_once_and_kept_private(places: Whereabouts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second start reads what the first one made; nobody else can."""
    for name in ("OPSTAP_SECRET_KEY", "OPSTAP_FIELD_KEY", "OPSTAP_INDEX_KEY"):
        monkeypatch.delenv(name, raising=False)
    first = keys(places)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (places.data / "keys").iterdir()}
    assert (keys(places), modes) == (first, {"secret_key": 0o600, "field_key": 0o600, "index_key": 0o600})


def test_given_keys_win(places: Whereabouts, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real installation hands its keys over in the environment; none are written."""
    given = {"OPSTAP_SECRET_KEY": "one", "OPSTAP_FIELD_KEY": "1:two", "OPSTAP_INDEX_KEY": "three"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert (keys(places), (places.data / "keys").exists()) == (given, False)
