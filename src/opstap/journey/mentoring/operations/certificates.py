"""Certificates: given after a training of ours, or recognised when earned elsewhere. The mentor's own record follows the latest one."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Mentor
from opstap.journey.mentoring.assembly import certificate_ends, certificate_paper
from opstap.journey.mentoring.enums import EnrolmentState
from opstap.journey.mentoring.models import Certificate, TrainingSession
from opstap.journey.mentoring.permissions import coordinates_mentor, may_offer


@operation
def issue_certificate(*, session: TrainingSession, mentor: Mentor, issued_on: date, by: Actor, at: datetime) -> Certificate:
    """Give a mentor who was at a training the certificate, with a number, and print it; given before, it is returned as it is.

    Raises `Refused` for who may not, for a mentor who was not noted as there, and for a day before the training.
    """
    lock_in_order("certificates", f"mentor:{mentor.pk}")
    if not may_offer(by, session.programme):
        raise Refused(Reason("mentoring.may_not_certify"))
    if not session.enrolments.filter(mentor=mentor, state=EnrolmentState.ATTENDED).exists():
        raise Refused(Reason("mentoring.was_not_there", {"name": mentor.name}))
    if issued_on < session.starts_at.date():
        raise Refused(Reason("mentoring.certificate_before_training"))
    given = Certificate.objects.filter(session=session, mentor=mentor).first()
    if given:
        record(by=by, at=at, action="issue_certificate", subject_kind="certificate", subject_id=given.pk)
        return given
    row = _new(mentor, issued_on, by, at)
    row.session, row.expires_on = session, certificate_ends(issued_on)
    row.document = certificate_paper(row)
    row.digest = hashlib.sha256(row.document).hexdigest()
    return _kept(row, "issue_certificate", by, at)


@operation
def recognise_certificate(*, mentor: Mentor, issued_on: date, expires_on: date | None, source: str, by: Actor, at: datetime) -> Certificate:
    """Keep a certificate that was earned elsewhere; `source` says where.

    Raises `Refused` for who may not, without a source, and for one that ends before it begins.
    """
    lock_in_order("certificates", f"mentor:{mentor.pk}")
    if not (by.kind is ActorKind.SYSTEM or coordinates_mentor(by, mentor)):
        raise Refused(Reason("mentoring.may_not_certify"))
    if not source.strip():
        raise Refused(Reason("mentoring.certificate_without_source"))
    if expires_on is not None and expires_on <= issued_on:
        raise Refused(Reason("mentoring.certificate_ends_before"))
    row = _new(mentor, issued_on, by, at)
    row.source, row.expires_on = source.strip()[:200], expires_on
    return _kept(row, "recognise_certificate", by, at)


def _new(mentor: Mentor, issued_on: date, by: Actor, at: datetime) -> Certificate:
    """Return a certificate with the next number of its year; the caller holds the lock."""
    start = f"M{issued_on.year}-"
    last = Certificate.objects.filter(number__startswith=start).order_by("-number").values_list("number", flat=True).first()
    number = int(last.removeprefix(start)) + 1 if last else 1
    return Certificate(mentor=mentor, number=f"{start}{number:04}", issued_on=issued_on, issued_by=by.label[:200], issued_at=at)


def _kept(row: Certificate, action: str, by: Actor, at: datetime) -> Certificate:
    mentor = Mentor.objects.select_for_update().get(pk=row.mentor_id)
    is_latest = not Certificate.objects.filter(mentor=mentor, issued_on__gt=row.issued_on).exists()
    row.save()
    if is_latest:
        goes_on = mentor.certified_on is not None and mentor.certified_on <= row.issued_on
        has_gap = mentor.certified_until is not None and mentor.certified_until < row.issued_on
        if not goes_on or has_gap:
            mentor.certified_on = row.issued_on
        mentor.certified_until = row.expires_on
        mentor.save(update_fields=["certified_on", "certified_until"])
    facts = {"number": row.number, "from": row.issued_on.isoformat(), "until": row.expires_on.isoformat() if row.expires_on else ""}
    record(by=by, at=at, action=action, subject_kind="certificate", subject_id=row.pk, facts=facts)
    return row
