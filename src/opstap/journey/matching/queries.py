"""Rounds and proposals that an actor may see, and how many seats of a place are spoken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import LetterChannel, ProposalState, RoundStatus
from opstap.journey.matching.models import Directive, Letter, MatchRound, Proposal, RoundPerson, RoundPlace
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow
from opstap.journey.referrals.queries import rows_of, visible_referrals

GIVEN_UP_AFTER = timedelta(minutes=15)
"""A round that takes longer than this was left behind by its worker."""

UNDER_WAY = (RoundStatus.QUEUED.value, RoundStatus.RUNNING.value)
"""States in which a round keeps others from starting."""

SEAT_TAKING = (ProposalState.SENT.value, ProposalState.ACCEPTED.value)
"""States in which a proposal can speak for a seat: sent (held for the answers) and accepted (as long as its placement runs)."""

_HEALTH_CODES = frozenset({"matching.limits_clash", "matching.limits_unknown"})


def without_health(reason: Reason) -> Reason:
    """Return the reason as somebody outside the case file may read it: a limit of the body is named, but not which."""
    return Reason("matching.physical_limit_general", {}, reason.reference) if reason.code in _HEALTH_CODES else reason


def takes_seat(on: date) -> Q:
    """Return which proposals speak for a seat on a day or later: those sent (reserves hold none), and those whose placement runs.

    What counts of a placement is its period and state alone: once it is called off, or its last day lies before `on`, the seat
    and the mentor are free.
    """
    return Q(state=ProposalState.SENT, is_reserve=False) | _placed(on)


def _placed(on: date) -> Q:
    return Q(placement__period__endswith__gt=on) & ~Q(placement__state="cancelled")


def seats_spoken_for(place_ids: Iterable[UUID], on: date) -> Counter[UUID]:
    """Return per place how many seats are spoken for on a day or later."""
    ids = tuple(place_ids)
    ask = _SPOKEN_FOR if len(ids) == 1 else _SPOKEN_FOR.anew
    return Counter(dict(ask(place_ids=ids, on=on)))


def programme_seats_spoken_for(programme: Programme, on: date) -> Counter[UUID]:
    """Return the same for every place of a programme."""
    return Counter(dict(_SPOKEN_FOR_THERE(programme=programme, on=on)))


def _by_place(taking: QuerySet[Proposal]) -> QuerySet[Proposal, tuple[UUID, int]]:
    return taking.values_list("place_id").annotate(count=Count("id")).order_by()


_SPOKEN_FOR = Prepared(lambda place_ids, on: _by_place(Proposal.objects.filter(takes_seat(on), place_id__in=place_ids)))
_SPOKEN_FOR_THERE = Prepared(lambda programme, on: _by_place(Proposal.objects.filter(takes_seat(on), place__programme=programme)))


def learners_spoken_for(place: Place, on: date) -> tuple[int, int]:
    """Return how many learners, there or sent, the place's mentor, and its host, have at all their places together."""
    return _learners(_GUIDED, place, on)


def learners_elsewhere(mentor_ids: Iterable[UUID], host_ids: Iterable[UUID], places: Iterable[UUID], on: date) -> Counter[UUID]:
    """Return per mentor and per host how many learners they have at other places than these: of other programmes, or closed ones."""
    mentors, hosts = set(mentor_ids), set(host_ids)
    taking = Proposal.objects.filter(takes_seat(on), Q(place__mentor_id__in=mentors) | Q(place__organisation_id__in=hosts))
    found: Counter[UUID] = Counter()
    for mentor_id, host_id in taking.exclude(place_id__in=list(places)).values_list("place__mentor_id", "place__organisation_id"):
        found.update(key for key in (mentor_id, host_id) if key in mentors or key in hosts)
    return found


def learners_placed(place: Place, on: date) -> tuple[int, int]:
    """Return how many learners the place's mentor, and its host, have by a placement, at all their places together."""
    return _learners(_PLACED, place, on)


def _learners(ask: Prepared[tuple[int, int]], place: Place, on: date) -> tuple[int, int]:
    found = ask.first(mentor_id=place.mentor_id, host_id=place.organisation_id, on=on)
    return found or (0, 0)


