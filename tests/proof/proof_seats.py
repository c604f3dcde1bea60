"""A hundred seats, eight people at once for each: one winner a seat, a clear page for the others, no errors and no deadlocks.

The same crowd then clicks with the lock taken away, with and without the constraint of the database: the controls that show
that the crowd is strong enough to break what is not guarded.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from django.db import connection
from tests.factories import DAY
from tests.journey.placements.crowd import Contest, make_contests
from tests.proof.web import GUARDED, UNGUARDED, Browser, serving

from opstap.journey.placements.models import Placement

SEATS, CLIENTS = 100, 8
WON, LOST = "Jullie zeiden allebei ja", "Iemand anders was net voor jou"
TOLD = frozenset({"won", "lost", "refused"})
CONSTRAINT = "one_person_per_seat"


@dataclass(frozen=True)
class Tally:
    """What happened: seats by their number of winners, clicks by what the page said, deadlocks, and the time in seconds."""

    winners: Counter[int]
    told: Counter[str]
    deadlocks: int
    seconds: float

    def line(self, name: str) -> str:
        """Return the line of the table."""
        once, twice = self.winners[1], sum(count for winners, count in self.winners.items() if winners > 1)
        errors = sum(count for said, count in self.told.items() if said not in TOLD)
        told = f"{self.told['won']:>5} {self.told['lost']:>6} {self.told['refused']:>8} {errors:>7}"
        return f"{name:<28} {SEATS:>5} {once:>10} {twice:>11} {told} {self.deadlocks:>10} {self.seconds:>8.1f}"


_CLICKS = f"{'yes':>5} {'later':>6} {'told 409':>8} {'errors':>7}"
HEAD = f"{'':<28} {'seats':>5} {'one winner':>10} {'two or more':>11} {_CLICKS} {'deadlocks':>10} {'seconds':>8}"


def deadlocks() -> int:
    """Return how many deadlocks PostgreSQL has broken in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def click(port: int, key: str, barrier: Barrier) -> str:
    """Open the form, wait for the others, say yes, and return what the next page says."""
    browser = Browser(port)
    path = f"/mijn/v/{key}/antwoord/ja/"
    form = browser.form_at(path)
    barrier.wait()
    answer = browser.ask("POST", path, form)
    if answer.status == 302:
        answer = browser.ask("GET", answer.location)
    said = {WON: "won", LOST: "lost"}
    found = [word for text, word in said.items() if text in answer.page]
    if answer.status == 200 and len(found) == 1:
        return found[0]
    return "refused" if answer.status == 409 else f"error {answer.status}"


def run(application: str) -> Tally:
    """Let the whole crowd click, seat after seat, eight at the same moment."""
    contests = make_contests(SEATS, CLIENTS)
    before, began = deadlocks(), time.monotonic()
    with serving(application, DAY.isoformat()) as port, ThreadPoolExecutor(CLIENTS) as pool:
        told = Counter(said for contest in contests for said in _race(pool, port, contest))
        seconds = time.monotonic() - began
    time.sleep(1.5)  # PostgreSQL keeps its counters a second behind
    return Tally(_winners(contests), told, deadlocks() - before, seconds)


def _race(pool: ThreadPoolExecutor, port: int, contest: Contest) -> list[str]:
    barrier = Barrier(len(contest.keys))
    return list(pool.map(lambda key: click(port, key, barrier), contest.keys))


def _winners(contests: list[Contest]) -> Counter[int]:
    """Return how many seats have how many winners."""
    held = Counter(
        Placement.objects.filter(seat__place_id__in=[each.place_id for each in contests]).values_list("seat__place_id", flat=True)
    )
    return Counter(held[contest.place_id] for contest in contests)


def show(capsys: pytest.CaptureFixture[str], name: str, tally: Tally) -> None:
    """Print a line of the table."""
    with capsys.disabled():
        print(f"\n{HEAD}\n{tally.line(name)}")  # noqa: T201 - the table is what the proof is for


@pytest.mark.django_db(transaction=True)
def test_every_seat_has_one_winner(capsys: pytest.CaptureFixture[str]) -> None:
    """As it runs for real: one winner a seat, seven clear pages, nothing else."""
    tally = run(GUARDED)
    show(capsys, "as it runs", tally)
    assert tally.winners == Counter({1: SEATS})
    assert tally.told == Counter({"won": SEATS, "lost": SEATS * (CLIENTS - 1)})
    assert tally.deadlocks == 0


@pytest.mark.django_db(transaction=True)
def test_database_alone_keeps_two_people_off_a_seat(capsys: pytest.CaptureFixture[str]) -> None:
    """Without the lock nobody shares a seat either, since the database refuses it."""
    tally = run(UNGUARDED)
    show(capsys, "no lock, constraint kept", tally)
    assert max(tally.winners) == 1


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_constraint_seats_are_given_twice(capsys: pytest.CaptureFixture[str]) -> None:
    """The control: this crowd does break a house without guards, so the first proof means something."""
    drop, add = _constraint()
    with connection.cursor() as cursor:
        cursor.execute(drop)
    try:
        tally = run(UNGUARDED)
        show(capsys, "no lock, no constraint", tally)
    finally:
        Placement.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(add)
    assert sum(seats for winners, seats in tally.winners.items() if winners > 1) > 0


def _constraint() -> tuple[str, str]:
    """Return the statements that take the constraint of seats away and put it back as it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [CONSTRAINT])
        table, definition = cursor.fetchone()
    return f"ALTER TABLE {table} DROP CONSTRAINT {CONSTRAINT}", f"ALTER TABLE {table} ADD CONSTRAINT {CONSTRAINT} {definition}"
