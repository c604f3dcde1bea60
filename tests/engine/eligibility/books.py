"""Rule books as an administrator could make them: the product's own with a few changes."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.engine.eligibility.people import days

from opstap.engine.eligibility import ParameterChange, RuleBook, Unit, load_rulesets

BOOK = load_rulesets()
_WORDS = (
    "Oostende",
    "Brugge",
    "unemployment_benefit",
    "living_wage",
    "integration_allowance",
    "vop",
    "imw_5",
    "pmah",
    "school",
    "household",
)
_VALUES = {
    Unit.MONTHS: st.none() | st.sampled_from([0, 1, 12, 23, 24, 36, 1200]),
    Unit.YES_NO: st.none() | st.booleans(),
    Unit.LIST: st.none() | st.lists(st.sampled_from(_WORDS), max_size=4).map(tuple),
}


@st.composite
def _change(draw: st.DrawFn) -> ParameterChange:
    parameter = draw(st.sampled_from(BOOK.parameters()))
    return ParameterChange(parameter.id, draw(days), draw(_VALUES[parameter.unit]), "A proposal")


books: st.SearchStrategy[RuleBook] = st.lists(_change(), max_size=3).map(BOOK.with_changes)
"""The product's rule book with up to three changed parameters."""
