"""Where a fact comes from, and which facts a person's record holds."""

from datetime import date
from enum import StrEnum

from opstap.engine.shared.vocabulary import DUTCH_LEVELS, LIMITS, TRAVEL_MODES


class FactSource(StrEnum):
    """Who or what made a fact known."""

    IMPORT = "import"
    COUNSELLOR = "counsellor"
    PERSON = "person"
    DOCUMENT = "document"


IDENTITY = ("client_number", "national_number", "last_name", "first_name", "birth_date", "sex")
"""Who somebody is."""

CONTACT = ("street", "postcode", "municipality", "neighbourhood", "phone", "email", "language")
"""Where somebody lives and how to reach them."""

FACTS = (
    "registered_since", "income", "benefit_since", "benefit_exemption", "education", "work_limitation_right", "work_limitation_until",
    "maatwerk_advice", "dutch_level", "licences", "travel_mode", "travel_minutes", "half_days", "limits", "wishes", "learning_goals",
    "remarks",
)  # fmt: skip
"""What rules and matching ask for, and remarks."""

ADDRESS = frozenset({"postcode", "municipality", "neighbourhood"})
"""Fields that move the position on the map."""

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
"""Days outside these are typing errors."""

HEALTH = frozenset({"limits", "work_limitation_right", "work_limitation_until", "maatwerk_advice", "remarks"})
"""Fields that say or may say something of somebody's health: shown to those who follow the person, to nobody else."""

NONE_IS_KNOWN = frozenset({"benefit_exemption", "work_limitation_right", "maatwerk_advice", "licences", "limits"})
"""Facts of which "none" is an answer ("" or an empty list), and null alone means not known."""

INCOMES = ("unemployment_benefit", "integration_allowance", "living_wage", "income_guarantee", "sickness_benefit", "none")

ALLOWED: dict[str, frozenset[str]] = {
    "income": frozenset(INCOMES),
    "education": frozenset({"low", "middle", "high"}),
    "work_limitation_right": frozenset({"vop", "imw_2", "imw_5", ""}),
    "maatwerk_advice": frozenset({"pmah", "pmp", "very_vulnerable", ""}),
    "dutch_level": frozenset(DUTCH_LEVELS),
    "travel_mode": frozenset(TRAVEL_MODES),
    "limits": frozenset(LIMITS),
    "sex": frozenset({"M", "V", "X", ""}),
}
"""The codes that a fact may have; facts that are not here are dates, numbers or free text."""
