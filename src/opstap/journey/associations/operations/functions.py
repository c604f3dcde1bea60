"""Functions of the association, and which of them are a shortage occupation in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.shared import Reason, Refused
from opstap.engine.shared.vocabulary import LIMITS
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.associations.models import Association, Function, Shortage
from opstap.journey.associations.operations.founding import must_plan
from opstap.journey.associations.operations.shortages import flag_listed, read_list, replace_list


@dataclass(frozen=True, slots=True)
class FunctionTerms:
    """What a function is: its title, its code of ESCO, what it asks of a body, its licences, and whether nobody likes it."""

    title: str
    occupation: str = ""
    demands: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    is_unloved: bool = False
    is_assumed: bool = False


@operation
def define_function(
    *, association: Association, terms: FunctionTerms, function: Function | None = None, by: Actor, at: datetime
) -> Function:
    """Make a function, or change the one given. Raises `Refused` for who may not, without a title, and for a title in use."""
    must_plan(by, association)
    title = terms.title.strip()[:120]
    if not title:
        raise Refused(Reason("associations.function_without_title"))
    if unknown := set(terms.demands) - set(LIMITS):
        raise Refused(Reason("associations.unknown_demand", {"found": tuple(sorted(unknown))}))
    row = function or Function(association=association)
    if Function.objects.filter(association=association, folded_title=fold(title)).exclude(pk=row.pk).exists():
        raise Refused(Reason("associations.function_twice", {"function": title}))
    row.title, row.folded_title, row.occupation = title, fold(title), terms.occupation.strip()[:120]
    row.demands, row.licences = list(terms.demands), list(terms.licences)
    row.is_unloved, row.is_assumed = terms.is_unloved, terms.is_assumed
    row.save()
    flag_listed(association, [row])
    record(by=by, at=at, action="define_function", subject_kind="function", subject_id=row.pk, facts={"demands": list(terms.demands)})
    return row


@operation
def upload_shortage_list(
    *, association: Association, year: int, data: bytes, filename: str, source: str, by: Actor, at: datetime
) -> tuple[Function, ...]:
    """Keep the shortage occupations of a year (csv or xlsx) in place of an earlier list; return the functions that are on it.

    Raises `Refused` for who may not, for a file that cannot be read, and for one that names no occupation.
    """
    must_plan(by, association)
    lines = read_list(data, filename)
    rows = replace_list(association, year, lines, filename=filename, source=source, by=by, at=at)
    flagged = flag_listed(association, list(association.functions.all()), year=year)
    facts = {"year": year, "occupations": len(lines), "functions": len(flagged)}
    record(by=by, at=at, action="upload_shortage_list", subject_kind="shortage_list", subject_id=rows.pk, facts=facts)
    return flagged


@operation
def flag_shortage(*, function: Function, year: int, is_shortage: bool, by: Actor, at: datetime) -> None:
    """Say by hand that a function is, or is not, a shortage occupation in a year; a list leaves that. Raises `Refused` for who may not."""
    must_plan(by, function.association)
    if is_shortage:
        Shortage.objects.update_or_create(function=function, year=year, defaults={"is_by_hand": True})
    else:
        Shortage.objects.filter(function=function, year=year).delete()
    facts = {"year": year, "is_shortage": is_shortage}
    record(by=by, at=at, action="flag_shortage", subject_kind="function", subject_id=function.pk, facts=facts)
