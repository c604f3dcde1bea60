"""Worlds that are lived side by side, each in a process of its own, against one database: they share nothing, so none waits."""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from opstap.config.simulation.world import Told

_GARBAGE = 1_000_000


def side_by_side(lives: Sequence[Callable[[], Told]]) -> list[Told]:
    """Live every world in a process of its own and return what each told. Raises RuntimeError with what went wrong in any of them.

    Each process has its own connection to the database. No transaction may be open when this is called.
    """
    context = multiprocessing.get_context("fork")
    connections.close_all()
    started = []
    for live in lives:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_live, args=(live, theirs))
        process.start()
        theirs.close()
        started.append((process, ours))
    told = [_heard(ours) for _, ours in started]
    for process, _ in started:
        process.join()
    if wrong := [each for each in told if isinstance(each, str)]:
        raise RuntimeError("\n".join(wrong))
    return [each for each in told if not isinstance(each, str)]


def _heard(ours: Connection) -> Told | str:
    """Return what a world told, or what went wrong in it."""
    try:
        heard: Told | str = ours.recv()
    except EOFError:
        return "a world ended without a word"
    return heard


def _live(live: Callable[[], Told], theirs: Connection) -> None:
    """Live in this process and tell, or tell what went wrong."""
    gc.freeze()
    gc.set_threshold(_GARBAGE)  # a year makes hundreds of millions of short-lived things; looking through them takes a tenth of it
    try:
        theirs.send(live())
    except Exception:  # noqa: BLE001 - whatever it is, the first process tells it
        theirs.send(traceback.format_exc())
    finally:
        connections.close_all()