def _number(taking: QuerySet[Proposal], mentor_id: UUID | None, host_id: UUID) -> QuerySet[Proposal, tuple[int, int]]:
    """Return a question whose one row is how many learners the mentor has among these, and how many the host."""
    theirs = Q(place__organisation_id=host_id)
    of_mentor = Count("pk", filter=Q(place__mentor_id=mentor_id)) if mentor_id else Value(0)
    counted = taking.filter(theirs | Q(place__mentor_id=mentor_id) if mentor_id else theirs).order_by()
    one_group = counted.annotate(every=Value(1)).values("every")
    return one_group.annotate(of_mentor=of_mentor, of_host=Count("pk", filter=theirs)).values_list("of_mentor", "of_host")


_GUIDED = Prepared(lambda mentor_id, host_id, on: _number(Proposal.objects.filter(takes_seat(on)), mentor_id, host_id))
_PLACED = Prepared(lambda mentor_id, host_id, on: _number(Proposal.objects.filter(_placed(on)), mentor_id, host_id))


def coordinated_rounds(actor: Actor) -> QuerySet[MatchRound]:
    """Return the rounds of the programmes that the actor coordinates."""
    rounds = MatchRound.objects.all()
    return rounds if actor.kind is ActorKind.SYSTEM else rounds.filter(programme_id__in=actor.programme_ids(Role.COORDINATOR))


def round_for(actor: Actor, round_id: UUID) -> MatchRound | None:
    """Return one round, or None: denied and absent look the same."""
    if actor.kind is ActorKind.SYSTEM:
        return MatchRound.objects.select_related("programme").filter(pk=round_id).first()
    return _ROUND.first(round_id=round_id, programmes=actor.programme_ids(Role.COORDINATOR))


def _round(round_id: UUID, programmes: frozenset[UUID]) -> QuerySet[MatchRound]:
    return MatchRound.objects.select_related("programme").filter(pk=round_id, programme_id__in=programmes)


_ROUND = Prepared(_round)


def stale_rounds(at: datetime) -> QuerySet[MatchRound]:
    """Return the rounds that no worker is computing any more: asked for so long ago that it was killed, or never came."""
    return MatchRound.objects.filter(status__in=UNDER_WAY, requested_at__lt=at - GIVEN_UP_AFTER)


def latest_round(programme: Programme) -> MatchRound | None:
    """Return the latest round of a programme that is done; it shows numbers only, rows come through `round_for`."""
    return MatchRound.objects.filter(programme=programme, status="done").first()


def round_people(actor: Actor, match_round: MatchRound) -> QuerySet[RoundPerson]:
    """Return what a visible round found per person."""
    rows = RoundPerson.objects.select_related("referral", "referral__person")
    return rows.filter(round__in=coordinated_rounds(actor).filter(pk=match_round.pk))


def round_places(actor: Actor, match_round: MatchRound) -> QuerySet[RoundPlace]:
    """Return what a visible round found per place."""
    rows = RoundPlace.objects.select_related("place", "place__organisation", "place__site")
    return rows.filter(round__in=coordinated_rounds(actor).filter(pk=match_round.pk))


def latest_finding(actor: Actor, referral: Referral) -> RoundPerson | None:
    """Return what the latest finished round found for a visible person."""
    if may_follow(actor, referral):
        return _FOUND.first(referral_id=referral.pk)
    return _found().filter(rows_of(actor, referral)).first()


def _found() -> QuerySet[RoundPerson]:
    rows = RoundPerson.objects.filter(round__status="done").select_related("round").only("is_placed", "explanation", "round__on")
    return rows.order_by("-round__requested_at")


_FOUND = Prepared(lambda referral_id: _found().filter(referral_id=referral_id))


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Return the proposals within reach: of visible people, or sent to the actor's own host organisation. Drafts never reach a host."""
    proposals = Proposal.objects.select_related("person", "place", "place__organisation", "place__site", "referral")
    if actor.kind is ActorKind.SYSTEM:
        return proposals
    return proposals.filter(
        Q(referral__in=visible_referrals(actor)) | _sent_to(actor.organisation_ids(Role.HOST), actor.subject_ids(Role.HOST))
    )


def proposal_for(actor: Actor, proposal_id: UUID) -> Proposal | None:
    """Return one visible proposal, or None."""
    return visible_proposals(actor).filter(pk=proposal_id).first()


def host_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Return the proposals sent to the actor's own host organisations, those that wait for an answer first; by a link its own only."""
    return proposals_sent_to(actor.organisation_ids(Role.HOST), actor.subject_ids(Role.HOST))


