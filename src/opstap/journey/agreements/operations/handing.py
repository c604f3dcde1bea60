"""A party's link, handed over at the desk: kept with who saw it, so that nobody signs in two names without paper to show."""

from __future__ import annotations

from datetime import datetime, timedelta

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import NewLink, issue_link
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation
from opstap.journey.agreements.enums import AgreementState, Party, SignatureState
from opstap.journey.agreements.models import HandedLink, Signature
from opstap.journey.agreements.operations.steps import kept, must_stand, note
from opstap.journey.agreements.permissions import may_hand_over
from opstap.journey.agreements.queries import one_hand_refused

LINK_LASTS = timedelta(days=60)


@operation
def give_link(*, signature: Signature, by: Actor, at: datetime) -> NewLink:
    """Return a fresh link with which this party signs, to hand over at the desk; who saw it is kept and shown beside the signature.

    Raises `Refused` for who does not keep the agreement, for the link of a host or mentor (it goes to their own address only), when the
    signature is not asked (any more), and for who brought about the signature of another party already.
    """
    agreement = kept(signature.agreement, by)
    must_stand(agreement)
    row = Signature.objects.select_for_update().get(pk=signature.pk)
    row.agreement = agreement
    if not may_hand_over(by, row):
        raise Refused(Reason("agreements.may_not_hand_over", {"party": f"agreements.party.{row.party}"}))
    if agreement.state != AgreementState.OUT_FOR_SIGNATURE or row.state != SignatureState.WAITING:
        raise Refused(Reason("agreements.not_waiting"))
    if (refused := one_hand_refused(row, by.user_id)) is not None:
        raise Refused(refused)
    new = issue_link(
        purpose=LinkPurpose.SIGNATURE,
        subject_id=row.pk,
        person_id=agreement.placement.person_id if row.party == Party.PERSON else None,
        organisation_id=row.organisation_id,
        address=row.email,
        expires_at=at + LINK_LASTS,
        by=by,
        at=at,
    )
    HandedLink.objects.create(signature=row, link=new.link.pk, by_user=by.user_id, by_label=by.label[:200], at=at)
    note(agreement, "give_link", by, at, {"party": row.party})
    return new
