"""Invented people and days for the tests of the rules."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from opstap.engine.eligibility import FACT_TYPES, FactKind, Facts, FactType, FactValue
from opstap.engine.eligibility.months import add_months

ON = date(2023, 9, 1)
AFTER_REFORM = date(2026, 6, 1)

ANN: Facts = {
    "municipality": "Oostende",
    "registered_since": date(2020, 5, 31),
    "income": "unemployment_benefit",
    "benefit_since": date(2020, 5, 31),
    "benefit_exemption": "",
    "work_limitation_right": "imw_5",
    "work_limitation_until": date(2028, 1, 1),
    "maatwerk_advice": "",
    "is_sick": False,
    "internship_fits": True,
    "host_kind": "local_government",
}
"""Somebody of whom everything is known."""


def ann(**changes: FactValue) -> dict[str, FactValue]:
    """Return Ann's facts with changes; None makes a fact unknown."""
    return {**ANN, **changes}


_EDGES = [date(2020, 2, 29), date(2021, 8, 31), date(2022, 2, 28), date(2023, 6, 30), date(2023, 7, 1), date(2024, 2, 29), date(2026, 3, 1)]
days = st.one_of(
    st.sampled_from(_EDGES),
    st.dates(date(2018, 1, 1), date(2029, 12, 31)),
    st.builds(add_months, st.sampled_from(_EDGES), st.sampled_from([-24, -12, 12, 24])),
)
"""Days with many month ends and days on which a rule changes among them."""


def _values(fact_type: FactType) -> st.SearchStrategy[FactValue]:
    if fact_type.kind is FactKind.DATE:
        return days
    if fact_type.kind is FactKind.FLAG:
        return st.booleans()
    return st.sampled_from(fact_type.codes or ("Oostende", "De Haan", "Oudenburg", "Brugge", "L'Île-d'Yeu"))


facts = st.fixed_dictionaries({name: st.none() | _values(fact_type) for name, fact_type in FACT_TYPES.items()})
"""Facts of a person and a place, each possibly unknown."""

known_facts = st.fixed_dictionaries({name: _values(fact_type) for name, fact_type in FACT_TYPES.items()})
"""Facts of a person and a place, all known."""
