"""Privacy and retention classes for every field, and fields that are encrypted at rest.

A sealed value is AES-256-GCM over its JSON, bound to its row: key id (1 byte), nonce (12 bytes), ciphertext and tag. Moving a sealed
value to another row or field makes it unreadable. A blind index is a keyed hash, for finding equal values without reading them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.backends.base.base import BaseDatabaseWrapper

_NONCE_BYTES = 12


class Privacy(StrEnum):
    """How carefully a field is kept: a test demands a class for every field of every model."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Retention(StrEnum):
    """How long a record is kept: `settings.KEPT_DAYS` gives the days of those that a job removes by itself.

    A list that came in is a copy of what the case files hold. Case files and the log are removed by a person, with the archivist's leave.
    """

    REFERENCE = "reference"
    CASE_FILE = "case_file"
    AUDIT = "audit"
    LIST = "list"
    TECHNICAL = "technical"


def kept_since(retention: Retention, at: datetime) -> datetime:
    """Return the moment before which records of the class are over; raises KeyError for a class that no job removes."""
    return at - timedelta(days=settings.KEPT_DAYS[retention.value])


class Classified(models.Model):
    """Base of every model: states the privacy class of each field and the retention class of the record."""

    privacy: ClassVar[dict[str, Privacy]]
    retention: ClassVar[Retention]

    class Meta:
        abstract = True


class SealBroken(Exception):  # noqa: N818 - it reads as what happened
    """A sealed value does not belong to this row, was tampered with, or its key is not here."""


class Sealed(bytes):
    """A value as it lies in the database: unreadable without the key and the row it belongs to."""

    __slots__ = ()


def seal(value: Any, place: str) -> Sealed:  # noqa: ANN401 - any JSON value
    """Return the JSON value encrypted with the current key and bound to the place ("label.field:pk")."""
    key_id = settings.FIELD_KEY_CURRENT
    nonce = os.urandom(_NONCE_BYTES)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    cipher = AESGCM(settings.FIELD_KEYS[key_id]).encrypt(nonce, plain, place.encode())
    return Sealed(bytes([key_id]) + nonce + cipher)


def unseal(sealed: bytes, place: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value that was sealed for this place; raises `SealBroken` when it was not, or its key is missing."""
    try:
        key = settings.FIELD_KEYS[sealed[0]]
        plain = AESGCM(key).decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], place.encode())
    except (KeyError, InvalidTag, IndexError) as error:
        raise SealBroken(place) from error
    return json.loads(plain)


def blind_index(value: str | None, purpose: str) -> str:
    """Return a keyed hash (32 hexadecimal digits) of the value, "" for no value; equal values give equal hashes within one purpose."""
    if value is None:
        return ""
    return hmac.new(settings.FIELD_INDEX_KEY, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()[:32]


class _SealedAttribute:
    """Opens a sealed value when it is first read on its row."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model] | None = None) -> Any:  # noqa: ANN401 - any JSON value
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = unseal(value, self.field.place(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:  # noqa: ANN401 - any JSON value
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # its Python value is any JSON value, not bytes
    """A JSON value (text, list, mapping) that is encrypted in the database; null stays null, which means "not known".

    The row's primary key must be set before saving (all our rows carry a UUID from birth). It cannot be filtered on or
    written by `update()`: use a `BlindIndexField` beside it to find it, and `save()` or `bulk_create()` to write it.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Put the opening attribute on the model."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedAttribute(self))

    def place(self, instance: models.Model) -> str:
        """Return what the value is bound to: model, field and primary key."""
        return f"{instance._meta.label_lower}.{self.attname}:{instance.pk}"  # noqa: SLF001 - Django's documented model meta

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002, FBT001 - Django's signature
        """Return the value sealed for its row; an unopened value is written back as it was."""
        raw = model_instance.__dict__.get(self.attname)
        if raw is None or isinstance(raw, Sealed):
            return raw
        return seal(raw, self.place(model_instance))

    def from_db_value(self, value: bytes | None, _expression: object, _connection: BaseDatabaseWrapper) -> Sealed | None:
        """Return the bytes as they lie; they open when read on their row."""
        return None if value is None else Sealed(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - Django's signature
        """Refuse to write anything that is not sealed."""
        if value is not None and not isinstance(value, Sealed):
            msg = f"{self.attname} is sealed per row: write it with save() or bulk_create()"
            raise TypeError(msg)
        return super().get_db_prep_value(None if value is None else bytes(value), connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise the opened value as JSON (fixtures in tests)."""
        return json.dumps(getattr(obj, self.attname))

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value as it is: any JSON value is one."""
        return value


class BlindIndexField(models.CharField):  # type: ignore[type-arg]  # its Python value is text
    """The keyed hash of a sealed text field of the same row, kept in step on every save."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """`source` names the sealed field."""
        self.source = source
        defaults: dict[str, Any] = {"max_length": 32, "blank": True, "default": "", "editable": False, "db_index": True}
        super().__init__(*args, **(defaults | kwargs))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Keep `source` in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's signature
        """Return the hash of the source's present value."""
        value = blind_index(getattr(model_instance, self.source), self.source)
        setattr(model_instance, self.attname, value)
        return value
