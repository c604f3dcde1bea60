"""What the rows of workers would do: new contracts, changed hours, days, skills, wishes, and facts of the person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.reading import ReadRow
from opstap.bridges.spreadsheets.roster import WorkerRow
from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import HALF_DAYS
from opstap.journey.associations.assembly.intake.known import Known
from opstap.journey.associations.assembly.intake.planned import CellNote, Change, Planned, planned, row_note
from opstap.journey.associations.assembly.terms import Terms, support_refused, terms_refused
from opstap.journey.associations.enums import Part, SupportStatus
from opstap.journey.associations.models import Contract, Support
from opstap.journey.people.enums import HEALTH, FactSource
from opstap.journey.people.queries import folded_name

STATUSES = {"vop": SupportStatus.VOP, "imw": SupportStatus.IMW, "cmw": SupportStatus.CMW_WOP, "other": SupportStatus.OTHER}
"""The status of a list as the contract keeps it."""

_FACTS = (
    "birth_date", "education", "limits", "licences", "neighbourhood", "municipality", "travel_mode", "email", "phone", "street", "postcode",
)  # fmt: skip


def plan_workers(known: Known) -> list[Planned]:
    """Return what the rows of workers would do; a number that stands twice is used once."""
    seen: set[str] = set()
    found = []
    for row in known.reading.workers.rows:
        number = row.value.number if row.value else ""
        if number in seen and number:
            note = row_note(row, "Nr", Reason("rostering.number_twice", {"number": number}))
            found.append(planned(Part.WORKERS, row, _subject(row), None, notes=[note]))
            continue
        seen.add(number)
        found.append(_plan_worker(row, known))
    return found


def terms_of(value: WorkerRow, known: Known, was: Contract | None) -> Terms:
    """Return the terms that a row says; what it leaves open stays as it was, and a start that nobody told is the day of the list."""
    support = was.supported if was else Support(SupportStatus.OTHER)
    if value.status and STATUSES[value.status] is not support.status:
        support = Support(STATUSES[value.status])
    days = frozenset(value.days)
    return Terms(
        from_on=value.hired_on or (was.from_on if was else known.on),
        weekly_hours=Decimal(str(value.hours)).quantize(Decimal("0.01")),
        half_days=was.half_days if was and was.weekdays == days else whole_days(days),
        support=support,
        until_on=value.until or (was.until_on if was else None),
        is_variable=was.is_variable if was else False,
        number=value.number,
        age_told=value.age if value.age is not None else (was.age_told if was else None),
        age_told_on=known.on if value.age is not None else (was.age_told_on if was else None),
        is_listed=True,
    )


def whole_days(days: frozenset[int]) -> int:
    """Return the mask with both half-days of these weekdays."""
    return sum(1 << half for half in range(len(HALF_DAYS)) if half // 2 in days)


def facts_of(value: WorkerRow, known: Known) -> dict[str, Any]:
    """Return what a row tells of the person, by the names of a person's facts; what it leaves open is not there."""
    told = {name: getattr(value, name) for name in _FACTS}
    if value.neighbourhood and not value.municipality:
        told["municipality"] = known.towns.get(fold(value.neighbourhood))
    if value.limits is not None:
        told["limits"] = list(value.limits)
    told["licences"] = list(value.licences)
    return {name: fact for name, fact in told.items() if fact is not None}


def changed_facts(contract: Contract, told: dict[str, Any], known: Known) -> dict[str, Any]:
    """Return the facts that a list may change: not known yet, or known from a list; never what somebody recorded themselves."""
    return {name: fact for name, fact in told.items() if _differs(contract, name, fact) and _may_change(contract, name, known)}


def _differs(contract: Contract, name: str, fact: Any) -> bool:  # noqa: ANN401 - any fact
    had = getattr(contract.person, name)
    return sorted(had) != sorted(fact) if isinstance(fact, list) and had is not None else had != fact


def _may_change(contract: Contract, name: str, known: Known) -> bool:
    had = getattr(contract.person, name)
    is_unknown = had is None or had == ""
    return is_unknown or known.sources.get((contract.person_id, name), FactSource.IMPORT.value) == FactSource.IMPORT.value


def _plan_worker(row: ReadRow[WorkerRow], known: Known) -> Planned:
    value = row.value
    if value is None:
        return planned(Part.WORKERS, row, _subject(row), None)
    contract = known.contracts.get(value.number)
    terms = terms_of(value, known, contract)
    if stranger := _of_another(contract, value):
        return planned(Part.WORKERS, row, _subject(row), contract, notes=[row_note(row, "Nr", stranger)])
    changes = _changes(contract, terms, value, known) if contract else []
    return planned(Part.WORKERS, row, _subject(row), contract, changes=changes, notes=_notes(row, contract, terms, known.on))


def _of_another(contract: Contract | None, value: WorkerRow) -> Reason | None:
    """Return why a row cannot be about the contract with its number: that is somebody else's."""
    name = folded_name(value.last_name, value.first_name)
    if contract is None or not value.last_name or contract.person.folded_name == name:
        return None
    return Reason("associations.number_of_another", {"number": value.number, "name": str(contract.person)})


def _notes(row: ReadRow[WorkerRow], contract: Contract | None, terms: Terms, on: date) -> list[CellNote]:
    found = []
    if refused := terms_refused(terms, contract):
        found.append(row_note(row, "Uren per week", refused))
    if refused := support_refused(terms.support, terms.from_on, contract):
        found.append(row_note(row, "Statuut", refused, is_error=False, proposal="IMW"))
    if contract is None and row.value is not None and row.value.hired_on is None:
        found.append(row_note(row, "In dienst sinds", Reason("associations.start_assumed", {"day": on.isoformat()}), is_error=False))
    if row.value is not None and row.value.limits is None:
        found.append(row_note(row, "Mag niet", Reason("rostering.limits_unreadable"), is_error=False))
    return found


def _subject(row: ReadRow[WorkerRow]) -> str:
    if row.value is not None:
        return f"{row.value.number} {row.value.full_name}"
    return " ".join(filter(None, (row.raw.get("Nr"), row.raw.get("Voornaam"), row.raw.get("Naam"))))


def _changes(contract: Contract, terms: Terms, value: WorkerRow, known: Known) -> list[Change]:
    can = {skill.function.folded_title: skill.function.title for skill in contract.skills.all()}
    wishes = [wish.function.folded_title for wish in contract.wishes.all()]
    told = {fold(title) for title in value.skills}
    wished = [title for title in dict.fromkeys(fold(title) for title in value.wishes) if title not in told | set(can)]
    pairs = (
        ("hours", f"{float(contract.weekly_hours):g}", f"{float(terms.weekly_hours):g}"),
        ("days", " ".join(map(str, sorted(contract.weekdays))), " ".join(map(str, sorted(value.days)))),
        ("from", contract.from_on.isoformat(), terms.from_on.isoformat()),
        ("until", str(contract.until_on or ""), str(terms.until_on or "")),
        ("support", contract.supported.status.value, terms.support.status.value),
        ("skills", ", ".join(sorted(can.values())), ", ".join(sorted({*can.values(), *(t for t in value.skills if fold(t) not in can)}))),
        ("wishes", ", ".join(wishes), ", ".join(wished)),
    )
    found = [Change(name, old, new) for name, old, new in pairs if old != new]
    return found + [
        Change(name) if name in HEALTH else Change(name, _text(getattr(contract.person, name)), _text(fact))
        for name, fact in changed_facts(contract, facts_of(value, known), known).items()
    ]


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
