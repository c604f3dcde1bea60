"""Two clicks at the same moment: the quick form of the proof in tests/proof."""

from __future__ import annotations

import pytest
from tests.proof.race import line_up, run


@pytest.mark.django_db(transaction=True)
def test_eight_clients_on_twenty_seats_give_one_winner_each() -> None:
    """One winner a seat, a clear page for the others, no error and no deadlock."""
    assert run(line_up(seats=20, clients=8)).is_fair
