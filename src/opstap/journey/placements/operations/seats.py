"""More or fewer seats at a place, with everybody who is there or coming counted while nobody can join them."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place
from opstap.journey.places.operations import set_seat_count


@operation
def resize_place(*, place: Place, seats: int, by: Actor, at: datetime) -> int:
    """Give a place so many seats; return the number. Raises `Refused`, naming the numbers, when too many are occupied or proposed."""
    lock_in_order(f"place:{place.pk}")
    running = Placement.objects.filter(seat__place=place, period__endswith__gt=localdate(at)).exclude(state=PlacementState.CANCELLED)
    proposed = Proposal.objects.filter(place=place, state=ProposalState.SENT, is_reserve=False).count()
    occupied = frozenset(running.values_list("seat_id", flat=True))
    return set_seat_count(place=place, seats=seats, occupied=occupied, proposed=proposed, by=by, at=at)
