"""What ends with somebody's work at a place, told before anybody confirms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from opstap.foundation.actor import Actor
from opstap.foundation.outbox.enums import MessageState
from opstap.foundation.outbox.models import Message
from opstap.journey.agreements.enums import AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.queries import followed_referrals


@dataclass(frozen=True, slots=True)
class EndingPage:
    """Running work that can be ended on a day from `first` up to and including `last`, and what stops with it."""

    placement: Placement
    first: date
    last: date
    proposed: date
    agreement: str
    addenda: int
    messages: int

    @property
    def place(self) -> str:
        """What the place is called."""
        return self.placement.seat.place.title

    @property
    def host(self) -> str:
        """The name of the host."""
        return self.placement.seat.place.organisation.name


def ending_page(actor: Actor, placement_id: UUID, at: datetime) -> EndingPage | None:
    """Return the running work of somebody whom the actor follows, or None."""
    related = ("referral__person", "seat__place__organisation")
    running = Placement.objects.select_related(*related).filter(state=PlacementState.RUNNING, referral__in=followed_referrals(actor))
    placement = running.filter(pk=placement_id).first()
    if placement is None:
        return None
    agreements = list(Agreement.objects.filter(placement=placement, state=AgreementState.IN_FORCE).values_list("pk", "kind", "number"))
    base = next((number for _, kind, number in agreements if kind == AgreementKind.AGREEMENT), "")
    subjects = [placement.pk, *(key for key, _, _ in agreements)]
    waiting = Message.objects.filter(subject_id__in=subjects, state=MessageState.QUEUED).count()
    first, last = placement.period.lower + timedelta(days=1), placement.period.upper
    proposed = min(max(localdate(at) + timedelta(days=1), first), last)
    return EndingPage(placement, first, last, proposed, base, max(len(agreements) - 1, 0), waiting)
