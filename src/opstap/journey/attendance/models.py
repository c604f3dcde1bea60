"""Days at a place, months signed by two parties, and what is paid for them. What was signed is never changed: a correction is a new row."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.attendance.enums import ClosingState, DayState, LineKind, PersonState, RunState
from opstap.journey.placements.models import Placement

_INTERNAL, _PERSONAL, _PUBLIC, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.PUBLIC, Privacy.SENSITIVE

_KEEP = """
IF EXISTS (SELECT 1 FROM attendance_paymentrun AS run WHERE run.id = {0}.run_id AND run.state <> 'draft') THEN
    RAISE EXCEPTION 'an approved payment list keeps its lines';
END IF;
RETURN {0};
"""
"""A line of an approved list is neither removed nor added: what it paid stays paid, once."""

_NO_SIGNER = """
IF EXISTS (
    SELECT 1 FROM attendance_paymentline AS line JOIN attendance_monthclosing AS closing ON closing.id = line.closing_id
    WHERE line.run_id = NEW.id AND NEW.approved_user IN (closing.first_user, closing.second_user)
) THEN
    RAISE EXCEPTION 'who signed hours on a payment list does not approve it';
END IF;
IF EXISTS (
    SELECT 1 FROM attendance_paymentline AS line JOIN placements_placement AS placement ON placement.id = line.placement_id
    JOIN people_person AS person ON person.id = placement.person_id
    WHERE line.run_id = NEW.id AND NEW.approved_user = person.bank_account_user
) THEN
    RAISE EXCEPTION 'who filled in an account on a payment list does not approve it';
END IF;
IF EXISTS (
    SELECT 1 FROM attendance_payingaccount AS account
    WHERE account.programme_id = NEW.programme_id AND account.by_user = NEW.approved_user
) THEN
    RAISE EXCEPTION 'who filled in the account that pays a list does not approve it';
