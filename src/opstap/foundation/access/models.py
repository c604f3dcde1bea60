"""Users, the roles they hold, and the links and codes that open one thing for one person."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Role
from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.prepared import Prepared


class UserManager(BaseUserManager["User"]):
    """Makes users with a normalised, unique e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Return a new user; without a password they log in with a code by e-mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user

    def get(self, *args: Any, **named: Any) -> User:  # noqa: ANN401 - Django's signature
        """Return one user; by the key alone, as every page looks up who opened it, without writing the SQL anew."""
        key = named.get("pk")
        if args or len(named) != 1 or not isinstance(key, uuid.UUID) or type(self) is not UserManager:
            return super().get(*args, **named)
        found = _BY_KEY.first(key=key)
        if found is None:
            raise User.DoesNotExist("User matching query does not exist.")
        return found

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a user by e-mail address, whatever its capitals."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, Classified):
    """A member of staff or of a host organisation. Job seekers need no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    privacy = {
        "id": Privacy.INTERNAL,
        "password": Privacy.SENSITIVE,
        "last_login": Privacy.INTERNAL,
        "email": Privacy.PERSONAL,
        "name": Privacy.PERSONAL,
        "language": Privacy.INTERNAL,
        "is_active": Privacy.INTERNAL,
        "created_at": Privacy.INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("name", "email")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Nobody enters Django's own admin: the product has its own pages."""
        return False


def _by_key(key: uuid.UUID) -> models.QuerySet[User]:
    return User.objects.filter(pk=key).order_by()


_BY_KEY = Prepared(_by_key)


class RoleGrant(Classified):
    """A role that a user holds from one day until another, within one organisation and/or programme.

    Organisation and programme are ids without foreign keys: those rooms stand above this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    organisation_id = models.UUIDField(null=True, blank=True)
    programme_id = models.UUIDField(null=True, blank=True)
    starts_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    privacy = {
        "id": Privacy.INTERNAL,
        "user": Privacy.PERSONAL,
        "role": Privacy.INTERNAL,
        "organisation_id": Privacy.INTERNAL,
        "programme_id": Privacy.INTERNAL,
        "starts_on": Privacy.INTERNAL,
        "until_on": Privacy.INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("role", "starts_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=models.F("starts_on")),
                name="grant_ends_after_it_starts",
                violation_error_message="A role cannot end before it starts.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"


class AccessLink(Classified):
    """A link with a short code that opens one thing for one party: every link is a row, so it can expire, be used, revoked, renewed.

    Only hashes are stored. `address` is where a fresh link is sent, so a renewal never widens who can get in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=30, choices=[(item.value, item.value) for item in LinkPurpose])
    subject_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    address = SealedField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    privacy = {
        "id": Privacy.INTERNAL,
        "purpose": Privacy.INTERNAL,
        "subject_id": Privacy.INTERNAL,
        "person_id": Privacy.PERSONAL,
        "organisation_id": Privacy.INTERNAL,
        "token_hash": Privacy.SENSITIVE,
        "code_hash": Privacy.SENSITIVE,
        "address": Privacy.SENSITIVE,
        "created_at": Privacy.INTERNAL,
        "expires_at": Privacy.INTERNAL,
        "last_used_at": Privacy.INTERNAL,
        "revoked_at": Privacy.INTERNAL,
        "replaced_by": Privacy.INTERNAL,
    }
    retention = Retention.TECHNICAL

    class Meta:
        indexes = (models.Index(fields=["purpose", "subject_id"], name="link_by_subject"),)

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at:%Y-%m-%d}"


class CodeAttempt(Classified):
    """A wrong short code or login from an address: counted to slow down guessing, never to lock out a person."""

    source_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    privacy = {"id": Privacy.INTERNAL, "source_hash": Privacy.PERSONAL, "at": Privacy.INTERNAL}
    retention = Retention.TECHNICAL

    class Meta:
        indexes = (models.Index(fields=["source_hash", "at"], name="attempt_by_source"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
