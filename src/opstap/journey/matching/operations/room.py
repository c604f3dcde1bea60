"""Whether there is room for somebody more at a place: its seats, its mentor and its host, locked while that is decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from opstap.engine.shared import Reason, Refused
from opstap.foundation.audit.operations import lock_in_order
from opstap.foundation.prepared import Prepared
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.queries import learners_placed, learners_spoken_for, seats_spoken_for
from opstap.journey.places.models import Place
from opstap.journey.places.queries import held_seats, is_paused


def lock_seats(place: Place, person_id: UUID) -> None:
    """Lock everything that decides on a free seat: place, mentor and host; and the person."""
    lock_in_order(f"person:{person_id}", *seat_keys(place))


def seat_keys(place: Place) -> tuple[str, ...]:
    """Return the locks of everything that decides on a free seat: place, mentor and host."""
    guides = (f"mentor:{place.mentor_id}",) if place.mentor_id else ()
    return (f"place:{place.pk}", f"host:{place.organisation_id}", *guides)


def lock_proposal(proposal: Proposal) -> Proposal:
    """Lock the place with its mentor and host and the person of a proposal, in a fixed order; return the proposal as it is now."""
    lock_seats(proposal.place, proposal.person_id)
    row = _LOCKED(proposal=proposal)[0]
    row.referral.person = row.person
    return row


def _locked(proposal: Proposal) -> QuerySet[Proposal]:
    related = ("person", "place", "place__organisation", "place__site", "place__mentor", "referral", "referral__programme")
    return Proposal.objects.select_related(*related).select_for_update(of=("self",)).filter(pk=proposal.pk)


_LOCKED = Prepared(_locked)


def must_be_open(place: Place, on: date) -> None:
    """Raise `Refused` when the place takes nobody on this day, reserve or not."""
    if place.closed_at is not None or (place.until_on is not None and place.until_on <= on):
        raise Refused(Reason("matching.place_closed", {"place": place.title}))
    if is_paused(place, on):
        until = place.paused_until.isoformat() if place.paused_until else None
        raise Refused(Reason("matching.place_paused", {"place": place.title, "until": until}))


def must_have_seat(place: Place, on: date) -> None:
    """Raise `Refused` when no seat of the place can be proposed now, or its mentor or host is full; the caller has locked them."""
    live = place.seats.filter(retired_on__isnull=True).count()
    spoken_for = seats_spoken_for([place.pk], on)[place.pk]
    if live - held_seats(place, on) - spoken_for < 1:
        raise Refused(Reason("matching.no_free_seat", {"place": place.title, "seats": live, "spoken_for": spoken_for}))
    if full := _full(place, *learners_spoken_for(place, on)):
        raise Refused(Reason(full))


def has_guidance(place: Place, on: date) -> bool:
    """Tell whether mentor and host can take one learner more beside those who have a placement; the caller has locked them.

    Who was only proposed does not count: the first two yeses win, be they a reserve's.
    """
    return not _full(place, *learners_placed(place, on))


def _full(place: Place, of_mentor: int, of_host: int) -> str:
    """Return the code of what is full with so many learners, "" when neither mentor nor host is."""
    if place.mentor is not None and of_mentor >= place.mentor.learner_limit:
        return "matching.mentor_full"
    if place.organisation.learner_limit is not None and of_host >= place.organisation.learner_limit:
        return "matching.host_full"
    return ""
