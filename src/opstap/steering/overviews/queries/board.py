"""The board: places by host, with what is free, taken, proposed and held, and why a place stays empty. One page at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, IntegerField, JSONField, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.clock import day_of
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import ProposalState
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
    "shown_places",
    "with_board",
]

STALE_AFTER_DAYS = 60
"""A place that nobody confirmed for this long is asked about."""
PAGE = 25
_OWN = ("organisation", "title", "half_days", "starts_on", "until_on", "paused_until", "confirmed_at", "confirmed_by")
_SHOWN = (
    *_OWN,
    "site__name",
    "site__neighbourhood",
    "mentor__name",
    "mentor__learner_limit",
    "mentor__certified_on",
    "mentor__certified_until",
)
"""The columns that a row of the board is made of."""


@dataclass(frozen=True, slots=True)
class MentorLoad:
    """A mentor with how many learners are there or coming, out of how many; `certified_on` None: no certificate that holds or comes."""

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
    """One page of the board with the totals over everything; `found` places fit the filter."""

    hosts: tuple[BoardHost, ...]
    totals: tuple[HostTotal, ...]
    seats: int
    free: int
    taken: int
    proposed: int
    held: int
    found: int
    page: int

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
    asked: dict[str, Any] = {
        "programme": programme,
        "on": on,
        "host": host,
        "state": state if state in set(SeatState) else "",
        "text": text,
    }
    totals, found = _totals(_TOTALS.anew(**asked) if text else _TOTALS(**asked))
    number = min(max(page, 1), max(-(-found // PAGE), 1))
    rows = (_PLACES.anew if text else _PLACES)(**asked, limit=PAGE, offset=(number - 1) * PAGE)
    shown = shown_places(rows, on)
    of_host: dict[UUID, list[BoardPlace]] = defaultdict(list)
    for place, row in zip(rows, shown, strict=True):
        of_host[place.organisation_id].append(row)
    hosts = tuple(BoardHost(total, tuple(of_host[total.id])) for total in totals if total.id in of_host)
    sums = {name: sum(getattr(total, name) for total in totals) for name in ("seats", "free", "taken", "proposed", "held")}
    return Board(hosts, totals, **sums, found=found, page=number)


def _choice(host: UUID | None, state: str, text: str) -> Q:
    """Return the filter of the board: a host, a state, and words that stand in title, site or host."""
    chosen = Q(stands=state) if state else Q()
    if host is not None:
        chosen &= Q(organisation=host)
    for word in text.split():
        chosen &= Q(title__icontains=word) | Q(organisation__name__icontains=word) | Q(site__name__icontains=word)
    return chosen


def _totals(rows: list[tuple[Any, ...]]) -> tuple[tuple[HostTotal, ...], int]:
    """Return the seats per host over all places, by name, and how many places fit the filter."""
    return tuple(HostTotal(*total) for _fitting, *total in rows), sum(fitting for fitting, *_total in rows)


def _grouped(programme: Programme, on: date, host: UUID | None, state: str, text: str) -> QuerySet[Place, tuple[Any, ...]]:
    """Return per host how many places fit the filter, and what `HostTotal` holds over all of them."""
    sums = {name: Sum(f"{name}_n") for name in ("seats", "free", "taken", "proposed", "held")}
    grouped = places_with_seats(programme, on).order_by("organisation__folded_name").values("organisation_id", "organisation__name")
    counted = grouped.annotate(places=Count("pk"), fitting=Count("pk", filter=_choice(host, state, text)), **sums)
    return counted.values_list("fitting", "organisation_id", "organisation__name", "places", *sums)


def _chosen(programme: Programme, on: date, host: UUID | None, state: str, text: str) -> QuerySet[Place]:
    """Return the places that fit the filter, with all that the board shows of them."""
    return with_board(places_with_seats(programme, on).filter(_choice(host, state, text)), on).only(*_SHOWN)


_TOTALS, _PLACES = Prepared(_grouped), Prepared(_chosen)


# One look per place instead of a query each: how many learners its mentor has, since when a seat is empty, what the latest round found.
_LOAD = f"""(SELECT COUNT(*) FROM matching_proposal p JOIN places_place own ON own.id = p.place_id
    LEFT JOIN placements_placement work ON work.proposal_id = p.id
    WHERE own.mentor_id = places_place.mentor_id AND (p.state = '{ProposalState.SENT.value}' AND NOT p.is_reserve
        OR work.state <> 'cancelled' AND upper(work.period) > %s))"""  # noqa: S608 - codes of ours
_ENDED = f"""(SELECT MAX(COALESCE(GREATEST(p.decided_at, p.person_answered_at), p.expires_at)) FROM matching_proposal p
    WHERE p.place_id = places_place.id
    AND p.state IN ('{ProposalState.DECLINED.value}', '{ProposalState.LAPSED.value}', '{ProposalState.WITHDRAWN.value}'))"""  # noqa: S608 - codes of ours
_FINDING = """(SELECT jsonb_build_object('round', found.round_id, 'said', found.explanation)
    FROM (SELECT id FROM matching_matchround WHERE programme_id = places_place.programme_id AND status = 'done'
        ORDER BY requested_at DESC, id LIMIT 1) latest
    JOIN matching_roundplace found ON found.round_id = latest.id AND found.place_id = places_place.id)"""


def with_board(places: QuerySet[Place], on: date) -> QuerySet[Place]:
    """Return the places (of `seats.with_seats`) with all that `shown_places` reads: one query for everything."""
    return places.select_related("site", "mentor").annotate(
        load_n=RawSQL(_LOAD, [on], output_field=IntegerField()),  # noqa: S611 - a text of this module, the day is a parameter
        ended_at=RawSQL(_ENDED, [], output_field=DateTimeField()),  # noqa: S611 - a text of this module without a value
        finding=RawSQL(_FINDING, [], output_field=JSONField()),  # noqa: S611 - as above
    )


def shown_places(places: list[Place], on: date) -> list[BoardPlace]:
    """Return places that came by `with_board` as the board shows them."""
    return [_row(place, on) for place in places]


def _mentor(mentor: Mentor, load: int, on: date) -> MentorLoad:
    since, until = mentor.certified_on, mentor.certified_until
    has_ended = until is not None and until <= on
    certified = since is not None and since <= on and not has_ended
    return MentorLoad(mentor.name, load, mentor.learner_limit, None if has_ended else since, certified)


def _row(place: Place, on: date) -> BoardPlace:
    counts: dict[str, int] = {name: getattr(place, f"{name}_n") for name in ("seats", "free", "taken", "proposed", "held", "drafts")}
    state = SeatState(place.stands)  # type: ignore[attr-defined]  # annotated by places_with_seats
    free = counts["free"]
    finding: dict[str, Any] | None = place.finding  # type: ignore[attr-defined]  # annotated by with_board
    ended: datetime | None = place.ended_at  # type: ignore[attr-defined]  # annotated by with_board
    blocked, change, opens, price = _finding(finding["said"] if finding else None)
    since = max(day_of(ended), place.starts_on) if ended else place.starts_on
    return BoardPlace(
        id=place.pk,
        title=place.title,
        site=place.site.name,
        neighbourhood=place.site.neighbourhood,
        half_days=place.half_days,
        **counts,
        state=state,
        mentor=_mentor(place.mentor, place.load_n, on) if place.mentor else None,  # type: ignore[attr-defined]  # annotated by with_board
        empty_days=max((on - since).days, 0) if free and since <= on else None,
        paused_until=place.paused_until if state is SeatState.PAUSED else None,
        starts_on=place.starts_on,
        until_on=place.until_on,
        confirmed_on=day_of(place.confirmed_at) if place.confirmed_at else None,
        confirmed_by=place.confirmed_by,
        confirmed_days=max((on - day_of(place.confirmed_at)).days, 0) if place.confirmed_at else None,
        blocked=blocked,
        smallest_change=change if free else (),
        opens=opens if free else 0,
        price=price,
        round_id=UUID(finding["round"]) if finding else None,
    )


def _finding(said: dict[str, Any] | None) -> tuple[Reason | None, tuple[Reason, ...], int, Reason | None]:
    """Return from the latest round: why free seats cannot be used, the best change with how many it opens, and the price in words."""
    if said is None:
        return None, (), 0, None
    blocked = Reason.from_json(said["blocked"]) if said.get("blocked") else None
    best = said["changes"][0] if said.get("changes") else None
    change = tuple(Reason.from_json(reason) for reason in best["reasons"]) if best else ()
    price = Reason.from_json(said["price"]) if said.get("price") else None
    return blocked, change, best["opens"] if best else 0, price
