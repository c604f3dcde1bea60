"""What a job seeker sees of a proposal: the place, the way to it, why, where the answers stand; and what else is free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.matching.assembly.pair import Beside, PairCheck, check_places
from opstap.journey.matching.enums import Answer, DirectiveKind, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.queries import directives_of, visible_proposals
from opstap.journey.places.models import Place
from opstap.journey.places.queries import brief_of
from opstap.journey.referrals.queries import referral_for
from opstap.steering.overviews.queries.seats import SeatState, places_with_seats


class Standing(StrEnum):
    """Where a proposal stands, seen from the person."""

    OPEN = "open"
    WANTS_CALL = "wants_call"
    SAID_YES = "said_yes"
    PLACED = "placed"
    SAID_NO = "said_no"
    HOST_SAID_NO = "host_said_no"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    SEAT_TAKEN = "seat_taken"


@dataclass(frozen=True, slots=True)
class PersonOffer:
    """A proposal as its person reads it. `minutes` one way by `mode`, None when not known; `half_days` is a mask of 14 bits."""

    proposal: Proposal
    standing: Standing
    title: str
    tasks: str
    host: str
    site: str
    address: str
    neighbourhood: str
    town: str
    home: str
    minutes: int | None
    mode: str
    half_days: int
    hours_per_month: int | None
    starts_on: date
    until_on: date
    mentor: str
    teaches: tuple[str, ...]
    reasons: tuple[Reason, ...]
    answer_by: datetime | None
    counsellor: str
    host_said_yes: bool

    @property
    def may_answer(self) -> bool:
        """Tell whether the person can still say yes or no."""
        return self.standing in {Standing.OPEN, Standing.WANTS_CALL}


@dataclass(frozen=True, slots=True)
class FittingPlace:
    """A place with a free seat where the person could start; `is_marked`: the person said "this interests me"."""

    id: UUID
    title: str
    host: str
    neighbourhood: str
    minutes: int | None
    mode: str
    half_days: int
    starts_on: date
    free: int
    is_marked: bool


def sent_proposal(actor: Actor, proposal_id: UUID) -> Proposal | None:
    """Return a sent proposal of a visible person, with its place and referral, or None: denied and absent look the same."""
    related = ("place__mentor", "referral__programme", "referral__counsellor")
    row = visible_proposals(actor).select_related(*related).filter(pk=proposal_id, sent_at__isnull=False).first()
    if row is not None:
        row.referral.person = row.person
    return row


def person_offer(actor: Actor, proposal_id: UUID, on: date) -> PersonOffer | None:
    """Return a sent proposal of a visible person as the person reads it, or None."""
    row = sent_proposal(actor, proposal_id)
    return _offer(row, check_places(row.referral, [row.place], on)[row.place_id], on) if row else None


def _offer(row: Proposal, pair: PairCheck, on: date) -> PersonOffer:
    place, person = row.place, row.person
    return PersonOffer(
        proposal=row,
        standing=standing_of(row),
        title=place.title,
        tasks=place.tasks,
        host=place.organisation.name,
        site=place.site.name,
        address=", ".join(part for part in (place.site.street, f"{place.site.postcode} {place.site.municipality}".strip()) if part),
        neighbourhood=place.site.neighbourhood,
        town=place.site.municipality,
        home=person.neighbourhood,
        minutes=pair.minutes,
        mode=pair.mode,
        half_days=place.half_days,
        hours_per_month=place.hours_per_month,
        starts_on=max(row.starts_on, on) if row.state == ProposalState.SENT else row.starts_on,
        until_on=row.until_on,
        mentor=place.mentor.name if place.mentor else "",
        teaches=tuple(place.teaches),
        reasons=tuple(Reason.from_json(reason) for reason in row.reasons or ()),
        answer_by=row.expires_at,
        counsellor=row.referral.counsellor.name if row.referral.counsellor else "",
        host_said_yes=row.host_answer == Answer.YES,
    )


def standing_of(row: Proposal) -> Standing:
    """Return where a sent proposal stands, seen from the person."""
    if row.state == ProposalState.SENT:
        answers = {Answer.YES.value: Standing.SAID_YES, Answer.CALL_ME.value: Standing.WANTS_CALL}
        return answers.get(row.person_answer, Standing.OPEN)
    if row.state == ProposalState.DECLINED:
        return Standing.SAID_NO if row.person_answer == Answer.NO else Standing.HOST_SAID_NO
    ended = {
        ProposalState.ACCEPTED.value: Standing.PLACED,
        ProposalState.LAPSED.value: Standing.LAPSED,
        ProposalState.SEAT_TAKEN.value: Standing.SEAT_TAKEN,
    }
    return ended.get(row.state, Standing.WITHDRAWN)


def places_open_to(actor: Actor, referral_id: UUID, on: date) -> list[FittingPlace]:
    """Return the places with a free seat where a visible person passes every hard rule, the nearest first; [] out of reach."""
    referral = referral_for(actor, referral_id)
    if referral is None:
        return []
    free = places_with_seats(referral.programme, on).filter(Q(stands=SeatState.FREE.value))
    open_places = list(free.select_related("organisation", "site", "mentor").order_by("title", "id"))
    beside = Beside(referral, [brief_of(place) for place in open_places], on)
    counts = beside.counts()
    marked = {row.place_id for row in directives_of(actor, referral) if row.kind == DirectiveKind.INTEREST}
    possible = [place for place in open_places if not counts[place.pk][0]]
    fitting = [_fitting(place, beside.check(place.pk), is_marked=place.pk in marked) for place in possible]
    return sorted(fitting, key=lambda each: (each.minutes is None, each.minutes, each.title))


def _fitting(place: Place, check: PairCheck, *, is_marked: bool) -> FittingPlace:
    return FittingPlace(
        id=place.pk,
        title=place.title,
        host=place.organisation.name,
        neighbourhood=place.site.neighbourhood,
        minutes=check.minutes,
        mode=check.mode,
        half_days=place.half_days,
        starts_on=check.starts_on,
        free=place.free_n,  # type: ignore[attr-defined]  # annotated by places_with_seats
        is_marked=is_marked,
    )
