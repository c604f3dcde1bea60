"""A year of ten times the programme, lived through the product's own operations: 3,200 people, 390 places, 180 mentors, no promise broken.

They live in two programmes of the same size, each in a process of its own against the one database. What the seed decides happens
again in every run; what is measured is the time on the clock and the computing time of these processes, the database not counted.
"""

from __future__ import annotations

import os
import time
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.core.management import call_command

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
    """Seconds on the clock and of computing, in this process and its children, since the last lap."""

    def __init__(self) -> None:
        """Start now."""
        self._clock, self._computing = time.monotonic(), _computing()

    def lap(self) -> str:
        """Return both since the last lap, in words."""
        clock, computing = time.monotonic() - self._clock, _computing() - self._computing
        self.__init__()  # type: ignore[misc]  # from here on anew
        return f"{clock:.0f} s ({computing:.0f} s of computing)"


def _computing() -> float:
    return sum(os.times()[:4])
