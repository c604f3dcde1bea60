"""People and what is known of them; null means "not known", never "no"."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from opstap.foundation.fields import BlindIndexField, BlindMonthField, Classified, Privacy, Retention, SealedDateField, SealedField
from opstap.journey.people.enums import FactSource

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Person(Classified):
    """A job seeker: who they are, how to reach them, and the facts that rules and matching ask for.

    `half_days` is a mask of 14 bits (Monday morning is bit 0). `limits` (what the body cannot do), the right to wage support, the
    custom-work advice, the national number and the remarks are sealed. `sex` serves reports only and never reaches the engine.
    `bank_account_user` is the user who filled in the account for the person; null when the person did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    national_number = SealedField(null=True, blank=True)
    national_number_index = BlindIndexField(source="national_number")
    last_name = models.CharField(max_length=200)
    first_name = models.CharField(max_length=200, blank=True)
    folded_name = models.CharField(max_length=400)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    municipality = models.CharField(max_length=100, blank=True)
    neighbourhood = models.CharField(max_length=100, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="nl")

    registered_since = models.DateField(null=True, blank=True)
    income = models.CharField(max_length=30, null=True, blank=True)  # noqa: DJ001 - null means not known
    benefit_since = models.DateField(null=True, blank=True)
    benefit_exemption = models.CharField(max_length=30, null=True, blank=True)  # noqa: DJ001 - null means not known, "" means none
    education = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001 - null means not known
    work_limitation_right = SealedField(null=True, blank=True)
    work_limitation_right_index = BlindIndexField(source="work_limitation_right")
    work_limitation_until = SealedDateField(null=True, blank=True)
    work_limitation_until_index = BlindIndexField(source="work_limitation_until", db_index=False)
    work_limitation_until_month = BlindMonthField(source="work_limitation_until", db_index=False)
    maatwerk_advice = SealedField(null=True, blank=True)
    maatwerk_advice_index = BlindIndexField(source="maatwerk_advice")

    dutch_level = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001 - null means not known
    licences = ArrayField(models.CharField(max_length=30), null=True, blank=True)
    travel_mode = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 - null means not known
    travel_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    half_days = models.PositiveSmallIntegerField(null=True, blank=True)
    limits = SealedField(null=True, blank=True)
    wishes = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    learning_goals = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    remarks = SealedField(null=True, blank=True)
    bank_account = SealedField(null=True, blank=True)
    bank_account_user = models.UUIDField(null=True, blank=True)

    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "id": _INTERNAL,
        "client_number": _PERSONAL,
        "national_number": _SENSITIVE,
        "national_number_index": _INTERNAL,
        "last_name": _PERSONAL,
        "first_name": _PERSONAL,
        "folded_name": _PERSONAL,
        "birth_date": _PERSONAL,
        "sex": _PERSONAL,
        "street": _PERSONAL,
        "postcode": _PERSONAL,
        "municipality": _PERSONAL,
        "neighbourhood": _PERSONAL,
        "longitude": _PERSONAL,
        "latitude": _PERSONAL,
        "phone": _PERSONAL,
        "email": _PERSONAL,
        "language": _PERSONAL,
        "registered_since": _PERSONAL,
        "income": _PERSONAL,
        "benefit_since": _PERSONAL,
        "benefit_exemption": _PERSONAL,
        "education": _PERSONAL,
        "work_limitation_right": _SENSITIVE,
        "work_limitation_right_index": _INTERNAL,
        "work_limitation_until": _SENSITIVE,
        "work_limitation_until_index": _INTERNAL,
        "work_limitation_until_month": _INTERNAL,
        "maatwerk_advice": _SENSITIVE,
        "maatwerk_advice_index": _INTERNAL,
        "dutch_level": _PERSONAL,
        "licences": _PERSONAL,
        "travel_mode": _PERSONAL,
        "travel_minutes": _PERSONAL,
        "half_days": _PERSONAL,
        "limits": _SENSITIVE,
        "wishes": _PERSONAL,
        "learning_goals": _PERSONAL,
        "remarks": _SENSITIVE,
        "bank_account": _SENSITIVE,
        "bank_account_user": _PERSONAL,
        "merged_into": _INTERNAL,
        "created_at": _INTERNAL,
        "changed_at": _INTERNAL,
        "version": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("folded_name", "id")
        indexes = (
            GinIndex(fields=["folded_name"], name="person_by_name", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["folded_name", "id"], name="person_in_order"),
            models.Index(fields=["phone"], name="person_by_phone"),
            models.Index(fields=["email"], name="person_by_email"),
        )

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class FactChange(Classified):
    """A fact as it became known: append-only, with who said it, what proves it and until when it holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="fact_changes")
    name = models.CharField(max_length=40)
    value = SealedField(null=True)
    source = models.CharField(max_length=20, choices=[(source.value, source.value) for source in FactSource])
    proof = models.CharField(max_length=200, blank=True)
    holds_until = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "person": _PERSONAL,
        "name": _INTERNAL,
        "value": _SENSITIVE,
        "source": _INTERNAL,
        "proof": _PERSONAL,
        "holds_until": _PERSONAL,
        "recorded_by": _PERSONAL,
        "recorded_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-recorded_at", "id")
        indexes = (models.Index(fields=["person", "name", "-recorded_at"], name="fact_by_person"),)
        triggers = (pgtrigger.Protect(name="facts_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.name} ({self.recorded_at:%Y-%m-%d})"


class KeptApart(Classified):
    """Two people who look alike and are not the same: somebody looked, and nobody is asked again. `first` has the lower id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {"id": _INTERNAL, "first": _PERSONAL, "second": _PERSONAL, "by_label": _PERSONAL, "at": _INTERNAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="kept_apart_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="kept_apart_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
