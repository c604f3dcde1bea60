"""The entry rule of the programme stands before its instruments; periods share their days."""

from __future__ import annotations

from datetime import date

from opstap.engine.shared import Period
from opstap.engine.shared.entry import rules_asked, with_entry


def test_with_entry_no_closes_what_stands_behind_it() -> None:
    """Who is not let into the programme starts no internship there; other instruments stay as they are."""
    answers = {"work_learning_place": "no", "community_service": "yes", "work_experience": "unknown", "imw": "yes"}
    assert with_entry(answers) == {"work_learning_place": "no", "community_service": "no", "work_experience": "no", "imw": "yes"}


def test_with_entry_unknown_keeps_a_no_and_makes_a_yes_unknown() -> None:
    """Kleene's "and": an unknown entry leaves a refusal a refusal."""
    answers = {"work_learning_place": "unknown", "community_service": "yes", "work_experience": "no"}
    assert with_entry(answers) == {"work_learning_place": "unknown", "community_service": "unknown", "work_experience": "no"}


def test_with_entry_absent_changes_nothing() -> None:
    """A programme without the entry rule decides by its instruments alone."""
    assert with_entry({"community_service": "yes"}) == {"community_service": "yes"}


def test_rules_asked_puts_the_entry_rule_first_where_it_counts() -> None:
    """The entry rule is asked when an instrument stands behind it, and once only."""
    assert rules_asked(["community_service"]) == ("work_learning_place", "community_service")
    assert rules_asked(["imw"]) == ("imw",)
    assert rules_asked(["work_learning_place", "imw"]) == ("work_learning_place", "imw")


def test_common_days_of_two_periods() -> None:
    """The shared days, half-open; none when they only touch; without end when neither ends."""
    september, autumn = Period(date(2023, 9, 1), date(2023, 10, 1)), Period(date(2023, 9, 15))
    assert september.common(autumn) == Period(date(2023, 9, 15), date(2023, 10, 1))
    assert september.common(Period(date(2023, 10, 1))) is None
    assert autumn.common(Period(date(2023, 1, 1))) == Period(date(2023, 9, 15))
