"""The pins that a round could not keep: by name, with why, and where somebody decides about them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.matching.models import MatchRound, Proposal
from opstap.journey.matching.queries import round_people, without_health
from opstap.journey.places.models import Place


@dataclass(frozen=True, slots=True)
class PinLine:
    """Somebody who was pinned to a place and cannot go there. `proposal_id`: their latest proposal for it, None without one."""

    referral_id: UUID
    name: str
    place: str
    reasons: tuple[Reason, ...]
    proposal_id: UUID | None


def pins_left_out(actor: Actor, match_round: MatchRound) -> tuple[PinLine, ...]:
    """Return the pins that a visible round left out, by name; without a query when it kept them all."""
    named = match_round.summary.get("pins_left_out") or []
    if not named:
        return ()
    rows = list(round_people(actor, match_round).filter(referral_id__in=named).order_by("referral__person__folded_name", "pk"))
    said = {row.referral_id: row.explanation["pin_left_out"] for row in rows}
    wanted = {(key, UUID(each["place"])) for key, each in said.items()}
    titles = dict(Place.objects.filter(pk__in={place for _, place in wanted}).values_list("pk", "title"))
    proposals = Proposal.objects.filter(referral_id__in=said).order_by("created_at").values_list("referral_id", "place_id", "pk")
    latest = {(referral, place): key for referral, place, key in proposals}
    return tuple(
        PinLine(
            referral_id=row.referral_id,
            name=str(row.referral.person),
            place=titles.get(UUID(said[row.referral_id]["place"]), ""),
            reasons=tuple(dict.fromkeys(without_health(Reason.from_json(each)) for each in said[row.referral_id]["reasons"])),
            proposal_id=latest.get((row.referral_id, UUID(said[row.referral_id]["place"]))),
        )
        for row in rows
    )
