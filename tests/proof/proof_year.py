"""A year of ten times the programme, lived through the product's own operations: 3,200 people, 390 places, 130 mentors, no promise broken.

What the seed decides happens again in every run; what is measured is the time of this process and the time on the clock.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from opstap.config.demonstration import DAY, load_demonstration
from opstap.config.simulation import broken_promises, simulate
from opstap.config.simulation.crowd import write_crowd
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.journey.people.models import Person
from opstap.journey.places.models import Seat

SIZE, DAYS, SEED, ROUND_EVERY = 10, 365, 1, 4
HAPPENED = ("talks", "rounds", "proposals", "agreements", "placements", "days", "months_closed", "payment_runs", "ended", "outcomes")


@pytest.mark.django_db(transaction=True)
def test_year_of_ten_programmes_breaks_no_promise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody twice, hours within limits, every euro a signed hour, every stage explained, no mentor with too many."""
    call_command("load_catalogue", verbosity=0)
    timer = Timer()
    load_demonstration(write_crowd(tmp_path, SIZE))
    programme = Programme.objects.get()
    loaded = timer.lap()
    told = simulate(programme, first=DAY, days=DAYS, seed=SEED, round_every=ROUND_EVERY)
    lived = timer.lap()
    broken = broken_promises(programme, DAY + timedelta(days=DAYS))
    checked = timer.lap()
    with capsys.disabled():
        counts = ", ".join(f"{name} {asdict(told)[name]}" for name in HAPPENED)
        print(f"\nyear x {SIZE}: {counts}\nloaded in {loaded}, lived in {lived}, checked in {checked}")  # noqa: T201 - the figures of the proof
    assert broken == []
    assert (Person.objects.count(), Seat.objects.count(), Mentor.objects.count()) == (3190, 390, 180)
    assert [name for name in HAPPENED if not asdict(told)[name]] == []


class Timer:
    """Seconds on the clock and of this process since the last lap."""

    def __init__(self) -> None:
        """Start now."""
        self._clock, self._process = time.monotonic(), time.process_time()

    def lap(self) -> str:
        """Return both since the last lap, in words."""
        clock, process = time.monotonic() - self._clock, time.process_time() - self._process
        self.__init__()  # type: ignore[misc]  # from here on anew
        return f"{clock:.0f} s ({process:.0f} s of this process)"