def proposals_sent_to(organisations: frozenset[UUID], linked: frozenset[UUID]) -> QuerySet[Proposal]:
    """Return what `host_proposals` does, for the host role at these organisations or for these single things."""
    sent = Proposal.objects.filter(_sent_to(organisations, linked))
    return sent.select_related("person", "place", "place__site").order_by("host_answered_at", "expires_at", "id")


def _sent_to(organisations: frozenset[UUID], linked: frozenset[UUID]) -> Q:
    """Return which proposals reach a host: a link opens one."""
    own = Q(place__organisation_id__in=organisations)
    if linked:
        own |= Q(pk__in=linked)
    return own & Q(sent_at__isnull=False)


def running_directives(referral_ids: Iterable[UUID] | None = None) -> QuerySet[Directive]:
    """Return the pins, forbidden pairs, vetoes, refusals and interests that hold now."""
    running = Directive.objects.filter(ended_at__isnull=True)
    return running if referral_ids is None else running.filter(referral_id__in=list(referral_ids))


def directives_of(actor: Actor, referral: Referral) -> QuerySet[Directive]:
    """Return what was asked of every round for a visible person."""
    return running_directives().filter(rows_of(actor, referral)).select_related("place", "place__organisation")


def asked_in_brief(actor: Actor, referral: Referral) -> list[Directive]:
    """Return what was asked of every round for a visible person: what, why, by whom, when, and of which place."""
    if may_follow(actor, referral):
        return _ASKED(referral_id=referral.pk)
    return list(running_directives().filter(rows_of(actor, referral)).only(*_BRIEF))


_BRIEF = ("kind", "reason", "by_label", "created_at", "place_id")
_ASKED = Prepared(lambda referral_id: running_directives().filter(referral_id=referral_id).only(*_BRIEF))

_ON_PAPER = ("proposal__person", "proposal__place__organisation", "proposal__referral__counsellor")


def paper_letters(actor: Actor) -> QuerySet[Letter]:
    """Return the letters on paper to visible people that still say what is so: a proposal that can be answered, or how one ended."""
    proposed = Q(channel=LetterChannel.PAPER, proposal__state=ProposalState.SENT)
    ended = Q(channel=LetterChannel.PAPER_NEWS) & ~Q(proposal__state=ProposalState.SENT)
    visible = Letter.objects.filter(proposed | ended, proposal__referral__in=visible_referrals(actor))
    return visible.select_related(*_ON_PAPER)


def letters_to_print(actor: Actor) -> QuerySet[Letter]:
    """Return the paper letters of visible people that were not printed yet, the oldest first.

    News of how a proposal ended is left out once there was contact with the person after it: then it was told.
    """
    contact = "proposal__referral__last_contact_at"
    is_told = Q(channel=LetterChannel.PAPER_NEWS, **{f"{contact}__gte": F("created_at")})
    return paper_letters(actor).filter(sent_at__isnull=True).exclude(is_told).order_by("created_at", "id")


def letters_to_post(actor: Actor, after: datetime) -> QuerySet[Letter]:
    """Return the paper letters of visible people that were printed and not posted yet, the oldest first.

    One of a proposal that ended meanwhile is among them when it was printed after that moment: it is taken out of the pile.
    """
    printed = Q(sent_at__isnull=False, posted_at__isnull=True, channel__in=[LetterChannel.PAPER, LetterChannel.PAPER_NEWS])
    stands = Q(channel=LetterChannel.PAPER_NEWS) | Q(proposal__state=ProposalState.SENT) | Q(sent_at__gt=after)
    visible = Letter.objects.filter(printed, stands, proposal__referral__in=visible_referrals(actor))
    return visible.select_related(*_ON_PAPER).order_by("sent_at", "id")


def letters_posted(actor: Actor, after: datetime) -> QuerySet[Letter]:
    """Return the paper letters of visible people that were posted after a moment, the latest first."""
    return paper_letters(actor).filter(posted_at__gt=after).order_by("-posted_at", "id")


def letters_of(actor: Actor, proposal: Proposal) -> list[Letter]:
    """Return the letters and e-mails about a visible proposal, oldest first."""
    return list(Letter.objects.filter(proposal=proposal, proposal__in=visible_proposals(actor)))
