"""Worlds that are lived side by side, each in a process of its own, against one database: they share nothing but their nights."""

from __future__ import annotations

import gc
import multiprocessing
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import BrokenBarrierError
from typing import TYPE_CHECKING, Protocol

from django.db import connections

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

    from opstap.config.simulation.world import Told

_PATIENCE = 1800.0
"""Seconds that one world waits for the others before it gives up."""
_GARBAGE = 1_000_000


class Turns(Protocol):
    """Who passes the night of a day, and who waits until it is over."""

    def night(self, happen: Callable[[], None]) -> None:
        """Let the night happen once, after everybody's day before and before anybody's next."""


class Alone:
    """The only world passes every night itself."""

    def night(self, happen: Callable[[], None]) -> None:
        """Let it happen."""
        happen()


@dataclass(frozen=True, slots=True)
class Together:
    """The first of several worlds passes the night while the others wait, so that every day means the same in each."""

    barrier: Barrier
    is_first: bool

    def night(self, happen: Callable[[], None]) -> None:
        """Wait for everybody, let it happen in one world, wait again."""
        self.barrier.wait(_PATIENCE)
        if self.is_first:
            happen()
        self.barrier.wait(_PATIENCE)


def side_by_side(lives: Sequence[Callable[[Turns], Told]]) -> list[Told]:
    """Live every world in a process of its own and return what each told. Raises RuntimeError with what went wrong in any of them.

    Each process has its own connection to the database. No transaction may be open when this is called.
    """
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(len(lives))
    connections.close_all()
    started = []
    for number, live in enumerate(lives):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_live, args=(live, Together(barrier, number == 0), theirs))
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


def _live(live: Callable[[Turns], Told], turns: Together, theirs: Connection) -> None:
    """Live in this process and tell; when it goes wrong nobody waits for this world any more."""
    gc.freeze()
    gc.set_threshold(_GARBAGE)  # a year makes hundreds of millions of short-lived things; looking through them takes a tenth of it
    try:
        theirs.send(live(turns))
    except BrokenBarrierError:
        theirs.send("a world stopped because another one did")
    except Exception:  # noqa: BLE001 - whatever it is, the first process tells it
        turns.barrier.abort()
        theirs.send(traceback.format_exc())
    finally:
        connections.close_all()
