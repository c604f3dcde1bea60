"""Privacy and retention classes for every field, and fields that are encrypted at rest.

A sealed value is AES-256-GCM over its JSON, bound to its row: key id (1 byte), nonce (12 bytes), ciphertext and tag. Moving a sealed
value to another row or field makes it unreadable. A blind index is a keyed hash, for finding equal values without reading them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models

from opstap.foundation.rows import add_row, is_plain, write_row

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

    def _do_update(self, *given: Any) -> Any:  # noqa: ANN401 - the signature is Django's
        """Write by SQL that is written once; what the database is to compute goes Django's own way."""
        _, using, _, values, *_ = given
        if using != DEFAULT_DB_ALIAS or not values or not all(is_plain(value) for _, _, value in values):
            return super()._do_update(*given)
        fields, _, plain = zip(*values, strict=True)
        return write_row(self, fields, plain) > 0

    def _do_insert(self, *given: Any) -> Any:  # noqa: ANN401 - the signature is Django's
        """Write by SQL that is written once; a row that is to hear something of the database goes Django's own way."""
        _, using, fields, returning, raw = given
        values = [] if raw or returning else [field.pre_save(self, True) for field in fields]
        if using != DEFAULT_DB_ALIAS or not values or not all(is_plain(value) for value in values):
            return super()._do_insert(*given)  # type: ignore[misc]  # Django's stubs leave it out
        add_row(self, tuple(fields), values)
        return ()


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
            value = self.field.opened(unseal(value, self.field.place(instance)))
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

    def read(self, sealed: bytes | None, key: object) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value of a column that was asked without its row, by the row's key."""
        if sealed is None:
            return None
        return self.opened(unseal(bytes(sealed), f"{self.model._meta.label_lower}.{self.attname}:{key}"))  # noqa: SLF001 - as above

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002, FBT001 - Django's signature
        """Return the value sealed for its row; an unopened value is written back as it was."""
        raw = model_instance.__dict__.get(self.attname)
        if raw is None or isinstance(raw, Sealed):
            return raw
        return seal(self.written(raw), self.place(model_instance))

    def opened(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value that the row shows for the JSON value that was sealed."""
        return value

    def written(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Return the JSON value to seal; `opened` is its inverse."""
        return value

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
        return json.dumps(self.written(getattr(obj, self.attname)))

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value as it is: any JSON value is one."""
        return value


class SealedDateField(SealedField):
    """A day that is encrypted in the database. Lists that go by its order read a `BlindIndexField` and a `BlindMonthField` beside it."""

    def opened(self, value: str) -> date:
        """Return the day."""
        return date.fromisoformat(value)

    def written(self, value: date | None) -> str | None:
        """Return the day as YYYY-MM-DD."""
        return value.isoformat() if value else None


class BlindIndexField(models.CharField):  # type: ignore[type-arg]  # its Python value is text
    """The keyed hash of a sealed text field of the same row, kept in step on every save."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """`source` names the sealed field; `db_index=False` where the database never looks a single hash up."""
        self.source = source
        self.is_looked_up = kwargs.get("db_index", True)
        defaults: dict[str, Any] = {"max_length": 32, "blank": True, "default": "", "editable": False, "db_index": True}
        super().__init__(*args, **(defaults | kwargs))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Keep `source`, and that there is no index, in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "db_index": self.is_looked_up}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's signature
        """Return the hash of the source's present value."""
        value = blind_index(getattr(model_instance, self.source), self.source)
        setattr(model_instance, self.attname, value)
        return value


class BlindMonthField(BlindIndexField):
    """The keyed hash of the month of a sealed day of the same row, kept in step on every save."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's signature
        """Return the hash of the present month."""
        value = blind_month(getattr(model_instance, self.source), self.source)
        setattr(model_instance, self.attname, value)
        return value


def blind_month(day: date | None, purpose: str) -> str:
    """Return the keyed hash of a day's month, "" for no day."""
    return blind_index(f"{day:%Y-%m}" if day else None, f"{purpose}.month")


def blind_days_until(day: date, since: date, purpose: str) -> tuple[list[str], list[str]]:
    """Return the hashes of the whole months from that of `since` to before that of `day`, and those of its days up to and with it.

    A sealed day is on or before `day` exactly when its month stands in the first list or the day itself in the second: so a list can
    go by the order of days that it cannot read. About twelve hashes for every year between the two.
    """
    first, last = since.year * 12 + since.month - 1, day.year * 12 + day.month - 1
    months = [blind_month(date(number // 12, number % 12 + 1, 1), purpose) for number in range(first, last)]
    days = [blind_index(day.replace(day=number).isoformat(), purpose) for number in range(1, day.day + 1)]
    return months, days