END IF;
RETURN NEW;
"""
"""Signing hours, saying to or from which account they are paid, and paying them: who did one of the others never does the last."""


class MonthClosing(Classified):
    """One placement's month as two different parties signed it; `number` 1 is the month itself, 2 and up are later corrections.

    `month` is its first day. `hours` and `days` are what was signed, for a correction the difference; `digest` is the SHA-256 of the
    signed rows. `reopened_because` says why a first signature was taken back. `first_user` and `second_user` are ids of users; a closed
    row can no longer be changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=[(each.value, each.value) for each in ClosingState], default=ClosingState.OPEN.value)
    hours = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    days = models.SmallIntegerField(default=0)
    first_side = models.CharField(max_length=12, blank=True)
    first_user = models.UUIDField(null=True, blank=True)
    first_by = models.CharField(max_length=200, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    second_side = models.CharField(max_length=12, blank=True)
    second_user = models.UUIDField(null=True, blank=True)
    second_by = models.CharField(max_length=200, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    reopened_because = SealedField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "placement": _PERSONAL,
        "month": _PERSONAL,
        "number": _INTERNAL,
        "state": _PERSONAL,
        "hours": _PERSONAL,
        "days": _PERSONAL,
        "first_side": _INTERNAL,
        "first_user": _PERSONAL,
        "first_by": _PERSONAL,
        "first_at": _INTERNAL,
        "second_side": _INTERNAL,
        "second_user": _PERSONAL,
        "second_by": _PERSONAL,
        "second_at": _INTERNAL,
        "digest": _INTERNAL,
        "reopened_because": _SENSITIVE,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-month", "placement", "number")
        constraints = (
            models.UniqueConstraint(fields=["placement", "month", "number"], name="month_closed_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(state=ClosingState.CLOSED, second_at__isnull=False, first_at__isnull=False)
                | (~Q(state=ClosingState.CLOSED) & Q(second_at__isnull=True)),
                name="closed_month_is_signed_twice",
            ),
            models.CheckConstraint(
                condition=Q(second_at__isnull=True) | (~Q(first_side=F("second_side")) & ~Q(first_user=F("second_user"))),
                name="month_signed_by_two_parties",
                violation_error_message="The same person or party cannot sign a month twice.",
            ),
        )
        indexes = (models.Index(fields=["month", "state"], name="closing_by_month"),)
        triggers = (
            pgtrigger.Protect(
                name="closed_month_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ClosingState.CLOSED.value),
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.month:%Y-%m} #{self.number}: {self.state}"


class Day(Classified):
    """How one day of one placement went, noted by the floor; `half_day` (0..13) only when a day is noted in two halves.

    Until its month is closed a row is changed in place (the audit log keeps what it was). Then `closing` is set and the noted facts
    stay for ever: a correction is a new row that `corrects` it. What the person says of the day stays theirs to change. Both keys have
    their index below, once: a month that closes writes every index of every day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    half_day = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in DayState])
    hours = models.DecimalField(max_digits=4, decimal_places=2, default=0)
    noted_by = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections", db_index=False)
    correction_reason = SealedField(null=True, blank=True)
    closing = models.ForeignKey(MonthClosing, on_delete=models.PROTECT, null=True, blank=True, related_name="signed_days", db_index=False)
    person_state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in PersonState], default=PersonState.NONE.value
    )
    person_words = SealedField(null=True, blank=True)
    person_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "placement": _PERSONAL,
        "on": _PERSONAL,
        "half_day": _PERSONAL,
        "state": _PERSONAL,
        "hours": _PERSONAL,
        "noted_by": _PERSONAL,
        "noted_at": _INTERNAL,
        "corrects": _INTERNAL,
        "correction_reason": _SENSITIVE,
        "closing": _INTERNAL,
        "person_state": _PERSONAL,
        "person_words": _SENSITIVE,
        "person_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("on", "half_day", "noted_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["placement", "on", "half_day"], condition=Q(corrects__isnull=True), nulls_distinct=False, name="day_noted_once"
            ),
            models.UniqueConstraint(fields=["corrects"], condition=Q(corrects__isnull=False), name="day_corrected_by_one_row"),
            models.CheckConstraint(condition=Q(hours__gte=0, hours__lte=12), name="day_has_possible_hours"),
            models.CheckConstraint(condition=Q(state__in=("here", "late")) | Q(hours=0), name="hours_only_when_there"),
        )
        indexes = (
            models.Index(fields=["on"], name="day_by_date"),
            models.Index(fields=["closing"], name="day_by_closing"),
        )
        triggers = (
            pgtrigger.Protect(
                name="signed_day_stays",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the library leaves it untyped
                    "placement_id", "on", "half_day", "state", "hours", "noted_by", "noted_at", "corrects_id", "closing_id"
                ),
                condition=pgtrigger.Q(old__closing__isnull=False),
            ),
            pgtrigger.Protect(name="signed_day_is_kept", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__closing__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} {self.on}: {self.state}"


class Closure(Classified):
    """Days on which an organisation, or one of its sites, is closed: `[starts_on, until_on)`. Nobody is expected then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "organisation": _PUBLIC,
        "site": _PUBLIC,
        "starts_on": _PUBLIC,
        "until_on": _PUBLIC,
        "reason": _INTERNAL,
        "by_label": _INTERNAL,
        "at": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("starts_on", "id")
        constraints = (models.CheckConstraint(condition=Q(until_on__gt=F("starts_on")), name="closure_ends_after_it_starts"),)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.starts_on} - {self.until_on}"


class PayingAccount(Classified):
    """Who pays a programme's allowances, and from which account; `by_user` is the id of the user who filled it in or changed it last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=70)
    iban = SealedField()
    bic = models.CharField(max_length=11, blank=True)
    by_user = models.UUIDField(null=True, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "programme": _INTERNAL,
        "name": _INTERNAL,
        "iban": _SENSITIVE,
        "bic": _INTERNAL,
        "by_user": _INTERNAL,
        "by_label": _INTERNAL,
        "at": _INTERNAL,
    }
    retention = Retention.REFERENCE

    def __str__(self) -> str:
        return self.name


class PaymentRun(Classified):
    """A payment list of one programme, of closed months up to `month`: made by one person, approved by another, then written to a file.

    `file` holds the files as they were approved, sealed: {"csv": text, "sepa": text, "apart": [..]}; `digest` is the SHA-256 of its lines.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in RunState], default=RunState.DRAFT.value)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    digest = models.CharField(max_length=64)
    made_user = models.UUIDField(null=True, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    approved_user = models.UUIDField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    exported_at = models.DateTimeField(null=True, blank=True)
    pay_on = models.DateField(null=True, blank=True)
    file = SealedField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "programme": _INTERNAL,
        "month": _INTERNAL,
        "number": _INTERNAL,
        "state": _INTERNAL,
        "total": _INTERNAL,
        "digest": _INTERNAL,
        "made_user": _INTERNAL,
        "made_by": _INTERNAL,
        "made_at": _INTERNAL,
        "approved_user": _INTERNAL,
        "approved_by": _INTERNAL,
        "approved_at": _INTERNAL,
        "exported_at": _INTERNAL,
        "pay_on": _INTERNAL,
        "file": _SENSITIVE,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-month", "-number")
        constraints = (
            models.UniqueConstraint(fields=["programme", "month", "number"], name="run_numbered_once"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(made_user=F("approved_user")),
                name="run_approved_by_another",
                violation_error_message="Who made a payment list does not approve it.",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="approved_run_stays",
                operation=pgtrigger.Delete
                | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the library leaves it untyped
                    "programme_id", "month", "number", "total", "digest", "file", "approved_user"
                ),
                condition=pgtrigger.Q(old__state__in=(RunState.APPROVED.value, RunState.EXPORTED.value)),
            ),
            pgtrigger.Trigger(
                name="run_approved_by_no_signer",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__state=RunState.DRAFT.value, new__state=RunState.APPROVED.value),
                func=_NO_SIGNER,
            ),
            pgtrigger.FSM(
                name="run_goes_one_way",
                field="state",
                transitions=[(RunState.DRAFT.value, RunState.APPROVED.value), (RunState.APPROVED.value, RunState.EXPORTED.value)],
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} #{self.number}: {self.state}"


