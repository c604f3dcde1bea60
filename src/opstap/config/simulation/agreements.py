"""From two yeses to the first day: a trial day for some, the agreement, three signatures, the start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of, self_of
from opstap.config.simulation.sayings import NO_MENTOR, TOO_LATE, TRIAL_FAILED
from opstap.engine.shared import Refused
from opstap.journey.agreements.assembly import field_missing
from opstap.journey.agreements.enums import Party, SignMethod
from opstap.journey.agreements.operations import change_field, make_agreement, send_for_signature, sign
from opstap.journey.agreements.queries import signatures_of
from opstap.journey.appointments.enums import Side, Verdict
from opstap.journey.appointments.operations import give_trial_verdict, plan_trial
from opstap.journey.attendance.operations import give_bank_account
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.operations import cancel_placement
from opstap.journey.placements.queries import placement_for
from opstap.journey.places.operations import pause_place

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.foundation.actor import Actor
    from opstap.foundation.organisations.models import Mentor
    from opstap.journey.agreements.models import Agreement
    from opstap.journey.appointments.models import TrialDay
    from opstap.journey.placements.models import Placement

_CHECK = 97
_ANSWERS = 2
"""Days within which a host with a trained mentor says who guides the person."""
_LOOKS_FOR = 10
"""Days that a host without one looks for what an agreement lacks."""


def test_account(number: int) -> str:
    """Return a Belgian account number of the test range that passes the check digits; nobody has it."""
    body = f"000{number % 10**7:07d}"
    first = f"{body}{int(body) % _CHECK or _CHECK:02d}"
    check = 98 - int(f"{first}111400") % _CHECK
    return f"BE{check:02d}{first}"


def agree(world: World, placement: Placement, on: date) -> None:
    """Let a new placement go on: a trial day first for some, then the agreement."""
    who = key_of(placement.person)
    if world.luck.happens(world.habits.tries_first, "tries", who, on):
        start = world.at(on + timedelta(days=3))
        trial = plan_trial(
            placement=placement, starts_at=start, minutes=210, by=world.cast.counsellor(placement.referral), at=world.at(on, hour=12)
        )
        world.told.trial_days += 1
        world.agenda.put(start.date() + timedelta(days=1), lambda day: _judge(world, placement, trial, day))
    else:
        world.agenda.put(on + timedelta(days=1), lambda day: _make(world, placement, day))


def _judge(world: World, placement: Placement, trial: TrialDay, on: date) -> None:
    who, at = key_of(placement.person), world.at(on)
    fails = world.luck.happens(world.habits.trial_fails, "trial fails", who, on)
    host = world.cast.host(placement.seat.place.organisation_id)
    verdict = Verdict.NO if fails else Verdict.YES
    give_trial_verdict(trial=trial, side=Side.PERSON, verdict=verdict, words="", by=self_of(placement.person), at=at)
    give_trial_verdict(
        trial=trial,
        side=Side.HOST,
        verdict=verdict,
        words=world.next_of(TRIAL_FAILED, "trial failed", who) if fails else "",
        by=host,
        at=at,
    )
    if fails:
        cancel_placement(placement=placement, reason="De proefdag viel tegen.", by=world.cast.counsellor(placement.referral), at=at)
        return
    _make(world, placement, on)


def _make(world: World, placement: Placement, on: date) -> None:
    counsellor = world.cast.counsellor(placement.referral)
    row = placement_for(counsellor, placement.pk)
    if row is None or row.state != PlacementState.TO_BE_AGREED:
        return
    draft = make_agreement(placement=row, by=counsellor, at=world.at(on))
    try:
        sent = send_for_signature(agreement=draft, by=counsellor, at=world.at(on, hour=9))
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        if refused.reason.code == "agreements.days_are_over":
            _give_up(world, row, on)
            return
        guide = _guide_for(world, row) if refused.reason == field_missing("mentor_name") else None
        if guide is None:
            world.agenda.put(on + timedelta(days=_LOOKS_FOR), lambda day: _call_off(world, row, day))
        else:
            world.agenda.put(on + timedelta(days=_ANSWERS), lambda day: _name_mentor(world, draft, guide.name, day))
        return
    account = test_account(int(world.luck.share("account", key_of(row.person)) * 10**7))
    give_bank_account(person=row.person, number=account, by=counsellor, at=world.at(on, hour=9))
    world.told.agreements += 1
    last = date.fromisoformat(sent.fields["last_on"])
    world.agenda.put(last + timedelta(days=1), lambda day: _give_up(world, row, day))
    signers: dict[Party, Actor] = {
        Party.PERSON: self_of(row.person),
        Party.HOST: world.cast.host(row.seat.place.organisation_id),
        Party.PARTNER: counsellor,
    }
    for party, signer in signers.items():
        days = world.luck.between(1, 5, "signs in", party.value, key_of(row.person))
        world.agenda.put(on + timedelta(days=days), lambda day, who=party, by=signer: _sign(world, sent, who, by, day))  # type: ignore[misc]  # bound now


def _guide_for(world: World, placement: Placement) -> Mentor | None:
    """Return who of the host's trained mentors will guide somebody at a place that has none, or None."""
    house = placement.seat.place.organisation_id
    trained = [each for each in world.cast.mentors() if each.organisation_id == house and each.certified_on]
    return world.luck.one_of(trained, "guides", key_of(placement.person)) if trained else None


def _name_mentor(world: World, draft: Agreement, name: str, on: date) -> None:
    """Fill in on the agreement who guides the person, as the host said on the phone, and let it go on."""
    counsellor = world.cast.counsellor(draft.placement.referral)
    if placement := placement_for(counsellor, draft.placement_id):
        if placement.state == PlacementState.TO_BE_AGREED:
            change_field(agreement=draft, field="mentor_name", value=name, by=counsellor, at=world.at(on, hour=8))
        _make(world, placement, on)


def _call_off(world: World, placement: Placement, on: date) -> None:
    """Give up what cannot be agreed, for want of a mentor mostly; the place waits until there is one."""
    place = placement.seat.place
    try:
        cancel_placement(placement=placement, reason=NO_MENTOR, by=world.cast.counsellor(placement.referral), at=world.at(on))
        pause_place(
            place=place, return_on=on + timedelta(days=90), reason=NO_MENTOR, by=world.cast.host(place.organisation_id), at=world.at(on)
        )
    except Refused as refused:
        world.told.refuse(refused.reason.code)


def _give_up(world: World, placement: Placement, on: date) -> None:
    """Call off what did not start before its last agreed day: the person can be proposed for something else."""
    row = placement_for(world.cast.counsellor(placement.referral), placement.pk)
    if row is not None and row.state == PlacementState.TO_BE_AGREED:
        cancel_placement(placement=row, reason=TOO_LATE, by=world.cast.counsellor(placement.referral), at=world.at(on))


def _sign(world: World, agreement: Agreement, party: Party, by: Actor, on: date) -> None:
    for signature in signatures_of(NIGHT, agreement):
        if signature.party == party and signature.state == "waiting":
            try:
                sign(signature=signature, method=SignMethod.LINK, digest=signature.agreement.digest, by=by, at=world.at(on, hour=13))
            except Refused as refused:
                world.told.refuse(refused.reason.code)
