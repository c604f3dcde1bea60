"""After the start nothing signed is rewritten: an addendum says what changes, and those whom it binds sign it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation
from opstap.journey.agreements.assembly import clean_value, problems, who_signs
from opstap.journey.agreements.enums import FIELDS, UNSETTLED, AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.operations.steps import kept, must_stand, note
from opstap.journey.agreements.queries import terms_in_force


@operation
def add_addendum(*, agreement: Agreement, changes: Mapping[str, Any], reason: str = "", by: Actor, at: datetime) -> Agreement:
    """Return a draft addendum to an agreement in force: what counts now with these changes, from today unless `effective_on` says later.

    Raises `Refused` for who may not, when the agreement is not in force, while another addendum is open, when nothing changes or nobody
    would have to sign it, for another first day (the work began), and for values that cannot be or lie beyond a limit.
    """
    base = kept(agreement.supersedes or agreement, by)
    must_stand(base)
    if base.state != AgreementState.IN_FORCE:
        raise Refused(Reason("agreements.not_in_force"))
    if base.addenda.filter(state__in=[state.value for state in UNSETTLED]).exists():
        raise Refused(Reason("agreements.addendum_is_open"))
    before = terms_in_force(base).fields
    fields = {**before, "effective_on": localdate(at).isoformat()} | {key: clean_value(key, value) for key, value in changes.items()}
    if "starts_on" in changes and fields["starts_on"] != before["starts_on"]:
        raise Refused(Reason("agreements.start_is_past"))
    changed = [key for key in FIELDS if key in changes and key != "effective_on" and fields[key] != before.get(key)]
    row = Agreement(
        placement=base.placement,
        number=f"{base.number}-A{base.addenda.count() + 1}",
        kind=AgreementKind.ADDENDUM,
        state=AgreementState.DRAFT,
        supersedes=base,
        ruleset_version=base.ruleset_version,
        fields=fields,
        changed=changed,
        reason=reason.strip()[:300],
        created_by=by.label[:200],
        created_at=at,
    )
    if not who_signs(row, changed):
        raise Refused(Reason("agreements.nothing_to_sign"))
    if found := problems(fields, base.placement):
        raise Refused(found[0])
    row.save()
    note(row, "add_addendum", by, at, {"fields": changed})
    return row
