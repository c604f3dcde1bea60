"""The board: places by host, with what is free, taken, proposed and held, and why a place stays empty. One page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import MatchRound, Proposal, RoundPlace
from opstap.journey.places.models import Place
from opstap.steering.overviews.permissions import may_steer
from opstap.steering.overviews.queries.seats import SeatState, places_with_seats

__all__ = [
    "PAGE",
    "STALE_AFTER_DAYS",
    "Board",
    "BoardHost",
    "BoardPlace",
    "HostTotal",
    "MentorLoad",
    "SeatState",
    "board",
    "place_on_board",
]

STALE_AFTER_DAYS = 60
"""A place that nobody confirmed for this long is asked about."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class MentorLoad:
    """A mentor with how many learners are there or coming, out of how many."""

    name: str
    load: int
    limit: int
    certified_on: date | None
    is_certified: bool

    @property
    def is_full(self) -> bool:
        """Tell whether no learner can be added."""
        return self.load >= self.limit


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """One place on the board. `empty_days`: since when a free seat stands empty; `drafts`: proposals for it that nobody decided on.

    `price`: what one more seat would add, in words; `round_id`: the latest round, which found it, or None without one.
    """

    id: UUID
    title: str
    site: str
    neighbourhood: str
    half_days: int
    seats: int
    free: int
    taken: int
    proposed: int
    held: int
    drafts: int
    state: SeatState
    mentor: MentorLoad | None
    empty_days: int | None
    paused_until: date | None
    starts_on: date
    until_on: date | None
    confirmed_on: date | None
    confirmed_by: str
    confirmed_days: int | None
    blocked: Reason | None
    smallest_change: tuple[Reason, ...]
    opens: int
    price: Reason | None
    round_id: UUID | None

    @property
    def is_stale(self) -> bool:
        """Tell whether the place should be asked about."""
        return self.confirmed_days is None or self.confirmed_days > STALE_AFTER_DAYS

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Seats per state, those that there are: ("free", 2)."""
        return tuple((state, number) for state in ("free", "proposed", "taken", "held") if (number := getattr(self, state)))


@dataclass(frozen=True, slots=True)
class HostTotal:
    """A host with its seats over all its places."""

    id: UUID
    name: str
    places: int
    seats: int
    free: int
    taken: int
    proposed: int
    held: int


@dataclass(frozen=True, slots=True)
class BoardHost:
    """A host organisation with those of its places that are on this page."""

    total: HostTotal
    places: tuple[BoardPlace, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the board with the totals over everything; `found` places fit the filter, `round_on` is the day of the latest round."""

    hosts: tuple[BoardHost, ...]
    totals: tuple[HostTotal, ...]
    seats: int
    free: int
    taken: int
    proposed: int
    held: int
    found: int
    page: int
    round_on: date | None

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return max(-(-self.found // PAGE), 1)


def board(
    actor: Actor, programme: Programme, on: date, *, host: UUID | None = None, state: str = "", text: str = "", page: int = 1
) -> Board | None:
    """Return a page of the board of a programme that the actor coordinates, or None."""
    if not may_steer(actor, programme):
        return None
    places = places_with_seats(programme, on)
    chosen = _choice(host, state, text)
    totals, found = _totals(places, chosen)
    number = min(max(page, 1), max(-(-found // PAGE), 1))
    rows = list(places.filter(chosen).select_related("organisation", "site", "mentor")[(number - 1) * PAGE : number * PAGE])
    latest, shown = shown_places(programme, rows, on)
    hosts = tuple(
        BoardHost(total, tuple(row for row, place in zip(shown, rows, strict=True) if place.organisation_id == total.id))
        for total in totals
        if any(place.organisation_id == total.id for place in rows)
    )
    sums = {name: sum(getattr(total, name) for total in totals) for name in ("seats", "free", "taken", "proposed", "held")}
    return Board(hosts, totals, **sums, found=found, page=number, round_on=latest)


def place_on_board(actor: Actor, programme: Programme, place_id: UUID, on: date) -> BoardPlace | None:
    """Return one place as it stands on the board, or None."""
    if not may_steer(actor, programme):
        return None
    rows = list(places_with_seats(programme, on).filter(pk=place_id).select_related("organisation", "site", "mentor"))
    return shown_places(programme, rows, on)[1][0] if rows else None


def _choice(host: UUID | None, state: str, text: str) -> Q:
    """Return the filter of the board: a host, a state, and words that stand in title, site or host."""
    chosen = Q(stands=state) if state in set(SeatState) else Q()
    if host is not None:
        chosen &= Q(organisation=host)
    for word in text.split():
        chosen &= Q(title__icontains=word) | Q(organisation__name__icontains=word) | Q(site__name__icontains=word)
    return chosen


def _totals(places: QuerySet[Place], chosen: Q) -> tuple[tuple[HostTotal, ...], int]:
    """Return the seats per host over all places, by name, and how many places fit the filter: one query."""
    sums = {name: Sum(f"{name}_n") for name in ("seats", "free", "taken", "proposed", "held")}
    grouped = places.order_by("organisation__folded_name").values("organisation_id", "organisation__name", "organisation__folded_name")
    rows: list[dict[str, Any]]
    rows = list(grouped.annotate(places=Count("pk"), fitting=Count("pk", filter=chosen), **sums))  # type: ignore[arg-type]  # rows of annotations
    totals = tuple(
        HostTotal(row["organisation_id"], row["organisation__name"], row["places"], **{name: row[name] for name in sums}) for row in rows
    )
    return totals, sum(row["fitting"] for row in rows)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read once for all places on the page."""

    loads: dict[UUID, int]
    findings: dict[UUID, RoundPlace]
    empty_since: dict[UUID, date]


def shown_places(programme: Programme, places: list[Place], on: date) -> tuple[date | None, list[BoardPlace]]:
    """Return the day of the latest round and the places as the board shows them: three queries, whatever their number."""
    ids = [place.pk for place in places]
    latest = MatchRound.objects.filter(programme=programme, status="done").values("pk")[:1]
    findings = {row.place_id: row for row in RoundPlace.objects.filter(round__in=latest, place__in=ids).select_related("round")}
    known = _Known(_loads({place.mentor_id for place in places if place.mentor_id}), findings, _empty_since(ids))
    return next((row.round.on for row in findings.values()), None), [_row(place, known, on) for place in places]


def _loads(mentor_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return every mentor's number of learners: at work, agreed or proposed."""
    taking = [ProposalState.SENT, ProposalState.ACCEPTED]
    sent = Proposal.objects.filter(place__mentor_id__in=list(mentor_ids), is_reserve=False, state__in=taking)
    return dict(sent.values_list("place__mentor").annotate(Count("id")).order_by())


def _mentor(mentor: Mentor, load: int, on: date) -> MentorLoad:
    certified = mentor.certified_on is not None and mentor.certified_on <= on
    return MentorLoad(mentor.name, load, mentor.learner_limit, mentor.certified_on, certified)


def _empty_since(place_ids: list[UUID]) -> dict[UUID, date]:
    """Return per place the last day on which a proposal or placement for it ended without being replaced."""
    ended = Proposal.objects.filter(
        place_id__in=place_ids, state__in=[ProposalState.DECLINED, ProposalState.LAPSED, ProposalState.WITHDRAWN]
    )
    latest: dict[UUID, date] = {}
    for place_id, decided, answered, expires in ended.values_list("place_id", "decided_at", "person_answered_at", "expires_at"):
        moment = max((each for each in (decided, answered) if each), default=expires)
        if moment is not None:
            latest[place_id] = max(latest.get(place_id, moment.date()), moment.date())
    return latest


def _row(place: Place, known: _Known, on: date) -> BoardPlace:
    counts: dict[str, int] = {name: getattr(place, f"{name}_n") for name in ("seats", "free", "taken", "proposed", "held", "drafts")}
    state = SeatState(place.stands)  # type: ignore[attr-defined]  # annotated by places_with_seats
    free = counts["free"]
    finding = known.findings.get(place.pk)
    blocked, change, opens, price = _finding(finding)
    since = max(known.empty_since.get(place.pk, place.starts_on), place.starts_on)
    return BoardPlace(
        id=place.pk,
        title=place.title,
        site=place.site.name,
        neighbourhood=place.site.neighbourhood,
        half_days=place.half_days,
        **counts,
        state=state,
        mentor=_mentor(place.mentor, known.loads.get(place.mentor.pk, 0), on) if place.mentor else None,
        empty_days=max((on - since).days, 0) if free and since <= on else None,
        paused_until=place.paused_until if state is SeatState.PAUSED else None,
        starts_on=place.starts_on,
        until_on=place.until_on,
        confirmed_on=place.confirmed_at.date() if place.confirmed_at else None,
        confirmed_by=place.confirmed_by,
        confirmed_days=max((on - place.confirmed_at.date()).days, 0) if place.confirmed_at else None,
        blocked=blocked,
        smallest_change=change if free else (),
        opens=opens if free else 0,
        price=price,
        round_id=finding.round_id if finding else None,
    )


def _finding(finding: RoundPlace | None) -> tuple[Reason | None, tuple[Reason, ...], int, Reason | None]:
    """Return from the latest round: why free seats cannot be used, the best change with how many it opens, and the price in words."""
    if finding is None:
        return None, (), 0, None
    said = finding.explanation
    blocked = Reason.from_json(said["blocked"]) if said.get("blocked") else None
    best = said["changes"][0] if said.get("changes") else None
    change = tuple(Reason.from_json(reason) for reason in best["reasons"]) if best else ()
    price = Reason.from_json(said["price"]) if said.get("price") else None
    return blocked, change, best["opens"] if best else 0, price
