"""The proposals of a round as a table, and one of them with all its alternatives. Nothing about health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import MatchRound, Proposal, RoundPlace
from opstap.journey.matching.queries import proposal_for, running_directives, visible_proposals, without_health
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

PAGE = 25
_OWN = (
    "round_id",
    "instrument",
    "state",
    "starts_on",
    "until_on",
    "reasons",
    "alternatives",
    "decided_by",
    "decision_reason",
    "expires_at",
)
_ABOUT = ("person__first_name", "person__last_name", "place__title", "place__organisation__name", "place__site__name")
_SHOWN = (*_OWN, "referral__id", *_ABOUT)
"""The columns that a line of the table is made of."""


@dataclass(frozen=True, slots=True)
class AlternativeLine:
    """Another place for the same person: what would be different, what the round would lose, and who is proposed there now."""

    place: str
    host: str
    difference: tuple[Reason, ...]
    cost: Reason
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal. `price`: what one more seat there would add, in words; `asked`: pins and the like that hold for this pair."""

    id: UUID
    round_id: UUID | None
    referral_id: UUID
    name: str
    place_id: UUID
    place: str
    host: str
    site: str
    instrument: str
    state: str
    starts_on: date
    until_on: date
    reasons: tuple[Reason, ...]
    alternatives: tuple[AlternativeLine, ...]
    price: Reason | None
    is_scarce: bool
    asked: tuple[tuple[UUID, str], ...]
    decided_by: str
    decision_reason: str
    expires_at: datetime | None

    @property
    def is_draft(self) -> bool:
        """Tell whether nobody decided on it yet."""
        return self.state == ProposalState.DRAFT

    @property
    def is_sent(self) -> bool:
        """Tell whether it waits for the answers."""
        return self.state == ProposalState.SENT

    @property
    def asked_kinds(self) -> frozenset[str]:
        """Which directives hold for this person at this place."""
        return frozenset(kind for _, kind in self.asked)


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """A page of proposals, by host, place and name."""

    page: Page[Proposal]
    lines: tuple[ProposalLine, ...]


def round_proposals(actor: Actor, match_round: MatchRound, *, state: str = "", page: int = 1) -> ProposalsPage:
    """Return a page of the round's proposals that the actor may see: five queries, whatever their number."""
    found = Paginator(_of_round(actor, match_round, state).only(*_SHOWN), PAGE).get_page(page)
    return ProposalsPage(found, _lines(list(found.object_list)))


def all_proposals(actor: Actor, match_round: MatchRound) -> tuple[ProposalLine, ...]:
    """Return every proposal of the round, for a file."""
    return _lines(list(_of_round(actor, match_round, "")))


def chosen_drafts(actor: Actor, match_round: MatchRound, ids: Iterable[UUID]) -> list[Proposal]:
    """Return those of the round's drafts that were chosen."""
    return list(_of_round(actor, match_round, ProposalState.DRAFT).filter(pk__in=list(ids)))


def proposal_line(actor: Actor, proposal_id: UUID) -> ProposalLine | None:
    """Return one visible proposal, with the names of who is proposed at the alternatives, or None."""
    row = proposal_for(actor, proposal_id)
    if row is None or row.referral.programme_id not in _programmes(actor):
        return None
    holders = {UUID(key) for each in row.alternatives or () for key in each["holders"]}
    people = Referral.objects.filter(pk__in=holders).select_related("person")
    return _lines([row], {str(each.pk): _name(each.person.first_name, each.person.last_name) for each in people})[0]


def _programmes(actor: Actor) -> frozenset[UUID]:
    return frozenset(grant.programme_id for grant in actor.grants if grant.role == "coordinator" and grant.programme_id)


def _of_round(actor: Actor, match_round: MatchRound, state: str) -> QuerySet[Proposal]:
    rows = visible_proposals(actor).filter(round=match_round)
    order = ("place__organisation__folded_name", "place__title", "place_id", "person__folded_name", "id")
    return (rows.filter(state=state) if state else rows).order_by(*order)


def _name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def _lines(rows: list[Proposal], names: Mapping[str, str] | None = None) -> tuple[ProposalLine, ...]:
    """Return the rows with the titles of their alternatives, the price of their place and what was asked of the pair."""
    others = {UUID(each["place"]) for row in rows for each in row.alternatives or ()}
    places = {str(place.pk): place for place in _named(others)}
    known = {(found["round_id"], found["place_id"]): found for found in _prices(rows)}
    asked: dict[tuple[UUID, UUID], list[tuple[UUID, str]]] = defaultdict(list)
    for each in running_directives([row.referral_id for row in rows]):
        asked[each.referral_id, each.place_id].append((each.pk, each.kind))
    lines = []
    for row in rows:
        found = known.get((row.round_id, row.place_id)) if row.round_id else None
        alternatives = tuple(_alternative(each, places, names or {}) for each in row.alternatives or () if each["place"] in places)
        lines.append(_line(row, alternatives, found, tuple(asked[row.referral_id, row.place_id])))
    return tuple(lines)


def _named(ids: set[UUID]) -> QuerySet[Place]:
    return Place.objects.filter(pk__in=ids).select_related("organisation").only("title", "organisation__name")


def _prices(rows: list[Proposal]) -> Iterable[Mapping[str, Any]]:
    """Return what one more seat is worth at the rows' places: `price` as a number, `said` as a reason in JSON."""
    rounds = {row.round_id for row in rows if row.round_id}
    found = RoundPlace.objects.filter(round__in=rounds, place__in={row.place_id for row in rows})
    return found.values("round_id", "place_id", "price", said=F("explanation__price"))


def _alternative(data: dict[str, Any], places: Mapping[str, Place], names: Mapping[str, str]) -> AlternativeLine:
    place = places[data["place"]]
    return AlternativeLine(
        place=place.title,
        host=place.organisation.name,
        difference=tuple(without_health(Reason.from_json(each)) for each in data["difference"]),
        cost=Reason.from_json(data["cost"]),
        holders=tuple(names[key] for key in data["holders"] if key in names),
    )


def _line(
    row: Proposal, alternatives: tuple[AlternativeLine, ...], found: Mapping[str, Any] | None, asked: tuple[tuple[UUID, str], ...]
) -> ProposalLine:
    return ProposalLine(
        id=row.pk,
        round_id=row.round_id,
        referral_id=row.referral_id,
        name=_name(row.person.first_name, row.person.last_name),
        place_id=row.place_id,
        place=row.place.title,
        host=row.place.organisation.name,
        site=row.place.site.name,
        instrument=row.instrument,
        state=row.state,
        starts_on=row.starts_on,
        until_on=row.until_on,
        reasons=tuple(without_health(Reason.from_json(each)) for each in row.reasons or ()),
        alternatives=alternatives,
        price=Reason.from_json(found["said"]) if found else None,
        is_scarce=bool(found and int(found["price"]) > 0),
        asked=asked,
        decided_by=row.decided_by,
        decision_reason=row.decision_reason,
        expires_at=row.expires_at,
    )
