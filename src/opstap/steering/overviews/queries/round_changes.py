"""What changed from one round to another: who gained a place, lost one, moved, or went on in the meantime."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.journey.matching.models import MatchRound
from opstap.journey.matching.queries import round_people, visible_proposals
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral


class Turn(StrEnum):
    """What the newer round means for somebody."""

    GAINED = "gained"
    LOST = "lost"
    MOVED = "moved"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One person whose proposal differs: the place before and after, "" for none."""

    referral_id: UUID
    name: str
    turn: Turn
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RoundChanges:
    """All differences, by kind and name, with how many stayed the same."""

    lines: tuple[TurnLine, ...]
    same: int

    def count(self, turn: Turn) -> int:
        """Return how many people have this turn."""
        return sum(line.turn is turn for line in self.lines)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return the number of people per turn."""
        return tuple((turn.value, self.count(turn)) for turn in Turn)


def round_changes(actor: Actor, newer: MatchRound, older: MatchRound) -> RoundChanges:
    """Return what the newer of two visible rounds changed: five queries, whatever the number of people.

    Whoever was proposed before and takes no part in the newer round (sent, placed or closed meanwhile) "left", which is not a loss.
    """
    had, has = _places(actor, older), _places(actor, newer)
    taking_part = set(round_people(actor, newer).filter(referral__in=list(had)).values_list("referral_id", flat=True))
    differing = [key for key in had.keys() | has.keys() if had.get(key) != has.get(key)]
    names = _names(differing)
    titles = _titles({place for key in differing for place in (had.get(key), has.get(key)) if place})
    lines = [
        TurnLine(
            referral_id=key,
            name=names[key],
            turn=_turn(had.get(key), has.get(key), takes_part=key in taking_part),
            before=titles.get(had.get(key), ""),
            after=titles.get(has.get(key), ""),
        )
        for key in differing
    ]
    order = list(Turn)
    lines.sort(key=lambda line: (order.index(line.turn), line.name, line.referral_id))
    return RoundChanges(tuple(lines), len(had.keys() & has.keys()) - sum(key in had and key in has for key in differing))


def _turn(before: UUID | None, after: UUID | None, *, takes_part: bool) -> Turn:
    if before is None:
        return Turn.GAINED
    if after is not None:
        return Turn.MOVED
    return Turn.LOST if takes_part else Turn.LEFT


def _places(actor: Actor, match_round: MatchRound) -> dict[UUID, UUID]:
    return dict(visible_proposals(actor).filter(round=match_round).values_list("referral_id", "place_id"))


def _names(referral_ids: list[UUID]) -> dict[UUID, str]:
    rows = Referral.objects.filter(pk__in=referral_ids).values_list("pk", "person__first_name", "person__last_name")
    return {key: f"{first} {last}".strip() for key, first, last in rows}


def _titles(place_ids: set[UUID]) -> dict[UUID | None, str]:
    rows = Place.objects.filter(pk__in=place_ids).values_list("pk", "title", "organisation__name")
    return {key: f"{title}, {host}" for key, title, host in rows}
