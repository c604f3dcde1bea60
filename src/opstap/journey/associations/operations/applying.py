"""Rows of a workbook become what they say, each by the same operations as by hand; a row that is refused stays out and says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import transaction

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.roster import AbsenceRow, CoachRow, DemandRow, FunctionRow, SiteRow
from opstap.engine.shared import Period, Reason, Refused
from opstap.foundation.actor import Actor
from opstap.journey.associations.assembly.intake import CellNote, Known, Planned
from opstap.journey.associations.assembly.intake.rows import uncovered
from opstap.journey.associations.enums import AbsenceKind, Part, Verdict
from opstap.journey.associations.operations.applying_sites import bring_site
from opstap.journey.associations.operations.applying_workers import apply_worker
from opstap.journey.associations.operations.demand import Ask, Hours, Needs, set_demand
from opstap.journey.associations.operations.founding import close_site, set_site_terms
from opstap.journey.associations.operations.functions import FunctionTerms, define_function
from opstap.journey.associations.operations.guiding import name_coach
from opstap.journey.associations.operations.working import note_worker_absence

if TYPE_CHECKING:
    from opstap.journey.associations.models import Function

_KINDS = {
    "verlof": AbsenceKind.LEAVE,
    "vakantie": AbsenceKind.LEAVE,
    "opleiding": AbsenceKind.TRAINING,
    "vorming": AbsenceKind.TRAINING,
}


def _framed(work: Callable[[Any, Known, Actor, datetime], None]) -> Callable[[Planned, Known, Actor, datetime], Planned]:
    """Return the work on a row: nothing for one in error or without a difference, and a refusal becomes the row's own truth."""

    def apply(row: Planned, known: Known, by: Actor, at: datetime) -> Planned:
        if row.verdict in {Verdict.ERROR, Verdict.SAME}:
            return row
        try:
            with transaction.atomic():
                work(row.value, known, by, at)
        except Refused as refusal:
            note = CellNote("", "", "", is_error=True, reason=refusal.reason)
            return replace(row, verdict=Verdict.ERROR, notes=(note, *row.notes))
        return row

    return apply


def _site(value: SiteRow, known: Known, by: Actor, at: datetime) -> None:
    site = bring_site(value, known, by, at)
    set_site_terms(association=known.association, site=site, is_seaside_shop=value.is_seaside_shop == "yes", by=by, at=at)
    if value.closed_from and value.closed_until:
        close_site(association=known.association, site=site, from_on=value.closed_from, until_on=value.closed_until, by=by, at=at)


def _function(value: FunctionRow, known: Known, by: Actor, at: datetime) -> None:
    was = known.functions.get(fold(value.function))
    demands = value.demands if value.demands is not None else tuple(was.demands if was else known.assumed.get(fold(value.function), ()))
    terms = FunctionTerms(
        title=was.title if was else value.function,
        occupation=was.occupation if was else "",
        demands=tuple(demands),
        licences=tuple(value.licences),
        is_unloved=value.is_unloved == "yes",
        is_assumed=value.demands is None,
    )
    known.functions[fold(value.function)] = define_function(association=known.association, terms=terms, function=was, by=by, at=at)


def function_named(title: str, known: Known, by: Actor, at: datetime) -> Function:
    """Return the function of this title, made now if there was none: what it asks of a body is then assumed, and told as such."""
    found = known.functions.get(fold(title))
    if found is None:
        terms = FunctionTerms(title, demands=known.assumed.get(fold(title), ()), is_assumed=True)
        found = define_function(association=known.association, terms=terms, by=by, at=at)
        known.functions[fold(title)] = found
    return found


def _demand(value: DemandRow, known: Known, by: Actor, at: datetime) -> None:
    site, function = bring_site(value, known, by, at), function_named(value.function, known, by, at)
    hours, needs = Hours(value.starts, value.ends, value.pause), Needs(value.minimum, value.wanted, value.maximum)
    for day in value.days:
        when = Ask(weekday=day)
        set_demand(association=known.association, site=site, function=function, when=when, hours=hours, needs=needs, by=by, at=at)


def _coach(value: CoachRow, known: Known, by: Actor, at: datetime) -> None:
    site = known.sites.get(fold(value.site))
    if site is None:
        raise Refused(Reason("associations.unknown_site", {"site": value.site}))
    name_coach(association=known.association, site=site, name=value.name, weekdays=value.days, maximum=value.maximum, by=by, at=at)


def _worker(value: Any, known: Known, by: Actor, at: datetime) -> None:  # noqa: ANN401 - a row of workers
    functions = {title: function_named(title, known, by, at) for title in (*value.skills, *value.wishes)}
    apply_worker(value, known, functions, by, at)


def _absence(value: AbsenceRow, known: Known, by: Actor, at: datetime) -> None:
    contract = known.contracts.get(value.number)
    if contract is None:
        raise Refused(Reason("rostering.absence_of_nobody", {"number": value.number}))
    there = [each.period for each in contract.absences.model.objects.filter(contract=contract)]
    for piece in uncovered(Period(value.starts_on, value.until), there):
        kind = kind_of(value.reason or "")
        note_worker_absence(contract=contract, from_on=piece.start, until_on=piece.until, kind=kind, by=by, at=at)


def kind_of(words: str) -> AbsenceKind:
    """Return what a planner needs to know of a reason; anything that is no leave and no training is only "away"."""
    folded = fold(words)
    return next((kind for part, kind in _KINDS.items() if part in folded), AbsenceKind.AWAY)


APPLY: Mapping[Part, Callable[[Planned, Known, Actor, datetime], Planned]] = MappingProxyType(
    {
        Part.SITES: _framed(_site),
        Part.FUNCTIONS: _framed(_function),
        Part.DEMANDS: _framed(_demand),
        Part.COACHES: _framed(_coach),
        Part.WORKERS: _framed(_worker),
        Part.ABSENCES: _framed(_absence),
    }
)
"""What brings in a row of each sheet."""
