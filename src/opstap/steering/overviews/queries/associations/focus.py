"""The focus groups: who belongs to them is counted from age and education, for the target only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from opstap.engine.shared import priority
from opstap.journey.associations.enums import FocusGroup
from opstap.journey.associations.models import Contract
from opstap.journey.people.models import Person


def age_on(person: Person, on: date, told: int | None = None, told_on: date | None = None) -> int | None:
    """Return the age on a day, from the birth date, else from an age that a list told; None when neither is known."""
    if person.birth_date is not None:
        return priority.age_on(person.birth_date, on)
    return None if told is None or told_on is None else told + (on - told_on).days // 365


def group_of(age: int | None, education: str | None) -> FocusGroup | None:
    """Return the focus group of somebody, None for nobody's or when it is not known."""
    if age is None:
        return None
    if age >= priority.OLDER_FROM:
        return FocusGroup.AGED_55_PLUS
    return FocusGroup.LOW_EDUCATED_UNDER_25 if age < priority.YOUNG_BELOW and education == "low" else None


def focus_counts(contracts: Iterable[Contract], people: Iterable[Person], on: date) -> dict[FocusGroup, tuple[int, int]]:
    """Return by focus group how many work, and how many are on the way to a contract."""
    working = [group_of(age_on(row.person, on, row.age_told, row.age_told_on), row.person.education) for row in contracts]
    coming = [group_of(age_on(person, on), person.education) for person in people]
    return {group: (working.count(group), coming.count(group)) for group in FocusGroup}
