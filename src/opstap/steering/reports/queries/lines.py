"""What each line of a sheet says: plain texts, codes and days of what is known of one person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Sum

from opstap.journey.agreements.enums import AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.attendance.models import MonthClosing
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.outcomes.models import Outcome
from opstap.journey.plans.enums import LevelKind
from opstap.journey.plans.models import CompetenceLevel
from opstap.journey.referrals.models import Referral

Value = str | list[str]
"""A text, a code, a day as ISO text; or several. "" or an empty list: nothing is known."""


def _fact(name: str) -> Callable[[Referral], Value]:
    def read(referral: Referral) -> Value:
        value: Any = getattr(referral.person, name)
        return [str(each) for each in value or ()] if isinstance(value, list) or name == "wishes" else "" if value is None else str(value)

    return read


def _competences(referral: Referral) -> Value:
    rows = (
        CompetenceLevel.objects.filter(referral=referral, kind=LevelKind.PRESENT).order_by("competence_id", "-at").distinct("competence_id")
    )
    return sorted(f"{row.competence.label}: {row.level}/3" for row in rows.select_related("competence"))


def _agreements(referral: Referral) -> Value:
    stands = (AgreementState.SIGNED, AgreementState.IN_FORCE, AgreementState.ENDED)
    rows = Agreement.objects.filter(placement__referral=referral, kind=AgreementKind.AGREEMENT, state__in=stands).order_by("created_at")
    return [
        f"{row.number}: {row.fields.get('host_name', '')}, {row.fields.get('starts_on', '')} - {row.fields.get('last_on', '')}"
        for row in rows
    ]


def _hours(referral: Referral) -> Value:
    closed = MonthClosing.objects.filter(placement__referral=referral, state="closed").order_by("month").values("month")
    return [f"{row['month']:%Y-%m}: {row['total']}" for row in closed.annotate(total=Sum("hours"))]


def _evaluations(referral: Referral) -> Value:
    rows = Evaluation.objects.filter(placement__referral=referral, written_at__isnull=False).order_by("written_at")
    return [f"{row.written_at:%Y-%m-%d}" for row in rows if row.written_at]


def _outcomes(referral: Referral) -> Value:
    rows = Outcome.objects.filter(referral=referral, corrected_by__isnull=True).order_by("on", "moment")
    return [f"{row.on:%Y-%m-%d} outcomes.kind.{row.kind}" for row in rows]


FACTS = (
    "client_number", "last_name", "first_name", "birth_date", "national_number", "phone", "email", "language", "street", "postcode",
    "municipality", "registered_since", "income", "benefit_since", "education", "licences", "wishes",
)  # fmt: skip
LINES: dict[str, Callable[[Referral], Value]] = {
    **{name: _fact(name) for name in FACTS},
    "competences": _competences,
    "agreements": _agreements,
    "hours_per_month": _hours,
    "evaluation_dates": _evaluations,
    "outcomes": _outcomes,
}
"""Every line that a sheet can have, by its key."""
