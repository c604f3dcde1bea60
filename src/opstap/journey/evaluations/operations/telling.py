"""What is said about evaluations: to who writes, and to the person when there is something to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Actor
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, queue_message
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.queries.writers import writers_of
from opstap.journey.people.queries import recipient_of


def ask_writers(rows: Sequence[Evaluation], code: str, by: Actor, at: datetime) -> set[UUID]:
    """Ask the mentor, else the host, of each evaluation by e-mail; return the ids of those that somebody could be asked."""
    writers = writers_of([row.placement for row in rows], localdate(at))
    reached: set[UUID] = set()
    for row in rows:
        user = writers.get(row.placement_id)
        if user is None:
            continue
        message = queue_message(
            content=Content(code, {"name": row.placement.person.first_name, "until": row.due_on.isoformat()}, Weight.NEWS),
            recipient=Recipient(user_id=user.pk, email=user.email, language=user.language),
            subject_kind="evaluation",
            subject_id=row.pk,
            once=f"{code}:{row.pk}",
            by=by,
            at=at,
        )
        if message is not None:
            reached.add(row.pk)
    return reached


def tell_person(row: Evaluation, by: Actor, at: datetime) -> None:
    """Tell the person that somebody wrote how it goes, with a link to their own page."""
    placement = row.placement
    place = placement.seat.place
    mentor = place.mentor.name if place.mentor else place.organisation.name
    queue_message(
        content=Content(
            "message.evaluation",
            {"mentor": mentor, "place": place.organisation.name},
            Weight.NEWS,
            LinkPurpose.PERSON_JOURNEY,
            placement.referral_id,
        ),
        recipient=recipient_of(placement.person),
        subject_kind="evaluation",
        subject_id=row.pk,
        once=f"evaluation:{row.pk}",
        by=by,
        at=at,
    )
