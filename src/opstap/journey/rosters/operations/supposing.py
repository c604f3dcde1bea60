"""What if, beside what is told: supposed, answered in the background, thrown away, or done for real. Nobody hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.models import Contract, Function
from opstap.journey.associations.operations import (
    Ask,
    Hours,
    Needs,
    close_site,
    end_contract,
    note_worker_absence,
    set_demand,
)
from opstap.journey.associations.permissions import may_plan
from opstap.journey.associations.queries import demands_of, sites_of
from opstap.journey.rosters.assembly import Supposed, read_input, supposed_in
from opstap.journey.rosters.enums import RosterKind, RosterState, SupposedKind
from opstap.journey.rosters.models import Roster
from opstap.journey.rosters.operations.making import Wanted, ask_roster
from opstap.journey.rosters.operations.moving import count_again
from opstap.journey.rosters.permissions import may_change_roster
from opstap.journey.rosters.queries import end_of

ABOUT_A_WORKER = (SupposedKind.LEAVES, SupposedKind.AWAY)
_FEW_SECONDS, _ANEW_SECONDS, _MOST = 10, 60, 8


@operation
def suppose(
    *, beside: Roster, what: Sequence[Supposed], title: str = "", is_anew: bool = False, in_background: bool = True, by: Actor, at: datetime
) -> Roster:
    """Ask what a roster would be if this were so, beside what is published; beside a supposition: all of it together.

    With `is_anew` everything is searched anew, otherwise as little as possible changes. Pins that cannot hold then are loosened in it.
    Raises `Refused` for who may not, beside what is not published, for what is no fact of this association, and for days without effect.
    """
    told = beside.based_on if beside.suppositions else beside
    if told is None or told.state != RosterState.PUBLISHED:
        raise Refused(Reason("rosters.supposed_beside_published"))
    all_supposed = (*supposed_in(beside), *what)
    if not may_plan(by, told.association):
        raise Refused(Reason("rosters.may_not_plan"))
    if not what or len(all_supposed) > _MOST:
        raise Refused(Reason("rosters.supposed_number", {"most": _MOST}))
    for one in what:
        _check(told, one, by, localdate(at))
    kind, seconds = (RosterKind.WHAT_IF, _ANEW_SECONDS) if is_anew else (RosterKind.REPAIR, _FEW_SECONDS)
    wanted = Wanted(told.start, told.weeks, told.order, told.seed, seconds, title.strip()[:120])
    roster = ask_roster(association=told.association, wanted=wanted, kind=kind, based_on=told, in_background=in_background, by=by, at=at)
    roster.suppositions = [one.as_json() for one in all_supposed]
    roster.save(update_fields=["suppositions"])
    for one in all_supposed:
        _loosen(roster, one)
    facts = {"what": [one.kind.value for one in all_supposed], "is_anew": is_anew}
    record(by=by, at=at, action="suppose", subject_kind="roster", subject_id=roster.pk, facts=facts)
    return roster


@operation
def drop_supposition(*, roster: Roster, by: Actor, at: datetime) -> None:
    """Throw a supposition away, with its shifts. Raises `Refused` for who may not, and for a roster that is none or is being made."""
    held = _hold(roster, by, (RosterState.READY, RosterState.FAILED))
    record(by=by, at=at, action="drop_supposition", subject_kind="roster", subject_id=held.pk)
    held.delete()


@operation
def make_real(*, roster: Roster, why: str = "", by: Actor, at: datetime) -> Roster:
    """Do what was supposed: the contract ends, the worker is away, the site closes, the demand rises. What was found becomes a draft.

    `why`: needed when a contract ends. Nobody is told anything before the draft is published. Raises `Refused` for who may not, for
    what is no supposition or not answered, for somebody new (whom the planner
    hires), and as each of the acts does; then none of them is done.
    """
    held = _hold(roster, by, (RosterState.READY,))
    supposed = supposed_in(held)
    if any(one.kind is SupposedKind.JOINS for one in supposed):
        raise Refused(Reason("rosters.supposed_newcomer"))
    for one in supposed:
        _do(held, one, why, by, at)
    held.suppositions, held.input_digest = [], ""
    held.save(update_fields=["suppositions", "input_digest"])
    count_again(held)
    facts = {"what": [one.kind.value for one in supposed]}
    record(by=by, at=at, action="make_real", subject_kind="roster", subject_id=held.pk, facts=facts)
    return held


def _hold(roster: Roster, by: Actor, states: Sequence[RosterState]) -> Roster:
    """Lock the supposition and return it as it is now."""
    if not may_change_roster(by, roster):
        raise Refused(Reason("rosters.may_not_plan"))
    lock_in_order(f"roster:{roster.pk}")
    held = Roster.objects.select_related("association", "based_on").filter(pk=roster.pk).first()
    if held is None or not held.suppositions or held.state not in states:
        raise Refused(Reason("rosters.no_supposition"))
    return held


def _check(told: Roster, one: Supposed, by: Actor, today: date) -> None:
    """Raise `Refused` for days outside the roster or past, and for somebody or something that is not of this association."""
    if one.until_on is not None and one.until_on <= one.from_on:
        raise Refused(Reason("associations.period_falls"))
    if one.from_on < today or one.from_on >= end_of(told) or (one.until_on is not None and one.until_on <= told.start):
        raise Refused(Reason("rosters.supposed_outside", {"from": max(today, told.start).isoformat(), "until": end_of(told).isoformat()}))
    key, association = UUID(one.subject), told.association
    if one.kind in {*ABOUT_A_WORKER, SupposedKind.JOINS}:
        contract = Contract.objects.filter(pk=key, association=association).first()
        if contract is None or not contract.period.overlaps(one.period):
            raise Refused(Reason("rosters.not_a_worker"))
    elif not sites_of(by, association).filter(pk=key).exists():
        raise Refused(Reason("rosters.supposed_no_site"))
    if one.kind is SupposedKind.MORE:
        asked = demands_of(by, association).filter(site_id=key, function_id=UUID(one.function))
        if one.more < 1 or not asked.exists():
            raise Refused(Reason("rosters.supposed_not_asked"))


def _loosen(roster: Roster, one: Supposed) -> None:
    """Take away the pins of a supposition that cannot hold in it."""
    pins = roster.pins.filter(on__gte=one.from_on, **({"on__lt": one.until_on} if one.until_on else {}))
    if one.kind in ABOUT_A_WORKER:
        pins.filter(contract_id=one.subject).delete()
    elif one.kind is SupposedKind.CLOSED:
        pins.filter(site_id=one.subject).delete()


def _do(roster: Roster, one: Supposed, why: str, by: Actor, at: datetime) -> None:
    match one.kind:
        case SupposedKind.LEAVES:
            end_contract(contract=_contract(one), until_on=one.from_on, reason=why, by=by, at=at)
        case SupposedKind.AWAY:
            note_worker_absence(contract=_contract(one), from_on=one.from_on, until_on=one.until_on, kind=AbsenceKind.AWAY, by=by, at=at)
        case SupposedKind.CLOSED:
            until = one.until_on or end_of(roster)
            close_site(association=roster.association, site=_site(one), from_on=one.from_on, until_on=until, by=by, at=at)
        case SupposedKind.MORE:
            _ask_more(roster, one, by, at)


def _ask_more(roster: Roster, one: Supposed, by: Actor, at: datetime) -> None:
    """Ask more on each day of this roster on which the site asks for it already; every weekday's line stays as it is."""
    site, function = _site(one), Function.objects.get(pk=one.function)
    for cell in read_input(roster, as_supposed=False).problem.cells:
        demand = cell.demand
        if (demand.site, demand.function) == (one.subject, one.function) and cell.day in one.period and cell.day >= localdate(at):
            least = demand.minimum + (one.more if one.is_minimum else 0)
            needs = Needs(least, demand.wanted + one.more, demand.maximum + one.more)
            hours = Hours(demand.starts, demand.ends, demand.pause)
            set_demand(
                association=roster.association, site=site, function=function, when=Ask(on=cell.day), hours=hours, needs=needs, by=by, at=at
            )


def _contract(one: Supposed) -> Contract:
    return Contract.objects.select_related("association").get(pk=one.subject)


def _site(one: Supposed) -> Site:
    return Site.objects.get(pk=one.subject)
