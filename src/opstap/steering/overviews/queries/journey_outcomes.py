"""Ends, relays and outcomes of one person for the case file, and the list of what is still to be asked and taken on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.outcomes.enums import OutcomeKind, OutcomeMoment, RelayState
from opstap.journey.outcomes.models import Ending, Outcome, Relay
from opstap.journey.outcomes.queries import (
    DueMoment,
    due_moments,
    due_on,
    endings_of,
    relays_not_taken_on,
    relays_of,
    relays_to_answer,
    relays_to_make,
)
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow

KINDS = tuple((kind, Reason(f"outcomes.kind.{kind.value}")) for kind in OutcomeKind)
"""What can be told, to be put in words."""


@dataclass(frozen=True, slots=True)
class Told:
    """One moment after an end: what was told last, by whom; or since when it is to be asked."""

    moment: OutcomeMoment
    due: date
    outcome: Outcome | None
    is_due: bool

    @property
    def title(self) -> Reason:
        """The moment, to be put in words."""
        return Reason(f"outcomes.moment.{self.moment.value}")

    @property
    def kind(self) -> Reason | None:
        """What was told, to be put in words."""
        return Reason(f"outcomes.kind.{self.outcome.kind}") if self.outcome else None

    @property
    def source(self) -> Reason | None:
        """Who told it, to be put in words."""
        return Reason(f"outcomes.source.{self.outcome.source}") if self.outcome else None


@dataclass(frozen=True, slots=True)
class EndedWork:
    """One end with its views and moments."""

    ending: Ending
    moments: tuple[Told, ...]

    @property
    def why(self) -> Reason:
        """Why it ended, to be put in words."""
        return Reason(f"placements.end_reason.{self.ending.reason_code}")


@dataclass(frozen=True, slots=True)
class JourneyOutcomes:
    """What the case file shows of the end of work: running work that can be ended, ends, relays, and whether to open the journey again."""

    running: Placement | None
    ended: tuple[EndedWork, ...]
    relays: tuple[Relay, ...]
    may_return: bool
    kinds: tuple[tuple[OutcomeKind, Reason], ...] = KINDS

    @property
    def may_hand_over(self) -> bool:
        """Whether a relay can be made: work ended, and no relay is open."""
        closed = {RelayState.ACCEPTED, RelayState.WITHDRAWN}
        return bool(self.ended) and all(RelayState(relay.state) in closed for relay in self.relays)


def journey_outcomes(actor: Actor, referral: Referral, at: datetime) -> JourneyOutcomes | None:
    """Return the outcomes of one person, or None for who may not open the file. At most five queries for one end."""
    if not may_follow(actor, referral):
        return None
    running = Placement.objects.select_related("seat__place__organisation").filter(referral=referral, state=PlacementState.RUNNING)
    endings = endings_of(actor, referral.pk)
    told = _told([row.pk for row in endings])
    ended = tuple(EndedWork(row, _moments(row, told, localdate(at), is_last=row is endings[0])) for row in endings)
    return JourneyOutcomes(running.first(), ended, tuple(relays_of(actor, referral)), referral.stage == Stage.CLOSED)


def _told(ending_ids: list[UUID]) -> dict[tuple[UUID, str], Outcome]:
    rows = Outcome.objects.filter(ending_id__in=ending_ids, corrected_by__isnull=True)
    return {(row.ending_id, row.moment): row for row in rows}


def _moments(ending: Ending, told: dict[tuple[UUID, str], Outcome], on: date, *, is_last: bool) -> tuple[Told, ...]:
    """Return the moments of an end; of an earlier end only what was told."""
    rows = [Told(each, due_on(ending.on, each), told.get((ending.pk, each.value)), due_on(ending.on, each) <= on) for each in OutcomeMoment]
    return tuple(row for row in rows if is_last or row.outcome)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One relay or end that asks for somebody, in words, with what is opened."""

    what: Reason
    relay_id: UUID | None
    ending_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OutcomesPage:
    """The work list: what to ask, which relays wait for me, and what nobody took on."""

    to_ask: tuple[DueMoment, ...]
    to_answer: tuple[Relay, ...]
    to_do: tuple[ToDo, ...]


def outcomes_page(actor: Actor, at: datetime) -> OutcomesPage:
    """Return the work list of a counsellor or team lead."""
    late = [ToDo(_in_words(row), row.pk) for row in relays_not_taken_on(actor)]
    promised = [ToDo(_promised(row), None, row.pk) for row in relays_to_make(actor)[:50]]
    return OutcomesPage(tuple(due_moments(actor, localdate(at))), tuple(relays_to_answer(actor)), (*late, *promised))


def _in_words(row: Relay) -> Reason:
    facts = {"recipient": row.to_name, "name": str(row.referral.person)}
    if row.state == RelayState.DECLINED:
        return Reason("outcomes.sent_back", facts)
    return Reason("outcomes.late", {**facts, "until": row.due_on.isoformat() if row.due_on else ""})


def _promised(row: Ending) -> Reason:
    facts = {"name": str(row.referral.person), "place": row.placement.seat.place.title, "on": row.on.isoformat()}
    return Reason("outcomes.to_hand_over", facts)
