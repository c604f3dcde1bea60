"""An employers' association: its members and their sites, its workers with their contracts, what sites ask for, and who may come next."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from opstap.engine.shared import Period
from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.associations.enums import AbsenceKind, HiringStage, SkillSource, SupportStatus
from opstap.journey.people.models import Person
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _PUBLIC, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.PUBLIC, Privacy.SENSITIVE

DAY_MINUTES = 24 * 60


def _period_rises(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name=name)


class Association(Classified):
    """An organisation that employs people and lends them to its members: the only employer on every line of a roster.

    `worker_cap`: the most workers at the same time (None: no limit). `target`, then `next_target`: how many it means to employ.
    `notice_working_days`: how long ahead variable hours are told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    worker_cap = models.PositiveSmallIntegerField(null=True, blank=True)
    target = models.PositiveSmallIntegerField()
    next_target = models.PositiveSmallIntegerField(null=True, blank=True)
    focus_groups = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    notice_working_days = models.PositiveSmallIntegerField(default=7)

    privacy = {
        "id": _INTERNAL,
        "organisation": _PUBLIC,
        "programme": _PUBLIC,
        "worker_cap": _INTERNAL,
        "target": _INTERNAL,
        "next_target": _INTERNAL,
        "focus_groups": _INTERNAL,
        "notice_working_days": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("organisation__folded_name",)

    def __str__(self) -> str:
        return str(self.organisation)


class Membership(Classified):
    """The days on which an organisation is a member, so that workers may be lent to it: `[from_on, until_on)`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    privacy = {"id": _INTERNAL, "association": _INTERNAL, "organisation": _INTERNAL, "from_on": _INTERNAL, "until_on": _INTERNAL}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("organisation__folded_name", "from_on")
        constraints = (
            _period_rises("membership_ends_after_it_starts"),
            models.UniqueConstraint(fields=["association", "organisation", "from_on"], name="membership_begins_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} in {self.association}"

    @property
    def period(self) -> Period:
        """The days of the membership."""
        return Period(self.from_on, self.until_on)


class SiteTerms(Classified):
    """What a roster must know of a member's site: whether it is a shop at most 5 km from the coast, and the Sundays it chose to open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="+")
    is_seaside_shop = models.BooleanField(default=False)
    extra_sundays = ArrayField(models.DateField(), default=list, blank=True)

    privacy = {"id": _INTERNAL, "site": _INTERNAL, "is_seaside_shop": _INTERNAL, "extra_sundays": _INTERNAL}
    retention = Retention.REFERENCE

    def __str__(self) -> str:
        return str(self.site)


class SiteClosure(Classified):
    """Days on which a site has no work: `[from_on, until_on)`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()

    privacy = {"id": _INTERNAL, "site": _INTERNAL, "from_on": _INTERNAL, "until_on": _INTERNAL}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("from_on", "id")
        constraints = (_period_rises("site_closure_ends_after_it_starts"),)

    def __str__(self) -> str:
        return f"{self.site}: {self.from_on} - {self.until_on}"


class Function(Classified):
    """A kind of work of the association: what it asks of a body (codes of limits), which licences, and whether nobody likes it.

    `occupation` is a code of ESCO ("" for none). `is_assumed`: what it asks of a body came with the product and is to be confirmed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="functions")
    title = models.CharField(max_length=120)
    folded_title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=120, blank=True)
    demands = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    licences = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    is_unloved = models.BooleanField(default=False)
    is_assumed = models.BooleanField(default=False)

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "title": _INTERNAL,
        "folded_title": _INTERNAL,
        "occupation": _INTERNAL,
        "demands": _INTERNAL,
        "licences": _INTERNAL,
        "is_unloved": _INTERNAL,
        "is_assumed": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("folded_title",)
        constraints = (models.UniqueConstraint(fields=["association", "folded_title"], name="function_once_per_association"),)

    def __str__(self) -> str:
        return self.title


class ShortageList(Classified):
    """The shortage occupations of a year, as the list that was uploaded names them; a later list for the same year replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="shortage_lists")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    filename = models.CharField(max_length=200)
    uploaded_by = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "year": _PUBLIC,
        "source": _PUBLIC,
        "filename": _INTERNAL,
        "uploaded_by": _PERSONAL,
        "uploaded_at": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=["association", "year"], name="shortage_list_once_a_year"),)

    def __str__(self) -> str:
        return f"shortage occupations of {self.year}"


class ShortageOccupation(Classified):
    """One line of a shortage list: a title and/or a code of ESCO."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(ShortageList, on_delete=models.CASCADE, related_name="occupations")
    occupation = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    folded_title = models.CharField(max_length=200, blank=True)

    privacy = {"id": _INTERNAL, "list": _PUBLIC, "occupation": _PUBLIC, "title": _PUBLIC, "folded_title": _PUBLIC}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("folded_title", "id")

    def __str__(self) -> str:
        return self.title or self.occupation


