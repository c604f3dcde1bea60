"""Workers: their contract with its wage support, what they can and wish to learn, when they are away, and who may come next."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from opstap.engine.shared import Period
from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.journey.associations.enums import AbsenceKind, HiringStage, SkillSource, SupportStatus
from opstap.journey.associations.models.periods import period_rises
from opstap.journey.associations.models.structure import Association
from opstap.journey.associations.models.work import Function
from opstap.journey.people.models import Person
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


@dataclass(frozen=True, slots=True)
class Support:
    """The wage support of a contract. `until`: the day on which the right ends (None: not known). `right_years`: a right of 2 or 5 years.

    `percent`: what was granted, when it differs from the usual steps. `coaching`: the level of coaching that was granted.
    `wage_cost`: euros a full quarter, gross wage and employer's contributions, less reductions.
    """

    status: SupportStatus
    from_on: date | None = None
    until: date | None = None
    right_years: int | None = None
    percent: int | None = None
    coaching: str = ""
    wage_cost: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}
        return values | {"wage_cost": None if self.wage_cost is None else str(self.wage_cost)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Support:
        """Return the support that was sealed."""
        days = {name: date.fromisoformat(data[name]) if data[name] else None for name in ("from_on", "until")}
        cost = Decimal(data["wage_cost"]) if data["wage_cost"] else None
        rest = (data["right_years"], data["percent"], data["coaching"])
        return cls(SupportStatus(data["status"]), days["from_on"], days["until"], *rest, cost)


class Contract(Classified):
    """Somebody's contract with the association: hours a week, half-days (mask of 14 bits), from when until when.

    `support` is sealed: which wage support the contract rests on says something of somebody's health. `age_told` is the age that a
    list gave on `age_told_on`, for somebody whose birth date is not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="contracts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=2)
    half_days = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    is_variable = models.BooleanField(default=False)
    support = SealedField()
    age_told = models.PositiveSmallIntegerField(null=True, blank=True)
    age_told_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "person": _PERSONAL,
        "number": _PERSONAL,
        "from_on": _PERSONAL,
        "until_on": _PERSONAL,
        "weekly_hours": _PERSONAL,
        "half_days": _PERSONAL,
        "is_variable": _PERSONAL,
        "support": _SENSITIVE,
        "age_told": _PERSONAL,
        "age_told_on": _PERSONAL,
        "end_reason": _PERSONAL,
        "created_by": _PERSONAL,
        "created_at": _INTERNAL,
        "version": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("person__folded_name", "number", "id")
        constraints = (
            period_rises("contract_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(weekly_hours__gt=0, weekly_hours__lte=40), name="contract_has_hours"),
            models.CheckConstraint(condition=Q(half_days__gt=0), name="contract_has_days"),
            models.UniqueConstraint(fields=["association", "number"], name="contract_number_once"),
        )
        indexes = (models.Index(fields=["association", "until_on"], name="contract_by_association"),)

    def __str__(self) -> str:
        return f"{self.number} of {self.association_id}"

    @property
    def period(self) -> Period:
        """The days of the contract."""
        return Period(self.from_on, self.until_on)

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays with at least one half-day of work, 0 is Monday."""
        return frozenset(day for day in range(7) if self.half_days >> 2 * day & 3)

    @property
    def supported(self) -> Support:
        """The wage support, opened."""
        return Support.from_json(self.support)


class Skill(Classified):
    """That somebody can do a function, since when and who says so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="skills")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=[(source.value, source.value) for source in SkillSource])
    since_on = models.DateField()
    said_by = models.CharField(max_length=200)

    privacy = {
        "id": _INTERNAL,
        "contract": _PERSONAL,
        "function": _PERSONAL,
        "source": _INTERNAL,
        "since_on": _PERSONAL,
        "said_by": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("function__folded_title", "id")
        constraints = (models.UniqueConstraint(fields=["contract", "function"], name="skill_once"),)

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.function}"


class Wish(Classified):
    """A function that somebody wishes to learn, in their own order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="wishes")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()

    privacy = {"id": _INTERNAL, "contract": _PERSONAL, "function": _PERSONAL, "rank": _PERSONAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("rank", "id")
        constraints = (models.UniqueConstraint(fields=["contract", "function"], name="wish_once"),)

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.function}"


class ContractAbsence(Classified):
    """Days on which a worker is away: `[from_on, until_on)`, without an end while no return is known. Never why in words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in AbsenceKind])
    noted_by = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "contract": _PERSONAL,
        "from_on": _PERSONAL,
        "until_on": _PERSONAL,
        "kind": _PERSONAL,
        "noted_by": _PERSONAL,
        "noted_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("from_on", "id")
        constraints = (period_rises("contract_absence_ends_after_it_starts"),)
        indexes = (models.Index(fields=["contract", "until_on"], name="absence_by_contract"),)

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.from_on} - {self.until_on}"

    @property
    def period(self) -> Period:
        """The days away."""
        return Period(self.from_on, self.until_on)


class Candidate(Classified):
    """Somebody on the way to a contract: put forward from a referral. `stage` changes only through operations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="candidates")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=[(stage.value, stage.value) for stage in HiringStage])
    stage_since = models.DateTimeField()
    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stop_reason = models.CharField(max_length=300, blank=True)
    put_forward_by = models.CharField(max_length=200)
    put_forward_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "referral": _PERSONAL,
        "stage": _PERSONAL,
        "stage_since": _PERSONAL,
        "contract": _PERSONAL,
        "stop_reason": _PERSONAL,
        "put_forward_by": _PERSONAL,
        "put_forward_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("stage_since", "id")
        constraints = (models.UniqueConstraint(fields=["association", "referral"], name="candidate_once"),)

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.stage}"
