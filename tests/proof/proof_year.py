"""A year of ten times the programme, lived through the product's own operations: 3,200 people, 390 places, 180 mentors, no promise broken.

They live in two programmes of the same size, each in a process of its own against the one database. What the seed decides happens
again in every run; what is measured is the time on the clock and the computing time of these processes, and that of the database when
it runs on this machine. Where others compute too, the clock says little: two quiet cores need about half of all computing together.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from opstap.config.demonstration import DAY
from opstap.config.simulation import broken_promises
from opstap.config.simulation.lives import digest, lives
from opstap.config.simulation.together import load_worlds, simulate_together
from opstap.foundation.organisations.models import Mentor
from opstap.journey.people.models import Person
from opstap.journey.places.models import Seat

SIZES, DAYS, SEED, ROUND_EVERY = (5, 5), 365, 1, 4
HAPPENED = (
    "talks",
    "rounds",
    "proposals",
    "agreements",
    "placements",
    "days",
    "months_closed",
    "payment_runs",
    "contacts",
    "ended",
    "outcomes",
)


@pytest.mark.django_db(transaction=True)
def test_year_of_ten_programmes_breaks_no_promise(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody twice, hours within limits, every euro a signed hour, every stage explained, no mentor with too many."""
    call_command("load_catalogue", verbosity=0)
    timer = Timer()
    programmes = load_worlds(SIZES)[1]
    loaded = timer.lap()
    told = simulate_together(programmes, first=DAY, days=DAYS, seed=SEED, round_every=ROUND_EVERY)
    lived = timer.lap()
    until = DAY + timedelta(days=DAYS)
    broken = [line for programme in programmes for line in broken_promises(programme, until)]
    checked = timer.lap()
    with capsys.disabled():
        counts = ", ".join(f"{name} {asdict(told)[name]}" for name in HAPPENED)
        told_apart = ", ".join(digest(lives(programme, DAY, until)) for programme in programmes)
        print(f"\nyear x {sum(SIZES)}: {counts}\nloaded in {loaded}, lived in {lived}, checked in {checked}; lives {told_apart}")  # noqa: T201 - the figures of the proof
    assert broken == []
    assert (Person.objects.count(), Seat.objects.count(), Mentor.objects.count()) == (3190, 390, 180)
    assert [name for name in HAPPENED if not asdict(told)[name]] == []


class Timer:
    """Seconds on the clock and of computing, here (this process and its children) and in the database, since the last lap."""

    def __init__(self) -> None:
        """Start now."""
        self._was = _now()

    def lap(self) -> str:
        """Return them since the last lap, in words."""
        now = _now()
        clock, here, there = (after - before for after, before in zip(now, self._was, strict=True))
        self._was = now
        return f"{clock:.0f} s ({here:.0f} s of computing, {there:.0f} s of the database)"


def _now() -> tuple[float, float, float]:
    return time.monotonic(), sum(os.times()[:4]), _of_database()


def _of_database() -> float:
    """Return the seconds of computing of the database and all its connections, gone ones included; 0 when it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    own_parent = _process(own)
    if own_parent is None:
        return 0
    server = own_parent[0]
    found = [process for each in Path("/proc").iterdir() if each.name.isdigit() and (process := _process(int(each.name)))]
    itself = _process(server)
    return (itself[2] if itself else 0) + sum(alive for parent, alive, _ in found if parent == server)


def _process(number: int) -> tuple[int, float, float] | None:
    """Return the parent of a process of PostgreSQL, its own seconds of computing, and those with its ended children; None for another."""
    with suppress(OSError):
        text = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
        if not text.partition("(")[2].startswith("postgres"):
            return None
        fields = text.rpartition(")")[2].split()
        ticks = [int(each) / os.sysconf("SC_CLK_TCK") for each in fields[11:15]]
        return int(fields[1]), sum(ticks[:2]), sum(ticks)
    return None
