"""Pins, forbidden pairs, vetoes, refusals and interests: what people ask of every round."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive
from opstap.journey.matching.permissions import may_propose, may_refuse_for_host
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import is_the_person

_PERSONS_OWN = (DirectiveKind.VETO, DirectiveKind.INTEREST)


def _may_ask(by: Actor, kind: DirectiveKind, referral: Referral, place: Place) -> bool:
    if kind in _PERSONS_OWN and is_the_person(by, referral):
        return True
    if kind is DirectiveKind.HOST_REFUSAL:
        return may_refuse_for_host(by, referral, place)
    return may_propose(by, referral)


@operation
def give_directive(*, kind: DirectiveKind, referral: Referral, place: Place, reason: str, by: Actor, at: datetime) -> Directive:
    """Ask this of every round until it is ended; asking twice changes nothing.

    A pin and a "not this place" for the same pair exclude each other: the newer one ends the older one.
    Raises `Refused` when the actor may not ask it.
    """
    if not _may_ask(by, kind, referral, place):
        raise Refused(Reason("matching.may_not_ask"))
    running = Directive.objects.filter(referral=referral, place=place, ended_at__isnull=True)
    existing = running.filter(kind=kind.value).first()
    if existing is None:
        opposites = _opposites(kind)
        running.filter(kind__in=opposites).update(ended_at=at)
        if kind is DirectiveKind.PIN:
            Directive.objects.filter(referral=referral, kind=kind.value, ended_at__isnull=True).update(ended_at=at)
        existing = Directive(kind=kind.value, referral=referral, place=place, by_label=by.label, created_at=at)
        existing.reason = reason.strip() or None
        existing.save()
    facts = {"kind": kind.value, "place": str(place.pk)}
    record(
        by=by, at=at, action="give_directive", subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id, facts=facts
    )
    return existing


def _opposites(kind: DirectiveKind) -> list[str]:
    against = [DirectiveKind.FORBID.value, DirectiveKind.VETO.value, DirectiveKind.HOST_REFUSAL.value]
    towards = [DirectiveKind.PIN.value, DirectiveKind.INTEREST.value]
    if kind in _PERSONS_OWN:
        return [DirectiveKind.INTEREST.value if kind is DirectiveKind.VETO else DirectiveKind.VETO.value]
    return [DirectiveKind.FORBID.value] if kind.value in towards else [item for item in towards if item == "pin" and kind.value in against]


@operation
def end_directive(*, directive: Directive, by: Actor, at: datetime) -> Directive:
    """Stop asking it."""
    if not _may_ask(by, DirectiveKind(directive.kind), directive.referral, directive.place):
        raise Refused(Reason("matching.may_not_ask"))
    directive.ended_at = at
    directive.save(update_fields=["ended_at"])
    person_id = directive.referral.person_id
    facts = {"kind": directive.kind, "place": str(directive.place_id)}
    record(
        by=by, at=at, action="end_directive", subject_kind="referral", subject_id=directive.referral_id, person_id=person_id, facts=facts
    )
    return directive
