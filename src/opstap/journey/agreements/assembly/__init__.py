"""From rows to the terms of an agreement, its limits and its paper."""

from opstap.journey.agreements.assembly.consequences import Consequence, consequence_of, who_signs
from opstap.journey.agreements.assembly.drafting import completed, drafted_fields, drafting_notes, partner_of
from opstap.journey.agreements.assembly.limits import days_are_over, field_missing, problems
from opstap.journey.agreements.assembly.papers import paper_of, printed
from opstap.journey.agreements.assembly.terms import parties_of, terms_named, terms_on
from opstap.journey.agreements.assembly.values import clean_value, shown

__all__ = [
    "Consequence",
    "clean_value",
    "completed",
    "consequence_of",
    "days_are_over",
    "drafted_fields",
    "drafting_notes",
    "field_missing",
    "paper_of",
    "parties_of",
    "partner_of",
    "printed",
    "problems",
    "shown",
    "terms_named",
    "terms_on",
    "who_signs",
]
