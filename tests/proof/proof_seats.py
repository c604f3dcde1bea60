"""100 seats and 8 parallel clients on each: one winner a seat, with the lock; and what happens without it."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings
from tests.journey.eligibility.cases import ON
from tests.proof.race import line_up, run

from opstap.journey.matching.operations import proposals

SEATS = 100
CLIENTS = 8

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let the product believe that it is the day of the cases."""
    settings.FIXED_TODAY = ON


def test_a_hundred_seats_with_eight_clients_each() -> None:
    """Exactly one winner a seat, everybody else reads that it is taken, no error and no deadlock."""
    finish = run(line_up(SEATS, CLIENTS))
    print(f"{SEATS} seats x {CLIENTS} clients: {finish.seconds:.1f} s, {finish.statuses}, {finish.states}")  # noqa: T201 - a proof shows its figures
    assert finish.is_fair


def test_without_the_lock_the_race_is_not_fair(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the lock taken away the database still gives no seat twice, but answers collide and the race is not fair."""
    monkeypatch.setattr(proposals, "lock_in_order", lambda *_keys: None)
    finish = run(line_up(SEATS, CLIENTS))
    print(f"without the lock: {finish.seconds:.1f} s, {finish.statuses}, {finish.states}, {finish.deadlocks} deadlocks")  # noqa: T201 - a proof shows its figures
    assert max(finish.winners.values()) == 1
    assert not finish.is_fair