class Shortage(Classified):
    """That a function is a shortage occupation in a year. `is_by_hand`: somebody said so; a later list then leaves it."""

    id = models.BigAutoField(primary_key=True)
    function = models.ForeignKey(Function, on_delete=models.CASCADE, related_name="shortages")
    year = models.PositiveSmallIntegerField()
    as_listed = models.CharField(max_length=200, blank=True)
    is_by_hand = models.BooleanField(default=False)

    privacy = {"id": _INTERNAL, "function": _INTERNAL, "year": _PUBLIC, "as_listed": _PUBLIC, "is_by_hand": _INTERNAL}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=["function", "year"], name="shortage_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.function} in {self.year}"


class Coach(Classified):
    """Somebody of a member who receives workers at a site on some weekdays (0 is Monday), `maximum` at the same time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="coaches")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)]))
    maximum = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "site": _INTERNAL,
        "name": _PERSONAL,
        "user": _PERSONAL,
        "weekdays": _PERSONAL,
        "maximum": _INTERNAL,
        "ended_on": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("site__name", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=["association", "site", "name"], name="coach_once_per_site"),
            models.CheckConstraint(condition=Q(maximum__gte=1, maximum__lte=30), name="coach_has_1_to_30_workers"),
        )

    def __str__(self) -> str:
        return self.name


class CoachAbsence(Classified):
    """Days on which a coach is away: `[from_on, until_on)`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()

    privacy = {"id": _INTERNAL, "coach": _PERSONAL, "from_on": _PERSONAL, "until_on": _PERSONAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("from_on", "id")
        constraints = (_period_rises("coach_absence_ends_after_it_starts"),)

    def __str__(self) -> str:
        return f"{self.coach}: {self.from_on} - {self.until_on}"


@dataclass(frozen=True, slots=True)
class Support:
    """The wage support of a contract. `until`: the day on which the right ends (None: not known). `right_years`: a right of 2 or 5 years.

    `percent`: what was granted, when it differs from the usual steps. `coaching`: the level of coaching that was granted.
    """

    status: SupportStatus
    from_on: date | None = None
    until: date | None = None
    right_years: int | None = None
    percent: int | None = None
    coaching: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Support:
        """Return the support that was sealed."""
        days = {name: date.fromisoformat(data[name]) if data[name] else None for name in ("from_on", "until")}
        return cls(SupportStatus(data["status"]), days["from_on"], days["until"], data["right_years"], data["percent"], data["coaching"])


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
            _period_rises("contract_ends_after_it_starts"),
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
        constraints = (_period_rises("contract_absence_ends_after_it_starts"),)
        indexes = (models.Index(fields=["contract", "until_on"], name="absence_by_contract"),)

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.from_on} - {self.until_on}"

    @property
    def period(self) -> Period:
        """The days away."""
        return Period(self.from_on, self.until_on)


class SiteDemand(Classified):
    """How many people a site asks for a function, from `starts` to `ends` (minutes after midnight), `pause` minutes of break.

    Either every `weekday` (0 is Monday) of `[from_on, until_on)`, or `on` one day: that replaces the weekday's line for the same
    site, function and start on that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="demands")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField(default=0)
    minimum = models.PositiveSmallIntegerField()
    wanted = models.PositiveSmallIntegerField()
    maximum = models.PositiveSmallIntegerField()

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "site": _INTERNAL,
        "function": _INTERNAL,
        "weekday": _INTERNAL,
        "on": _INTERNAL,
        "from_on": _INTERNAL,
        "until_on": _INTERNAL,
        "starts": _INTERNAL,
        "ends": _INTERNAL,
        "pause": _INTERNAL,
        "minimum": _INTERNAL,
        "wanted": _INTERNAL,
        "maximum": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("site__name", "function__folded_title", "on", "weekday", "starts", "id")
        constraints = (
            models.CheckConstraint(condition=Q(minimum__lte=F("wanted"), wanted__lte=F("maximum")), name="demand_rises"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends") - F("pause"), ends__lte=DAY_MINUTES), name="demand_hours_run_forward"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, on__isnull=False, from_on__isnull=True, until_on__isnull=True)
                | Q(weekday__isnull=False, weekday__lte=6, on__isnull=True),
                name="demand_on_a_weekday_or_a_day",
            ),
            _period_rises("demand_ends_after_it_starts"),
        )
        indexes = (models.Index(fields=["association", "site"], name="demand_by_site"),)

    def __str__(self) -> str:
        return f"{self.site}, {self.function}: {self.minimum}/{self.wanted}/{self.maximum}"


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
