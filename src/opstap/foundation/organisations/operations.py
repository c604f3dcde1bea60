"""What changes organisations."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.models import Organisation


@operation
def add_organisation(*, name: str, folded_name: str, kind: OrganisationKind, by: Actor, at: datetime) -> Organisation:
    """Return the organisation with this name, made now if there was none. Raises `Refused` when the actor may not."""
    if by.kind is not ActorKind.SYSTEM and not by.has(Role.ADMINISTRATOR):
        raise Refused(Reason("organisations.may_not_add"))
    organisation, _ = Organisation.objects.get_or_create(folded_name=folded_name, defaults={"name": name, "kind": kind.value})
    record(by=by, at=at, action="add_organisation", subject_kind="organisation", subject_id=organisation.pk)
    return organisation
