"""Chance depends on what it is about, never on the order of draws; what falls in a weekend happens on Monday."""

from __future__ import annotations

from datetime import date, timedelta

from opstap.config.simulation.agenda import Agenda
from opstap.config.simulation.luck import Luck

FRIDAY = date(2023, 9, 1)
MONDAY = date(2023, 9, 4)


def test_draw_is_the_same_whenever_it_is_made() -> None:
    """The name of a draw decides it; another seed draws otherwise."""
    first, second = Luck(1).share("answer", "18194395"), Luck(1).share("says", "18194395")
    assert (Luck(1).share("says", "18194395"), Luck(1).share("answer", "18194395")) == (second, first)
    assert Luck(2).share("answer", "18194395") != first


def test_draws_are_as_likely_as_they_say() -> None:
    """Of ten thousand draws a third happens, within four standard deviations, and each of five choices comes up."""
    luck = Luck(1)
    happened = sum(luck.happens(1 / 3, "rain", number) for number in range(10_000))
    assert abs(happened - 3333) < 4 * 47.2
    assert {luck.between(1, 5, "days", number) for number in range(1000)} == {1, 2, 3, 4, 5}
    assert {luck.one_of("abc", "letter", number) for number in range(1000)} == {"a", "b", "c"}


def test_weighed_choice_keeps_its_weights() -> None:
    """A choice of no weight never comes up; one of all the weight always does."""
    luck = Luck(1)
    assert {luck.weighed({"never": 0.0, "always": 2.0}, number) for number in range(1000)} == {"always"}
    often = sum(luck.weighed({"often": 3.0, "rarely": 1.0}, number) == "often" for number in range(10_000))
    assert abs(often - 7500) < 4 * 43.3


def test_agenda_moves_a_weekend_to_monday() -> None:
    """Friday stays Friday; Saturday, Sunday and Monday happen on Monday, in the order in which they were planned."""
    agenda, told = Agenda(), list[tuple[int, date]]()
    for days in (2, 0, 1, 3):
        agenda.put(FRIDAY + timedelta(days=days), lambda on, days=days: told.append((days, on)))  # type: ignore[misc]  # bound now
    for days in range(4):
        agenda.play(FRIDAY + timedelta(days=days))
    assert told == [(0, FRIDAY), (2, MONDAY), (1, MONDAY), (3, MONDAY)]


def test_agenda_plays_what_is_planned_meanwhile() -> None:
    """What a happening plans for the same day still happens that day; a day that was played is over."""
    agenda, told = Agenda(), list[str]()
    agenda.put(MONDAY, lambda on: (told.append("first"), agenda.put(on, lambda _: told.append("second")))[0])
    agenda.play(MONDAY)
    agenda.play(MONDAY)
    assert told == ["first", "second"]
