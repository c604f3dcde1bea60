"""The proposals of a round as a table, and one of them with all its alternatives. Nothing about health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.prepared import Prepared
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Directive, MatchRound, Proposal, RoundPlace
from opstap.journey.matching.queries import proposal_for, running_directives, without_health
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
    asked: dict[str, Any] = {
        "match_round": match_round,
        "programmes": _programmes(actor),
        "state": state if state in set(ProposalState) else "",
    }
    found: Page[Any] = Paginator(range(_COUNT.first(**asked) or 0), PAGE).get_page(page)
    found.object_list = _ROWS(**asked, limit=PAGE, offset=(found.number - 1) * PAGE)
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
    return _all(match_round, _programmes(actor), state)


def _all(match_round: MatchRound, programmes: frozenset[UUID], state: str) -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("person", "place", "place__organisation", "place__site", "referral")
    rows = rows.filter(round=match_round, referral__programme__in=programmes)
    order = ("place__organisation__folded_name", "place__title", "place_id", "person__folded_name", "id")
    return (rows.filter(state=state) if state else rows).order_by(*order)


def _count(match_round: MatchRound, programmes: frozenset[UUID], state: str) -> QuerySet[Proposal, int]:
    rows = _all(match_round, programmes, state).order_by().values("round_id")
    return rows.annotate(n=Count("pk")).values_list("n", flat=True)


def _shown(match_round: MatchRound, programmes: frozenset[UUID], state: str) -> QuerySet[Proposal]:
    return _all(match_round, programmes, state).only(*_SHOWN)


_COUNT, _ROWS = Prepared(_count), Prepared(_shown)


def _name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def _lines(rows: list[Proposal], names: Mapping[str, str] | None = None) -> tuple[ProposalLine, ...]:
    """Return the rows with the titles of their alternatives, the price of their place and what was asked of the pair."""
    others = {UUID(each["place"]) for row in rows for each in row.alternatives or ()}
    places = {str(key): names for key, *names in _NAMED(ids=frozenset(others))}
    known = {(found["round_id"], found["place_id"]): found for found in _prices(rows)}
    asked: dict[tuple[UUID, UUID], list[tuple[UUID, str]]] = defaultdict(list)
    for key, kind, *pair in _ASKED(referrals=frozenset(row.referral_id for row in rows)):
        asked[pair[0], pair[1]].append((key, kind))
    lines = []
    for row in rows:
        found = known.get((row.round_id, row.place_id)) if row.round_id else None
        alternatives = tuple(_alternative(each, places, names or {}) for each in row.alternatives or () if each["place"] in places)
        lines.append(_line(row, alternatives, found, tuple(asked[row.referral_id, row.place_id])))
    return tuple(lines)


def _named(ids: frozenset[UUID]) -> QuerySet[Place, tuple[UUID, str, str]]:
    """Return places with their title and host."""
    return Place.objects.filter(pk__in=ids).order_by().values_list("pk", "title", "organisation__name")


def _directives(referrals: frozenset[UUID]) -> QuerySet[Directive, tuple[UUID, str, UUID, UUID]]:
    return running_directives(referrals).values_list("pk", "kind", "referral_id", "place_id")


def _prices(rows: list[Proposal]) -> Iterable[Mapping[str, Any]]:
    """Return what one more seat is worth at the rows' places: `price` as a number, `said` as a reason in JSON."""
    rounds = frozenset(row.round_id for row in rows if row.round_id)
    return _PRICED(rounds=rounds, places=frozenset(row.place_id for row in rows))


def _priced(rounds: frozenset[UUID], places: frozenset[UUID]) -> QuerySet[RoundPlace, Any]:
    found = RoundPlace.objects.filter(round__in=rounds, place__in=places)
    return found.values("round_id", "place_id", "price", said=F("explanation__price"))


_NAMED, _ASKED, _PRICED = Prepared(_named), Prepared(_directives), Prepared(_priced)


def _alternative(data: dict[str, Any], places: Mapping[str, list[str]], names: Mapping[str, str]) -> AlternativeLine:
    title, host = places[data["place"]]
    return AlternativeLine(
        place=title,
        host=host,
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
        decision_reason=row.decision_reason or "",
        expires_at=row.expires_at,
    )
