"""The priority groups of the programme: low-educated under 25, and 55 or older. Source: the city's call, for Lavoro's hiring."""

from __future__ import annotations

from datetime import date

YOUNG_BELOW = 25
OLDER_FROM = 55


def age_on(birth_date: date, on: date) -> int:
    """Return the age in whole years on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def is_young_low_educated(birth_date: date | None, education: str | None, on: date) -> bool:
    """Tell whether somebody is under 25 with low education; somebody whose birth date is not known is in no group."""
    return birth_date is not None and age_on(birth_date, on) < YOUNG_BELOW and education == "low"


def is_55_plus(birth_date: date | None, on: date) -> bool:
    """Tell whether somebody is 55 or older; somebody whose birth date is not known is in no group."""
    return birth_date is not None and age_on(birth_date, on) >= OLDER_FROM
