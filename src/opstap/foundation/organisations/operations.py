"""What changes organisations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.models import Mentor, Organisation


@operation
def add_organisation(*, name: str, folded_name: str, kind: OrganisationKind, by: Actor, at: datetime) -> Organisation:
    """Return the organisation with this name, made now if there was none. Raises `Refused` when the actor may not."""
    if by.kind is not ActorKind.SYSTEM and not by.has(Role.ADMINISTRATOR, Role.PLANNER):
        raise Refused(Reason("organisations.may_not_add"))
    organisation, _ = Organisation.objects.get_or_create(folded_name=folded_name, defaults={"name": name, "kind": kind.value})
    record(by=by, at=at, action="add_organisation", subject_kind="organisation", subject_id=organisation.pk)
    return organisation


@operation
def give_mentor_account(*, mentor: Mentor, user_id: UUID, by: Actor, at: datetime) -> Mentor:
    """Keep which user a mentor is, so that they see their own floor. Raises `Refused` for who may not."""
    may = by.kind is ActorKind.SYSTEM or by.has(Role.ADMINISTRATOR) or mentor.organisation_id in by.organisation_ids(Role.HOST)
    if not may:
        raise Refused(Reason("organisations.may_not_add"))
    mentor.user_id = user_id
    mentor.save(update_fields=["user_id"])
    record(by=by, at=at, action="give_mentor_account", subject_kind="mentor", subject_id=mentor.pk, facts={"user": str(user_id)})
    return mentor
