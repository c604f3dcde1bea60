"""An association: its members, what a roster must know of their sites, the coaches there, and what the sites ask for."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from opstap.engine.shared import Period
from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.associations.models.periods import period_rises

_INTERNAL, _PERSONAL, _PUBLIC = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.PUBLIC


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
            period_rises("membership_ends_after_it_starts"),
            models.UniqueConstraint(fields=["association", "organisation", "from_on"], name="membership_begins_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} in {self.association}"

    @property
    def period(self) -> Period:
        """The days of the membership."""
        return Period(self.from_on, self.until_on)


class SiteTerms(Classified):
    """What the rosters of an association must know of a member's site: a shop at most 5 km from the coast, and the Sundays it chose.

    A site whose organisation is a member of two associations has terms in each.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="site_terms")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    is_seaside_shop = models.BooleanField(default=False)
    extra_sundays = ArrayField(models.DateField(), default=list, blank=True)

    privacy = {"id": _INTERNAL, "association": _INTERNAL, "site": _INTERNAL, "is_seaside_shop": _INTERNAL, "extra_sundays": _INTERNAL}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("site__name", "id")
        constraints = (models.UniqueConstraint(fields=["association", "site"], name="site_terms_once_per_association"),)

    def __str__(self) -> str:
        return str(self.site)


class SiteClosure(Classified):
    """Days on which a site has no work for an association: `[from_on, until_on)`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="site_closures")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()

    privacy = {"id": _INTERNAL, "association": _INTERNAL, "site": _INTERNAL, "from_on": _INTERNAL, "until_on": _INTERNAL}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("from_on", "id")
        constraints = (period_rises("site_closure_ends_after_it_starts"),)

    def __str__(self) -> str:
        return f"{self.site}: {self.from_on} - {self.until_on}"


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
        constraints = (period_rises("coach_absence_ends_after_it_starts"),)

    def __str__(self) -> str:
        return f"{self.coach}: {self.from_on} - {self.until_on}"
