"""Payment lists that a coordinator may see, and the closed months that no list pays yet."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from opstap.foundation.actor import Actor
from opstap.foundation.programmes.queries import coordinated_programmes
from opstap.journey.attendance.enums import ClosingState
from opstap.journey.attendance.models import MonthClosing, PayingAccount, PaymentLine, PaymentRun


def payment_runs(actor: Actor) -> QuerySet[PaymentRun]:
    """Return the payment lists of the programmes that the actor coordinates, newest first, without their files."""
    return PaymentRun.objects.filter(programme__in=coordinated_programmes(actor)).select_related("programme").defer("file")


def payment_run_for(actor: Actor, run_id: UUID) -> PaymentRun | None:
    """Return one payment list within reach, or None."""
    return payment_runs(actor).filter(pk=run_id).first()


def paying_account_of(actor: Actor, programme_id: UUID) -> PayingAccount | None:
    """Return the account from which a programme that the actor coordinates pays, or None."""
    return PayingAccount.objects.filter(programme_id=programme_id, programme__in=coordinated_programmes(actor)).first()


def unpaid_closings(programme_id: UUID, until_month: date) -> QuerySet[MonthClosing]:
    """Return the closed months, up to and with `until_month`, that no line pays, with what their sums are made of."""
    paid = PaymentLine.objects.filter(closing=OuterRef("pk"))
    closed = MonthClosing.objects.filter(
        ~Exists(paid), placement__referral__programme_id=programme_id, month__lte=until_month, state=ClosingState.CLOSED.value
    )
    related = closed.select_related("placement__person", "placement__seat__place__site")
    shown = (
        "id", "placement_id", "month", "number", "hours", "days", "placement__instrument", "placement__person__first_name",
        "placement__person__last_name", "placement__person__folded_name", "placement__person__longitude", "placement__person__latitude",
        "placement__person__bank_account", "placement__seat__number", "placement__seat__place__title",
        "placement__seat__place__site__longitude", "placement__seat__place__site__latitude",
    )  # fmt: skip
    return related.only(*shown).order_by("placement__person__folded_name", "month", "number", "id")