class PaymentLine(Classified):
    """What one signed month of one placement pays, per rate: `quantity` hours (or kilometres) times `rate` is `amount` euro.

    A month signed once is paid once: the database keeps a closing from two lines of one kind and rate.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.CASCADE, related_name="lines")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    closing = models.ForeignKey(MonthClosing, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in LineKind])
    covers = models.CharField(max_length=12, choices=[("allowance", "allowance"), ("travel", "travel")])
    month = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    days = models.SmallIntegerField(default=0)
    kilometres = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    rate_id = models.CharField(max_length=60)
    rate = models.DecimalField(max_digits=8, decimal_places=4)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    confidence = models.CharField(max_length=2)

    privacy = {
        "id": _INTERNAL,
        "run": _INTERNAL,
        "placement": _PERSONAL,
        "closing": _INTERNAL,
        "kind": _PERSONAL,
        "covers": _PERSONAL,
        "month": _PERSONAL,
        "hours": _PERSONAL,
        "days": _PERSONAL,
        "kilometres": _PERSONAL,
        "rate_id": _INTERNAL,
        "rate": _INTERNAL,
        "amount": _PERSONAL,
        "confidence": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("run", "month", "placement", "kind", "rate_id")
        constraints = (models.UniqueConstraint(fields=["closing", "covers", "rate_id"], name="signed_month_paid_once"),)
        indexes = (models.Index(fields=["placement"], name="line_by_placement"),)
        triggers = (
            pgtrigger.Protect(name="payment_lines_stay", operation=pgtrigger.Update),
            pgtrigger.Trigger(name="approved_lines_are_kept", operation=pgtrigger.Delete, when=pgtrigger.Before, func=_KEEP.format("OLD")),
            pgtrigger.Trigger(name="approved_lines_are_all", operation=pgtrigger.Insert, when=pgtrigger.Before, func=_KEEP.format("NEW")),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}: {self.amount}"
