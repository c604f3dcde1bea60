"""Payment lists that a coordinator may see, and the closed months that no list pays yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role
from opstap.foundation.programmes.queries import coordinated_programmes
from opstap.journey.attendance.enums import ClosingState
from opstap.journey.attendance.models import MonthClosing, PayingAccount, PaymentLine, PaymentRun
from opstap.journey.attendance.permissions import may_approve


def payment_runs(actor: Actor) -> QuerySet[PaymentRun]:
    """Return the payment lists of the programmes that the actor coordinates, newest first, without their files."""
    return PaymentRun.objects.filter(programme__in=coordinated_programmes(actor)).select_related("programme").defer("file")


def payment_run_for(actor: Actor, run_id: UUID) -> PaymentRun | None:
    """Return one payment list within reach, or None."""
    return payment_runs(actor).filter(pk=run_id).first()


def paying_account_of(actor: Actor, programme_id: UUID) -> PayingAccount | None:
    """Return the account from which a programme that the actor coordinates pays, or None."""
    return PayingAccount.objects.filter(programme_id=programme_id, programme__in=coordinated_programmes(actor)).first()


def signers_of(run: PaymentRun) -> frozenset[UUID]:
    """Return the users who signed, for either party, a month that the list pays."""
    pairs = (
        MonthClosing.objects.filter(pk__in=run.lines.values("closing_id")).order_by().values_list("first_user", "second_user").distinct()
    )
    return frozenset(user for pair in pairs for user in pair if user is not None)


def account_givers_of(run: PaymentRun) -> frozenset[UUID]:
    """Return the users who filled in, for somebody else, an account on which the list pays."""
    users = run.lines.order_by().values_list("placement__person__bank_account_user", flat=True).distinct()
    return frozenset(user for user in users if user is not None)


def _who_said_where_from(run: PaymentRun) -> frozenset[UUID]:
    """Return the user who filled in or last changed the account from which the list is paid."""
    users = PayingAccount.objects.filter(programme_id=run.programme_id, by_user__isnull=False).values_list("by_user", flat=True)
    return frozenset(user for user in users if user is not None)


def approval_refused(actor: Actor, run: PaymentRun, on: date) -> Reason | None:
    """Return why the actor does not approve the list, and who can; None for who may.

    The same person never makes a list, signs its hours or says to or from which account they are paid, and then pays it.
    """
    signers, givers, sources = signers_of(run), account_givers_of(run), _who_said_where_from(run)
    if may_approve(actor, run, signers | givers | sources):
        return None
    coordinators = users_with_role(Role.COORDINATOR, organisation_id=None, programme_id=run.programme_id, on=on)
    others = tuple(user.name for user in coordinators if user.pk not in {run.made_user, *signers, *givers, *sources})
    if not others:
        return Reason("attendance.nobody_left_to_approve", {"by": run.made_by})
    if actor.user_id == run.made_user:
        return Reason("attendance.other_approves", {"by": run.made_by, "who": others})
    if actor.user_id in signers:
        return Reason("attendance.signer_does_not_approve", {"who": others})
    if actor.user_id in givers:
        return Reason("attendance.account_giver_does_not_approve", {"who": others})
    return Reason("attendance.paying_account_giver_does_not_approve", {"who": others})


def paid_covers(closing_ids: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """Return which of "allowance" and "travel" was paid of each closing."""
    return set(PaymentLine.objects.filter(closing_id__in=list(closing_ids)).order_by().values_list("closing_id", "covers"))


def ways_paid(placement_ids: Iterable[UUID]) -> dict[tuple[UUID, date], Decimal]:
    """Return the kilometres there and back by which a placement's month was paid: a correction goes by the same."""
    lines = PaymentLine.objects.filter(placement_id__in=list(placement_ids), covers="travel", closing__number=1, days__gt=0).order_by()
    rows = lines.values_list("placement_id", "month", "kilometres", "days")
    return {(placement_id, month): kilometres / days for placement_id, month, kilometres, days in rows}


def unpaid_closings(programme_id: UUID, until_month: date) -> QuerySet[MonthClosing]:
    """Return the closed months, up to and with `until_month`, that no line pays, with what their sums are made of.

    So are those of which only the hours were paid, since nobody knew the way, once home and work floor are both on the map.
    """
    paid = PaymentLine.objects.filter(closing=OuterRef("pk"))
    way_is_known = Q(placement__person__longitude__isnull=False, placement__seat__place__site__longitude__isnull=False)
    without_way = way_is_known & ~Q(days=0) & ~Exists(paid.filter(covers="travel"))
    closed = MonthClosing.objects.filter(
        ~Exists(paid) | without_way, placement__referral__programme_id=programme_id, month__lte=until_month, state=ClosingState.CLOSED.value
    )
    related = closed.select_related("placement__person", "placement__seat__place__site")
    shown = (
        "id", "placement_id", "month", "number", "hours", "days", "placement__instrument", "placement__person__first_name",
        "placement__person__last_name", "placement__person__folded_name", "placement__person__longitude", "placement__person__latitude",
        "placement__person__bank_account", "placement__seat__number", "placement__seat__place__title",
        "placement__seat__place__site__longitude", "placement__seat__place__site__latitude",
    )  # fmt: skip
    return related.only(*shown).order_by("placement__person__folded_name", "month", "number", "id")
