"""What the rules may know of a person and a place: every fact with its kind and, for codes, the values it can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from opstap.engine.shared import Reason, Refused

FactValue = str | bool | int | date | None
Facts = Mapping[str, FactValue]
"""Fact name to value; None or absent means not known. "" is known: the person has none."""


class FactKind(StrEnum):
    """How a fact is written down."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class FactType:
    """The kind of a fact and, for a code, all values it can take."""

    kind: FactKind
    codes: tuple[str, ...] = ()


INCOMES = ("unemployment_benefit", "integration_allowance", "living_wage", "income_guarantee", "sickness_benefit", "none")
HOST_KINDS = (
    "local_government", "social_enterprise", "employers_association", "project_association", "nonprofit", "school", "company", "household",
)  # fmt: skip

FACT_TYPES: Mapping[str, FactType] = MappingProxyType(
    {
        "municipality": FactType(FactKind.TEXT),
        "registered_since": FactType(FactKind.DATE),
        "income": FactType(FactKind.CODE, INCOMES),
        "benefit_since": FactType(FactKind.DATE),
        "benefit_exemption": FactType(FactKind.CODE, ("age55_career30", "igu_halftime", "shortage_training", "")),
        "birth_date": FactType(FactKind.DATE),
        "education": FactType(FactKind.CODE, ("low", "middle", "high")),
        "work_limitation_right": FactType(FactKind.CODE, ("vop", "imw_2", "imw_5", "")),
        "work_limitation_until": FactType(FactKind.DATE),
        "maatwerk_advice": FactType(FactKind.CODE, ("pmah", "pmp", "very_vulnerable", "")),
        "is_sick": FactType(FactKind.FLAG),
        "internship_fits": FactType(FactKind.FLAG),
        "host_kind": FactType(FactKind.CODE, HOST_KINDS),
    }
)
"""Every fact a rule can read. Sex, origin, nationality and family are not among them and cannot be named in a rule."""


def _is_of(value: FactValue, kind: FactKind) -> bool:
    if kind is FactKind.DATE:
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind is FactKind.FLAG:
        return isinstance(value, bool)
    return isinstance(value, str) and (kind is FactKind.CODE or value.strip() != "")


def check_facts(facts: Facts) -> None:
    """Raise Refused when a fact that rules can read is of the wrong kind, or a code that does not exist. Other facts are ignored."""
    for name, value in facts.items():
        fact_type = FACT_TYPES.get(name)
        if value is None or fact_type is None:
            continue
        if not _is_of(value, fact_type.kind):
            raise Refused(Reason("eligibility.fact_wrong_kind", {"fact": name, "value": str(value), "kind": fact_type.kind.value}))
        if fact_type.codes and value not in fact_type.codes:
            raise Refused(Reason("eligibility.fact_code_unknown", {"fact": name, "value": str(value), "codes": fact_type.codes}))


def facts_as_json(facts: Facts) -> dict[str, str | bool | int | None]:
    """Return the facts that rules can read as JSON-ready data in a fixed order, dates as ISO text; `facts_from_json` is its inverse."""
    known = {name: facts.get(name) for name in FACT_TYPES}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in known.items() if value is not None}


def facts_from_json(data: Mapping[str, str | bool | int | None]) -> dict[str, FactValue]:
    """Return the facts that `facts_as_json` wrote."""
    return {
        name: date.fromisoformat(value) if isinstance(value, str) and FACT_TYPES[name].kind is FactKind.DATE else value
        for name, value in data.items()
    }
