"""The board: every place by host, with what is free, taken, proposed and held, and why it stays empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.queries import coordinated_programmes
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import MatchRound, Proposal, RoundPlace
from opstap.journey.places.models import Place
from opstap.journey.places.queries import held_seats, is_paused, live_places

STALE_AFTER_DAYS = 60
"""A place that nobody confirmed for this long is asked about."""


class SeatState(StrEnum):
    """How a place stands, by its most telling seat."""

    FREE = "free"
    PROPOSED = "proposed"
    TAKEN = "taken"
    HELD = "held"
    PAUSED = "paused"


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
    """One place on the board. `empty_days`: since when a free seat stands empty; `price`: people one more seat would place, or None."""

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

    @property
    def is_stale(self) -> bool:
        """Tell whether the place should be asked about."""
        return self.confirmed_days is None or self.confirmed_days > STALE_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class BoardHost:
    """A host organisation with its places."""

    id: UUID
    name: str
    places: tuple[BoardPlace, ...]

    @property
    def seats(self) -> int:
        """Seats over all places."""
        return sum(place.seats for place in self.places)

    @property
    def free(self) -> int:
        """Free seats over all places."""
        return sum(place.free for place in self.places)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board with its totals."""

    hosts: tuple[BoardHost, ...]
    seats: int
    free: int
    taken: int
    proposed: int
    held: int
    round_on: date | None


def board(actor: Actor, programme: Programme, on: date) -> Board | None:
    """Return the board of a programme that the actor coordinates, or None."""
    if not coordinated_programmes(actor).filter(pk=programme.pk).exists():
        return None
    places = list(live_places(programme, on))
    counts = _counts([place.pk for place in places])
    loads = _mentor_loads(places, on)
    latest = MatchRound.objects.filter(programme=programme, status="done").first()
    findings = {row.place_id: row for row in RoundPlace.objects.filter(round=latest)} if latest else {}
    empty_since = _empty_since([place.pk for place in places])
    known = _Known(counts, loads, findings, empty_since)
    rows = [_row(place, known, on) for place in places]
    hosts = {place.organisation_id: place.organisation for place in places}
    grouped = tuple(
        BoardHost(key, host.name, tuple(row for row, place in zip(rows, places, strict=True) if place.organisation_id == key))
        for key, host in hosts.items()
    )
    totals = {name: sum(getattr(row, name) for row in rows) for name in ("seats", "free", "taken", "proposed", "held")}
    return Board(grouped, **totals, round_on=latest.on if latest else None)


def place_on_board(actor: Actor, programme: Programme, place_id: UUID, on: date) -> BoardPlace | None:
    """Return one place as it stands on the board, or None."""
    whole = board(actor, programme, on)
    return next((place for host in whole.hosts for place in host.places if place.id == place_id), None) if whole else None


def _counts(place_ids: Iterable[UUID]) -> Counter[tuple[UUID, str]]:
    """Return per place how many proposals are sent and accepted."""
    rows = Proposal.objects.filter(place_id__in=list(place_ids), is_reserve=False, state__in=[ProposalState.SENT, ProposalState.ACCEPTED])
    return Counter({(place, state): number for place, state, number in rows.values_list("place", "state").annotate(Count("id")).order_by()})


def _mentor_loads(places: list[Place], on: date) -> dict[UUID, MentorLoad]:
    """Return every mentor's learners: at work, agreed or proposed."""
    ids = {place.mentor_id for place in places if place.mentor_id}
    sent = Proposal.objects.filter(place__mentor_id__in=ids, is_reserve=False, state__in=[ProposalState.SENT, ProposalState.ACCEPTED])
    load = dict(sent.values_list("place__mentor").annotate(Count("id")).order_by())
    return {mentor.pk: _mentor(mentor, load.get(mentor.pk, 0), on) for mentor in Mentor.objects.filter(pk__in=ids)}


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


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read once for all places."""

    counts: Counter[tuple[UUID, str]]
    loads: dict[UUID, MentorLoad]
    findings: dict[UUID, RoundPlace]
    empty_since: dict[UUID, date]


def _row(place: Place, known: _Known, on: date) -> BoardPlace:
    seats: int = place.seat_count  # type: ignore[attr-defined]  # annotated by live_places
    taken, proposed = known.counts[place.pk, ProposalState.ACCEPTED], known.counts[place.pk, ProposalState.SENT]
    paused = is_paused(place, on)
    held = seats - taken - proposed if paused else min(held_seats(place, on), seats - taken - proposed)
    free = max(seats - taken - proposed - held, 0)
    blocked, change, opens, price = _finding(known.findings.get(place.pk))
    since = max(known.empty_since.get(place.pk, place.starts_on), place.starts_on)
    return BoardPlace(
        id=place.pk,
        title=place.title,
        site=place.site.name,
        neighbourhood=place.site.neighbourhood,
        half_days=place.half_days,
        seats=seats,
        free=free,
        taken=taken,
        proposed=proposed,
        held=held,
        state=_state(free, proposed, held, paused=paused),
        mentor=known.loads.get(place.mentor_id) if place.mentor_id else None,
        empty_days=max((on - since).days, 0) if free and since <= on else None,
        paused_until=place.paused_until if paused else None,
        starts_on=place.starts_on,
        until_on=place.until_on,
        confirmed_on=place.confirmed_at.date() if place.confirmed_at else None,
        confirmed_by=place.confirmed_by,
        confirmed_days=max((on - place.confirmed_at.date()).days, 0) if place.confirmed_at else None,
        blocked=blocked,
        smallest_change=change if free else (),
        opens=opens if free else 0,
        price=price,
    )


def _state(free: int, proposed: int, held: int, *, paused: bool) -> SeatState:
    if paused:
        return SeatState.PAUSED
    if free:
        return SeatState.FREE
    if proposed:
        return SeatState.PROPOSED
    return SeatState.HELD if held else SeatState.TAKEN


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
